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
        "> python train.py",
        "1. Do\n\n   > $ python \\\n   > train.py",
        "> Train with\n> python train.py",
        "<details>\n```\npython train.py\n```\n</details>",
    ],
)
def test_every_form_in_markdown(document: str) -> None:
    assert texts("README.md", f"# Net\n\n{document}\n") == ["python train.py"]


@pytest.mark.parametrize("document", ["> {}", "<pre>{}</pre>"])
def test_what_html_writes_as_an_entity_is_a_plain_character(document: str) -> None:
    text = "# Net\n\n" + document.format("python train.py &lt;file&gt;") + "\n"
    assert texts("README.md", text) == ["python train.py <file>"]


def test_the_usage_that_a_program_prints_holds_no_commands() -> None:
    usage = "usage: train.py [-h]\n   [--simple]\n\nrun training\n\noptional arguments:\n  -h, --help  show this\n"
    document = f"# Net\n\n```\n$ ls\n$ python main.py a\n{usage}$ python main.py b\n```\n"
    assert texts("README.md", document) == ["python main.py a", "python main.py b"]
    below = f"# Net\n\n```\n{usage}Example:\npython main.py a\n```\n"
    assert texts("README.md", below) == ["python main.py a"]
    kept = "# Net\n\n```\nusage: net FILE\nnet train a.yml\nUsage:\npython train.py\n```\n"
    assert texts("README.md", kept) == ["net train a.yml", "python train.py"]


@pytest.mark.parametrize(
    "quote",
    ["> We train it.", "> python train.py is what you run.", "> fairseq train it", "> To train:"],
)
def test_prose_in_a_quote_is_no_command(quote: str) -> None:
    assert texts("README.md", f"# Net\n\n{quote}\n") == []


def test_a_quoted_command_is_introduced_by_the_sentence_above() -> None:
    document = (
        "# Net\n\n## Use\n\n1. Train it:\n\n   > python train.py -a 1\n   >  --b 2\n\n> Note.\n"
    )
    (found,) = mentions("README.md", document)
    assert (found.text, found.line, found.said) == ("python train.py -a 1 --b 2", 7, "Train it:")


@pytest.mark.parametrize(
    ("path", "read_at_all"),
    [("CHANGELOG.md", False), ("docs/release_notes-2.1.md", False), ("Changelog_zh.md", False),
     ("docs/history_matching.md", True), ("docs/changes_of_climate.md", True)],
)  # fmt: skip
def test_documents_that_tell_news_hold_no_commands(path: str, read_at_all: bool) -> None:
    assert texts(path, "# Net\n\n```\npython train.py\n```\n") == ["python train.py"] * read_at_all


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


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("setup.py", "setup(name='net',\n scripts=['bin/net-trainer', 'bin/eval.py'])"),
        ("setup.cfg", "[options]\nscripts =\n    bin/net-trainer\n    bin/eval.py\n"),
        (
            "pyproject.toml",
            "[tool.setuptools]\nscript-files = ['bin/net-trainer', 'bin/eval.py']\n",
        ),
    ],
)
def test_files_that_are_installed_as_they_are(path: str, text: str) -> None:
    found = [one for one in read(path, text) if one.programs]
    assert [one.programs for one in found] == [{"net-trainer": "bin/net-trainer"}]
    assert (
        found[0].mentions[0].line == text.count("\n", 0, text.index("bin/")) + 1
        or path == "pyproject.toml"
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


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("cd out && rm -rf ckpt\n", "deletes files (rm ckpt)"),
        ("if [ -d out ]; then rm -r out; fi\n", "deletes files (rm out)"),
        ("find . -name '*.pyc' -delete\n", "deletes files (what it finds)"),
        ("ls *.pt | xargs rm -f\n", "deletes files (what it finds)"),
        ("for i in 0 1; do\n{\n  python train.py --gpu $i\n} &\ndone\n", "starts background jobs"),
        ("for i in 0 1; do\n  python train.py --gpu $i &\ndone\n", "starts background jobs"),
        ("for i in 0 1; do ls; done\npython train.py &\n", "starts 1 background job"),
        ("(cd a; python train.py) &\n", "starts 1 background job"),
        ("$PY server.py --port 1 &\n", "starts 1 background job"),
        ("python a.py & python b.py\n", "starts 1 background job"),
        ("screen -dmS a python train.py\n", "starts 1 background job"),
        ("tmux new-session -d -s a 'python train.py'\n", "starts 1 background job"),
        ("id=$(sbatch --parsable job.sh)\n", "submits cluster jobs"),
        ("for f in a b; do sbatch $f; done\n", "submits cluster jobs"),
        ("python -m pip install -r x.txt\n", "installs packages"),
        ("test -d .venv || uv venv\n", "installs packages"),
    ],
)
def test_wherever_in_a_shell_script_it_stands(text: str, said: str) -> None:
    (reading,) = read("run.sh", text)
    assert reading.traits is not None
    assert reading.traits.warnings == (said,)


@pytest.mark.parametrize(
    "text",
    ["python train.py > log 2>&1\n", "python train.py &> log\n", "exec 3<&0\n", "a && b || c\n",
     "echo 'rm -rf x & y'\n", "# rm x &\n", "cat <<E\nrm x &\nE\n", "tmux attach -d\n",
     "python -m pip list\n", "echo sbatch job.sh\n", "screen -ls\n"],
)  # fmt: skip
def test_a_shell_script_that_does_none_of_it(text: str) -> None:
    (reading,) = read("run.sh", text)
    assert reading.traits is not None
    assert reading.traits.warnings == ()


def test_what_a_shell_script_must_be_given() -> None:
    found = mentions("run.sh", "DATA=$1\nLR=${2:-1}\npython train.py $DATA $3\n")
    assert found[0].text == "bash run.sh <data> <argument 2> <argument 3>"


@pytest.mark.parametrize(
    ("line", "asks"),
    [
        ("n=`echo ${x} | awk '{if($e > 0) print $1; else print $2}'`", " <data>"),
        ("awk '{\n  print $3\n}' log.txt", " <data>"),
        ("""n="$(awk '{print $2}' log.txt)\"""", " <data>"),
        ("echo it\\'s $2 and that\\'s it", " <data> <argument 2>"),
        ("# don't\necho $2", " <data> <argument 2>"),
        ("python x.py '$2'", " <data>"),
        ('python x.py "$2 it\'s"', " <data> <argument 2>"),
        ("run() {\n  python $1\n}", ""),
    ],
)
def test_what_stands_between_single_quotes_is_not_asked_of_a_person(line: str, asks: str) -> None:
    found = mentions("run.sh", f"DATA=$1\n{line}\npython train.py $DATA\n")
    assert found[0].text == f"bash run.sh{asks}"


def test_of_a_diff_what_it_leaves_is_read() -> None:
    lines = (
        "- python old.py \\",
        "-     --lr 1",
        "+ python new.py \\",
        "+     --lr 2",
        " python c.py",
    )
    found = mentions("README.md", "\n".join(("```diff", *lines, "```")))
    assert [(one.text, one.line) for one in found] == [
        ("python new.py --lr 2", 4),
        ("python c.py", 6),
    ]


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


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("weight_dtype = torch.bfloat16\n", "bf16"),
        ("dtype = 'bfloat16' if torch.cuda.is_bf16_supported() else 'float16'\n", "bf16"),
        ("if torch.cuda.is_bf16_supported():\n    dtype = torch.bfloat16\n", "bf16"),
        ("elif accelerator.mixed_precision == 'bf16':\n    weight_dtype = torch.bfloat16\n", None),
        ("if args.bf16:\n    dtype = torch.bfloat16\n", None),
        ("dtype = torch.bfloat16 if args.bf16 else torch.float32\n", None),
        ("with autocast():\n    pass\n", "amp"),
    ],
)
def test_the_precision_that_a_script_takes_by_itself(text: str, name: str | None) -> None:
    found = [one.traits.precision for one in read("train.py", text) if one.traits]
    assert found == [name]


@pytest.mark.parametrize(
    "line",
    ["python train.py hparams/a.yaml", "$ python train.py", "!python train.py", "cd a && python t.py",
     "CUDA_VISIBLE_DEVICES=0 python3 train.py", "./train.sh", "bash train.sh", "net-train --lr 1",
     "accelerate launch train.py", "uv run train.py"],
)  # fmt: skip
def test_shell_in_a_block_that_says_it_is_python(line: str) -> None:
    text = f"Run it:\n\n```python\nx = 1\n{line}\n```\n"
    assert len(texts("README.md", text)) == 1


def test_stages_of_a_pipeline() -> None:
    text = """\
    stages:
      prepare:
        cmd: python prepare.py
      train:
        cmd: >-
          python train.py
          --lr 1
        deps: [data]
      many:
        foreach: [a, b]
        do:
          cmd: python train.py ${item}
    """
    whole, prepare, train = mentions("dvc.yaml", text)
    assert [one.text for one in (whole, prepare, train)] == [
        "dvc repro",
        "dvc repro prepare",
        "dvc repro train",
    ]
    assert (train.line, train.inner[0].arguments) == (5, ("--lr", "1"))


def test_tasks_of_mise() -> None:
    text = """\
    [tasks."run:net"]
    description = "Train it"
    run = ["echo a", "python train.py"]
    [tasks]
    fit = "python fit.py"
    """
    first, second = mentions("mise.toml", text)
    assert (first.text, first.line, first.said) == ("mise run run:net", 1, "Train it")
    assert "train.py" in [one.target for one in first.inner]
    assert (second.text, second.line) == ("mise run fit", 5)


def test_tasks_of_a_taskfile() -> None:
    text = """\
    version: '3'
    tasks:
      build: make it
      train:
        desc: Train it
        cmds:
          - echo a
          - cmd: python train.py
            silent: true
      fit:
        cmd: python fit.py
        deps: [train]
    """
    found = mentions("Taskfile.yml", text)
    assert [(one.text, one.line) for one in found] == [
        ("task build", 3),
        ("task train", 4),
        ("task fit", 10),
    ]
    assert found[1].inner[-1].target == "train.py"
