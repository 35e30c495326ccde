"""Every kind of file that names commands."""

from __future__ import annotations

import textwrap

import pytest

from propel_helper.scan.reading import Mention, Reading
from propel_helper.scan.sources import all_sources


def read(path: str, text: str) -> list[Reading]:
    return [one.read(path, textwrap.dedent(text)) for one in all_sources() if one.wants(path)]


def mentions(path: str, text: str) -> list[Mention]:
    return [mention for one in read(path, text) for mention in one.mentions]


def texts(path: str, text: str) -> list[str]:
    return [mention.text for mention in mentions(path, text)]


@pytest.mark.parametrize(
    "document",
    [
        "```bash\npython train.py\n```",
        "``` python\n$ python train.py\n```",
        "```\npython train.py  # go\n```",
        "    python train.py",
        "Run `python train.py` now.",
        "```python train.py```",
        "1. Do\n\n   ```sh\n   python train.py\n   ```",
        "<details>\n\n```\npython train.py\n```\n\n</details>",
        "<pre><code>python train.py</code></pre>",
        "> ```\n> python train.py\n> ```",
        "<details>\n```\npython train.py\n```\n</details>",
    ],
)
def test_every_form_in_markdown(document: str) -> None:
    assert texts("README.md", f"# Net\n\n{document}\n") == ["python train.py"]


def test_where_a_documented_command_stands() -> None:
    document = """\
    # Net

    ## Training

    First the small one:

    ```
    git pull

    python train.py \\
        --lr 1
    ```
    """
    (found,) = mentions("docs/a.md", document)
    assert (found.text, found.line, found.source) == ("python train.py --lr 1", 10, "docs")
    assert found.headings == ("Training",)
    assert found.said == "First the small one:"


def test_a_summary_heads_its_details_alone() -> None:
    document = (
        "# Net\n\n## Use\n\n<details>\n<summary>Training</summary>\n\n```\npython train.py --a\n```\n\n"
        "</details>\n\n```\npython other.py --b\n```\n"
    )
    first, second = mentions("README.md", document)
    assert first.headings[:2] == ("Training", "Use")
    assert second.headings[1:] == ("Use",)


def test_restructured_text() -> None:
    document = """\
    Training
    ========

    Run::

        > python train.py --lr 1

    .. code-block:: console
       :caption: x

       $ fairseq-train data-bin

    Or ``python main.py x``.
    """
    assert texts("docs/index.rst", document) == [
        "python train.py --lr 1",
        "fairseq-train data-bin",
        "python main.py x",
    ]


def test_makefile_targets_with_their_recipes() -> None:
    makefile = """\
    PYTHON ?= python3
    train: data  ## Train it
    \t@$(PYTHON) train.py --lr 1
    .PHONY: train
    X := y
    """
    (found,) = mentions("Makefile", makefile)
    assert (found.text, found.line, found.said) == ("make train", 2, "Train it")
    assert [one.target for one in found.inner] == ["train.py"]


def test_just_recipes() -> None:
    (found,) = mentions("justfile", "# Train it\ntrain lr='1':\n    python train.py\n\nx := '1'\n")
    assert (found.text, found.said) == ("just train", "Train it")


def test_pyproject_scripts_and_tasks() -> None:
    text = """\
    [project.scripts]
    net-train = "net.train:main"
    [tool.poe.tasks]
    fit = "python train.py"
    [tool.pixi.tasks]
    go = { cmd = ["python", "train.py"] }
    """
    assert texts("pyproject.toml", text) == ["net-train", "poe fit", "pixi run go"]
    assert read("pyproject.toml", text)[0].programs == {"net-train": "net.train:main"}


@pytest.mark.parametrize("text", ["[project", "", "\0", "a = 1", "[project]\nscripts = 3"])
def test_odd_pyproject_files_say_nothing(text: str) -> None:
    assert texts("pyproject.toml", text) == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("setup.py", "setup(entry_points={'console_scripts': ['net-train = net.train:main']})"),
        ("setup.py", "setup(entry_points='''[console_scripts]\nnet-train = net.train:main\n''')"),
        (
            "setup.cfg",
            "[options.entry_points]\nconsole_scripts =\n    net-train = net.train:main\n",
        ),
    ],
)
def test_entry_points_of_setup_files(path: str, text: str) -> None:
    assert read(path, text)[-1].programs == {"net-train": "net.train:main"} or any(
        one.programs == {"net-train": "net.train:main"} for one in read(path, text)
    )


def test_a_harmful_setup_file_is_only_read() -> None:
    found = read("setup.py", "import shutil\nshutil.rmtree('/')\nsetup(entry_points={})\n")
    assert not any(one.programs for one in found)


def test_vscode_launch_configurations() -> None:
    text = """\
    {
      // where it starts
      "configurations": [
        {"name": "Train", "program": "${workspaceFolder}/src/train.py", "args": ["--lr", "1 2"],},
        {"name": "Module", "module": "net.train", "cwd": "${workspaceFolder}/src"},
        {"name": "Ask", "program": "${file}"},
      ],
    }
    """
    found = mentions(".vscode/launch.json", text)
    assert [(one.text, one.base, one.line) for one in found] == [
        ("python src/train.py --lr '1 2'", "", 4),
        ("python -m net.train", "src", 5),
    ]
    assert texts("sub/launch.json", text) == []


def test_invoke_tasks() -> None:
    text = "from invoke import task\n@task\ndef train_net(c):\n    '''Train.'''\n    c.run('python train.py')\n"
    found = [one for one in mentions("tasks.py", text) if one.source == "task"]
    assert [(one.text, one.said, one.inner[0].target) for one in found] == [
        ("invoke train-net", "Train.", "train.py")
    ]


def test_usage_lines_in_a_script() -> None:
    text = (
        '"""Trains.\n\n    $ python x.py --lr 1\n"""\n# torchrun x.py \\\n#    --fast\nimport a\n'
    )
    found = [one for one in mentions("x.py", text) if one.source == "docstring"]
    assert [(one.text, one.line) for one in found] == [
        ("python x.py --lr 1", 3),
        ("torchrun x.py --fast", 5),
    ]


def test_a_shell_script_says_what_it_does_to_the_host() -> None:
    text = "rm -rf out/*\npip install x\npython train.py &\npython train.py --b &\nsbatch job.sh\n"
    (reading,) = read("run.sh", text)
    assert reading.traits is not None
    assert reading.traits.warnings == (
        "deletes files (rm out/*)",
        "starts 2 background jobs",
        "submits cluster jobs",
        "installs packages",
    )


def test_what_a_shell_script_must_be_given() -> None:
    found = mentions("run.sh", "DATA=$1\nLR=${2:-1}\npython train.py $DATA $3\n")
    assert found[0].text == "bash run.sh <data> <argument 2> <argument 3>"


def test_a_slurm_batch_script() -> None:
    (reading,) = read("job.slurm", "#!/bin/bash\n#SBATCH --nodes 2\nsrun python train.py\n")
    assert reading.mentions[0].text == "sbatch job.slurm"


@pytest.mark.parametrize(
    ("text", "runnable", "loop", "fit"),
    [
        ("def train():\n    loss.backward()\n", False, True, False),
        (
            "def main():\n    trainer.fit(m)\nif __name__ == '__main__':\n    main()\n",
            True,
            False,
            True,
        ),
        ("for epoch in range(3):\n    train(epoch)\n", True, False, False),
        ("@hydra.main(config_name='x')\ndef main(cfg): pass\n", True, False, False),
        ("import torch\nmodel = Net()\n", True, False, False),
        ("import torch\ndef f(): pass\nmodel = Net()\n", False, False, False),
        ("print 'python 2'\nif __name__ == '__main__':\n    optimizer.step()\n", True, True, False),
        ("fire.Fire(main)\n", True, False, False),
        ("\0", False, False, False),
    ],
)
def test_what_a_python_file_shows(text: str, runnable: bool, loop: bool, fit: bool) -> None:
    traits = next(one.traits for one in read("x.py", text) if one.traits)
    assert (traits.runnable, traits.loop, traits.fit) == (runnable, loop, fit)


def test_a_mode_switch_is_no_training() -> None:
    text = "model.train()\nfrom x import pretrained_model\ndef train(a): pass\n"
    traits = next(one.traits for one in read("x.py", text) if one.traits)
    assert not traits.calls


def test_sub_commands_that_train() -> None:
    text = (
        "@app.command()\ndef train(x): pass\n@app.command('export')\ndef b(): pass\n"
        "sub.add_parser('finetune')\nif __name__ == '__main__':\n    app()\n"
    )
    traits = next(one.traits for one in read("x.py", text) if one.traits)
    assert traits.verbs == ("finetune", "train")


def test_every_source_survives_anything() -> None:
    odd = [
        "",
        "\0\x01\x1b[31m",
        "```\n" * 50,
        "\\\n" * 50,
        "(" * 2000,
        "{" * 500,
        "é\n" * 10,
        "a: &a *a\n",
    ]
    paths = ["README.md", "a.rst", "x.py", "run.sh", "Makefile", "justfile", "pyproject.toml",
             "setup.py", "setup.cfg", "tasks.py", ".vscode/launch.json"]  # fmt: skip
    for path in paths:
        for text in odd:
            read(path, text)
