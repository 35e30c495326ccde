"""Which command stands first, which is not listed, and what its row says."""

from __future__ import annotations

import pytest

from propel_helper.facts.command import TrainingCommand
from propel_helper.scan.plan import reading_list
from propel_helper.scan.rank import Ranking
from propel_helper.scan.sources import all_sources
from propel_helper.scan.tree import Tree

GUARD = "\nif __name__ == '__main__':\n    main()\n"
TRAINS = (
    "import torch\nimport argparse\ndef main():\n    loss.backward()\n    optimizer.step()\n"
    + GUARD
)
LIBRARY = "import torch\ndef train(model):\n    loss.backward()\n"
PLAIN = "import torch\ndef main():\n    print(model(x))\n" + GUARD


def rows(files: dict[str, str]) -> tuple[TrainingCommand, ...]:
    names: dict[str, list[str]] = {}
    for path in files:
        folder, _, name = path.rpartition("/")
        names.setdefault(folder, []).append(name)
    readings = {
        path: tuple(one.read(path, text) for one in all_sources() if one.wants(path))
        for path, text in files.items()
    }
    return Ranking(Tree(names), readings).rows()


def commands(files: dict[str, str]) -> list[str]:
    return [row.command for row in rows(files)]


def fence(*lines: str, heading: str = "Training") -> str:
    return f"# Net\n\n## {heading}\n\n```bash\n" + "\n".join(lines) + "\n```\n"


def test_documented_training_before_bare_files() -> None:
    found = rows(
        {
            "train.py": TRAINS,
            "main.py": TRAINS,
            "README.md": fence("python train.py -c x"),
        }
    )
    assert [row.command for row in found] == [
        "python train.py -c x",
        "python train.py",
        "python main.py",
    ]
    assert found[0].notes.startswith("Documented under “Training”")


@pytest.mark.parametrize(
    "name",
    ["eval.py", "test.py", "download_data.py", "export_onnx.py", "generate.py", "make_train_valid.py",
     "spm_train.py", "plot.py", "demo.py", "test_train.py", "preprocess.py", "train_tokenizer.py"],
)  # fmt: skip
def test_neighbours_of_training_are_not_listed(name: str) -> None:
    found = commands(
        {
            "train.py": TRAINS,
            name: PLAIN,
            "README.md": fence(f"python {name} --x 1", heading="Data"),
        }
    )
    assert found == ["python train.py"]


@pytest.mark.parametrize(
    "name",
    ["train.py", "train_net.py", "pretrain_gpt.py", "cifar_train.py", "finetune.py", "main_dino.py",
     "trainNet.py", "run_sft.py", "train_object_detection.py", "train_model.py"],
)  # fmt: skip
def test_entries_by_name(name: str) -> None:
    assert commands({name: TRAINS}) == [f"python {name}"]


@pytest.mark.parametrize(
    "arguments",
    ["--eval", "--test_only", "--evaluate ckpt.pth", "--mode test", "mode=eval", "--help", "-h",
     "config/eval_gpt2.py", "--eval true", "--do_eval", "--train=false"],
)  # fmt: skip
def test_the_same_script_told_not_to_train(arguments: str) -> None:
    found = commands({"main.py": TRAINS, "README.md": fence(f"python main.py {arguments}")})
    assert f"python main.py {arguments}" not in found


@pytest.mark.parametrize(
    "arguments",
    ["--eval_iters 20", "--val_dataset x", "--test-data t.csv", "--eval false", "--do_train --do_eval",
     "--test data/test.csv", "config/train_gpt2.py", "--version $V", "--evaluation_strategy steps"],
)  # fmt: skip
def test_arguments_that_only_sound_like_it(arguments: str) -> None:
    found = commands({"main.py": TRAINS, "README.md": fence(f"python main.py {arguments}")})
    assert found[0] == f"python main.py {arguments}"


def test_a_library_that_is_called_train_is_no_entry() -> None:
    files = {
        "net/train.py": LIBRARY,
        "net/main.py": TRAINS,
        "README.md": fence("python -m net.main"),
    }
    assert commands(files) == ["python -m net.main", "python net/main.py"]


def test_a_documented_library_stands_behind_the_entry() -> None:
    readme = fence("python -m net.train --a", "python -m net.main --b")
    files = {"net/train.py": LIBRARY, "net/main.py": TRAINS, "README.md": readme}
    assert commands(files)[0] == "python -m net.main --b"


def test_scripts_named_after_an_algorithm() -> None:
    assert commands(
        {"rl/ppo.py": TRAINS, "rl/nets.py": "import torch\n", "rl/enjoy.py": PLAIN}
    ) == ["python rl/ppo.py"]


def test_a_script_without_a_guard_that_trains_when_started() -> None:
    assert commands({"main.py": "import torch\nfor e in range(9):\n    loss.backward()\n"}) == [
        "python main.py"
    ]


@pytest.mark.parametrize(
    "path", ["main.py", "run_exp.py", "scripts/run.py", "tools/main_net.py", "train.py"]
)
def test_short_scripts_in_the_usual_places_are_listed_last(path: str) -> None:
    assert (
        commands({path: "print(1)\n", "net.py": TRAINS})[-1] == f"python {path}"
        or path == "train.py"
    )
    assert commands({path: "print(1)\n"}) == [f"python {path}"]


def test_where_a_command_must_run() -> None:
    readme = "# N\n\n```\ncd src\n```\nthen\n```\npython train.py --a\n```\n"
    first = rows({"src/train.py": TRAINS, "README.md": readme})[0]
    assert (first.command, first.cwd, first.entry) == (
        "python train.py --a",
        "src",
        "src/train.py",
    )


def test_a_clone_is_the_project_itself_even_beside_a_folder_of_that_name() -> None:
    readme = fence("git clone https://x.org/net.git", "cd net", "python train.py --a")
    first = rows({"train.py": TRAINS, "net/__init__.py": "", "README.md": readme})[0]
    assert (first.command, first.cwd) == ("python train.py --a", "")


def test_a_readme_in_a_subfolder_speaks_of_its_folder() -> None:
    found = rows(
        {
            "a/main.py": TRAINS,
            "b/main.py": TRAINS,
            "a/README.md": fence("python main.py --a"),
        }
    )
    assert (found[0].command, found[0].cwd) == ("python main.py --a", "a")


def test_a_path_that_is_not_there_is_found_by_its_name() -> None:
    found = rows({"src/deep/train.py": TRAINS, "README.md": fence("python train.py --a")})
    assert (found[0].cwd, found[0].entry) == ("src/deep", "src/deep/train.py")
    assert "guess" in found[0].notes


def test_modules_resolve_below_src() -> None:
    files = {
        "src/net/cli/train.py": TRAINS,
        "README.md": fence("torchrun -m net.cli.train --a"),
    }
    assert rows(files)[0].entry == "src/net/cli/train.py"


def test_documents_that_name_missing_files_say_nothing() -> None:
    assert commands({"README.md": fence("python tools/train.py")}) == []


def test_console_scripts_and_their_sub_commands() -> None:
    cli = "import click\n@cli.command()\ndef train(x):\n    trainer.fit(m)\n" + GUARD
    files = {
        "pyproject.toml": "[project.scripts]\nnet = 'net.cli:main'\n",
        "net/cli.py": cli,
    }
    assert "net train" in commands(files)
    assert "net" not in commands(files)


def test_console_scripts_that_install_are_not_training() -> None:
    files = {
        "pyproject.toml": "[project.scripts]\ninstall_net_pre_train_deps = 'net.deps:main'\n",
        "net/deps.py": PLAIN,
    }
    assert commands(files) == []


def test_programs_of_other_packages() -> None:
    assert commands(
        {"README.md": fence("yolo train data=x", "nnUNetv2_train 1 2d", "yolo predict")}
    ) == [
        "yolo train data=x",
        "nnUNetv2_train 1 2d",
    ]


def test_make_targets_by_name_and_recipe() -> None:
    makefile = "train:\n\tpython train.py\ntest:\n\tpytest\ninstall-training:\n\tpip install x\n"
    found = commands({"train.py": TRAINS, "Makefile": makefile})
    assert found == ["make train", "python train.py"]


def test_shell_scripts_are_judged_by_what_they_start() -> None:
    files = {
        "train.py": TRAINS,
        "eval.py": PLAIN,
        "vctk.sh": "python train.py --vctk\n",
        "score.sh": "python eval.py\n",
        "lint.sh": "ruff check\n",
    }
    found = commands(files)
    assert "bash vctk.sh" in found
    assert "bash score.sh" not in found
    assert "bash lint.sh" not in found


def test_a_script_may_start_a_module_of_another_package() -> None:
    files = {"job.sh": "torchrun -m oumi train -c x.yaml\n", "all.sh": "python -m oumi infer\n"}
    assert commands(files) == ["bash job.sh"]


def test_a_row_warns_of_what_a_script_does() -> None:
    files = {"train.py": TRAINS, "train.sh": "rm -rf out\npython train.py &\n"}
    row = next(row for row in rows(files) if row.command == "bash train.sh")
    assert "deletes files (rm out)" in row.notes
    assert "starts 1 background job" in row.notes


def test_a_launcher_script_that_is_handed_another() -> None:
    files = {
        "launch.py": "import subprocess\n" + GUARD,
        "train.py": TRAINS,
        "README.md": fence("python launch.py train.py conf.yml"),
    }
    assert rows(files)[0].entry == "train.py"


def test_placeholders_stay_visible_and_are_spoken_of() -> None:
    row = rows({"train.py": TRAINS, "README.md": fence("python train.py --data <path>")})[0]
    assert row.command == "python train.py --data <path>"
    assert "fill in" in row.notes


def test_one_machine_before_a_cluster() -> None:
    readme = fence("torchrun --nnodes 4 train.py", "torchrun --nproc_per_node 8 train.py")
    assert (
        commands({"train.py": TRAINS, "README.md": readme})[0]
        == "torchrun --nproc_per_node 8 train.py"
    )


def test_evaluation_headings_count_against() -> None:
    readme = fence("python main.py --a", heading="Evaluation") + "\n" + fence("python main.py --b")
    assert commands({"main.py": TRAINS, "README.md": readme})[0] == "python main.py --b"


def test_files_that_editors_leave_behind_are_left_alone() -> None:
    tree = Tree({"": ["train.py", ".train.py@neomake_1.py", ".env.sh"]})
    assert reading_list(tree, all_sources()) == ("train.py",)


def test_an_unclear_entry_is_told_from_the_options_it_is_documented_with() -> None:
    start = "import torch\nfrom net import runner\n" + GUARD
    readme = fence("python fit/runscript.py run --num_train_epochs 3", heading="Usage")
    assert commands({"fit/runscript.py": start, "README.md": readme})
    assert not commands({"fit/runscript.py": start, "README.md": fence("python fit/runscript.py")})


def test_a_trainer_that_is_run_with_arguments_is_an_entry() -> None:
    run = "import argparse\ntrainer = EditTrainer()\ndef main():\n    trainer.run()\n" + GUARD
    assert commands({"hyper_trainer.py": run}) == ["python hyper_trainer.py"]
    assert commands({"hyper_trainer.py": "class EditTrainer:\n    pass\n"}) == []


def test_a_script_that_only_runs_the_model_is_no_training() -> None:
    infers = (
        "import torch, argparse\ndef main():\n    with torch.no_grad():\n        net(x)\n" + GUARD
    )
    files = {
        "design_run.py": infers,
        "README.md": "# Net\n\n`design_run.py` - the main script\n",
    }
    assert commands(files) == []
    assert commands({"main.py": infers + "train_all(net)\n"}) == ["python main.py"]
    assert commands({"main.py": infers + "agent.update(args.lr)\n"}) == ["python main.py"]


def test_a_web_front_end_is_no_training() -> None:
    demo = (
        "import argparse\nimport gradio as gr\ndef main():\n    gr.Interface(fn).launch()\n" + GUARD
    )
    files = {
        "app/main.py": demo,
        "README.md": fence("python app/main.py", heading="Interface"),
    }
    assert commands(files) == []
    assert commands({"app/main.py": demo + TRAINS}) == ["python app/main.py"]


def test_a_package_that_can_be_run_need_not_train() -> None:
    measures = "import argparse\ndef main():\n    print(distance(x))\n" + GUARD
    assert commands({"metrics/__main__.py": measures}) == []
    assert commands({"net/__main__.py": TRAINS}) == ["python net/__main__.py"]


def test_sub_commands_that_prepare_text_are_no_training() -> None:
    script = "import argparse\ndef main():\n    train_vocab(8)\n" + GUARD
    text = fence("python stories.py train_vocab --size=8", "python stories.py pretokenize")
    files = {"stories.py": script, "train.py": TRAINS, "README.md": text}
    assert commands(files) == ["python train.py"]


def test_the_plain_readme_before_its_translation() -> None:
    said = fence("python train.py --a")
    found = rows({"train.py": TRAINS, "README_ja.md": said, "README.md": "# Net\n" + said})
    assert found[0].file == "README.md"


def test_tests_and_vendored_copies_are_left_alone() -> None:
    files = {
        "train.py": TRAINS,
        "tests/train.py": TRAINS,
        "third_party/x/train.py": TRAINS,
    }
    assert commands(files) == ["python train.py"]


def test_a_ranking_after_a_change_equals_a_fresh_one() -> None:
    files = {"train.py": TRAINS, "README.md": fence("python train.py --a")}
    names = Tree({"": ["train.py", "README.md"]})
    read = {
        path: tuple(one.read(path, text) for one in all_sources() if one.wants(path))
        for path, text in files.items()
    }
    first = Ranking(names, read)
    readme = fence("python train.py --b")
    read["README.md"] = tuple(
        one.read("README.md", readme) for one in all_sources() if one.wants("README.md")
    )
    assert Ranking(names, read, first).rows() == Ranking(names, read).rows()
