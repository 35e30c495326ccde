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


def rows(files: dict[str, str], top: str = "") -> tuple[TrainingCommand, ...]:
    names: dict[str, list[str]] = {}
    for path in files:
        folder, _, name = path.rpartition("/")
        names.setdefault(folder, []).append(name)
    readings = {
        path: tuple(one.read(path, text) for one in all_sources() if one.wants(path))
        for path, text in files.items()
    }
    return Ranking(Tree(names, top), readings).rows()


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
     "run_pretrained_interactive.py", "spm_train.py", "plot.py", "demo.py", "test_train.py", "preprocess.py", "train_tokenizer.py"],
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
    ("name", "listed"),
    [("traincontroller.py", True), ("trainvae.py", True), ("train_controller.py", True),
     ("trainercontroller.py", False), ("traindata.py", False), ("trainsplit.py", False),
     ("traintest.py", False), ("trainset.py", False), ("trainedmodel.py", False)],
)  # fmt: skip
def test_a_name_may_glue_the_verb_to_what_is_trained(name: str, listed: bool) -> None:
    found = commands({"train.py": TRAINS, name: PLAIN, "README.md": fence(f"python {name} --n 4")})
    assert (f"python {name} --n 4" in found) == listed


@pytest.mark.parametrize(
    "arguments",
    ["--eval", "--test_only", "--evaluate ckpt.pth", "--mode test", "mode=eval", "--help", "-h",
     "config/eval_gpt2.py", "--eval true", "--do_eval", "--train=false", "--do_train False",
     "--watch", "--val --ckpt a.ckpt", "--validate-only", "--play", "--render_only", "--resume x --watch-only",
     "--do_train False --do_test True", "--cfg a.yaml test.evaluate True", "--cfg a.yaml TEST.EVAL_ONLY 1",
     "--out_dir=o --inference_input_file=a.txt", "--predict_output p.json --ckpt c.pt",
     "--mode preprocessing", "--mode prepare_data", "stage=download"],
)  # fmt: skip
def test_the_same_script_told_not_to_train(arguments: str) -> None:
    found = commands({"main.py": TRAINS, "README.md": fence(f"python main.py {arguments}")})
    assert f"python main.py {arguments}" not in found


@pytest.mark.parametrize(
    "arguments",
    ["test.evaluate False lr 0.1", "test.eval_freq 1", "--inference_steps 50",
     "--epochs 3 --inference_output o", "--eval_iters 20", "--val_dataset x", "--test-data t.csv", "--eval false", "--do_train --do_eval",
     "--val data.csv", "--eval_steps 100", "--val 0.1", "--render 1", "--lr 1e-3 --val", "--do_train --play",
     "--watch loss", "--test data/test.csv", "config/train_gpt2.py", "--version $V", "--evaluation_strategy steps"],
)  # fmt: skip
def test_arguments_that_only_sound_like_it(arguments: str) -> None:
    found = commands({"main.py": TRAINS, "README.md": fence(f"python main.py {arguments}")})
    assert found[0] == f"python main.py {arguments}"


def test_the_shell_knows_no_or_so_a_line_of_prose_names_two_commands() -> None:
    files = {
        "train.py": TRAINS,
        "first.sh": "python train.py\n",
        "README.md": fence("python train.py or sh first.sh # on 256x256"),
    }
    assert commands(files)[:2] == ["python train.py", "sh first.sh"]


def test_what_a_line_exports_before_the_command_stays_with_it() -> None:
    line = "export NGPU=2; torchrun --nproc_per_node=$NGPU train.py"
    row = rows({"train.py": TRAINS, "README.md": fence(line)})[0]
    assert row.command == line
    assert "to be set" not in row.notes


def test_lightning_starts_a_script() -> None:
    line = "lightning run model --devices=8 pretrain/net.py --data d"
    row = rows({"pretrain/net.py": TRAINS, "PRETRAIN.md": fence(line)})[0]
    assert (row.command, row.entry) == (line, "pretrain/net.py")


@pytest.mark.parametrize("name", ["train2.py", "train.job.sbatch", "train_all.sh"])
@pytest.mark.parametrize("text", ["", "# python train.py\n#!/bin/bash\n"])
def test_a_file_that_holds_no_command_starts_nothing(name: str, text: str) -> None:
    assert commands({"train.py": TRAINS, name: text}) == ["python train.py"]


@pytest.mark.parametrize(
    "line",
    ["sample train data:", "FINETUNE_TYPE  Fine-tune Training Type - Impact, Plus or blank",
     "RATIO_TRAIN Ratio of train / eval data", "PRETRAINED pretrain weights", "loss train of step 3",
     "run-train starts a training, then stops"],
)  # fmt: skip
def test_what_a_log_or_a_help_text_says_is_no_command(line: str) -> None:
    assert commands({"train.py": TRAINS, "README.md": fence(line)}) == ["python train.py"]


def test_what_python_is_told_to_run_is_no_shell() -> None:
    lines = ('python -c "', "python train.py --lr 1", '"')
    assert commands({"train.py": TRAINS, "README.md": fence(*lines)}) == ["python train.py"]


@pytest.mark.parametrize("quote", ['"', "'"])
def test_half_of_a_command_is_none_nor_is_the_text_that_it_is_given(quote: str) -> None:
    lines = (
        "python train.py \\",
        f"  --prompt {quote}a table",
        "",
        "python main.py in this text",
        f"A: {quote}",
        "python train.py --epochs 3",
    )
    found = commands({"train.py": TRAINS, "README.md": fence(*lines)})
    assert found == ["python train.py --epochs 3", "python train.py"]


@pytest.mark.parametrize(
    "lines",
    [('bash -c "', "python train.py --lr 1", '"'), ('srun -N 1 -c "', "python train.py --lr 1 --x", 'y"'), ('python train.py --lr 1 --x "a \\', 'b"'),
     ("# It's", "python train.py --lr 1", "# isn't"), ('It is 5" long', "python train.py --lr 1")],
)  # fmt: skip
def test_a_quote_that_closes_or_never_does_hides_nothing(lines: tuple[str, ...]) -> None:
    found = commands({"train.py": TRAINS, "README.md": fence(*lines)})
    assert found[0].startswith("python train.py --lr 1")


@pytest.mark.parametrize(
    "line",
    ["net-train run --sizes [1, 2] --lr 1", "net train --note this --prompt Question:", "net train c.yaml"],
)  # fmt: skip
def test_a_program_of_an_installed_package_may_be_told_anything(line: str) -> None:
    assert line in commands({"train.py": TRAINS, "README.md": fence(line)})


def test_a_script_that_trains_and_tests_is_no_test_of_a_training() -> None:
    line = "./train_test.sh RUN_NAME GPUS_FOR_TRAINING"
    files = {
        "train.py": TRAINS,
        "train.sh": "python train.py --lr 1\n",
        "train_test.sh": "bash train.sh $1 $2\nbash test.sh $3\n",
        "test.sh": "python test.py\n",
        "test_train.sh": "python train.py --lr 1\n",
        "train_dummy.sh": "python test.py\n",
        "README.md": fence("# Train and test", line, heading="Run"),
    }
    found = rows(files)
    assert found[0].command == line
    assert "fill in the placeholders first" in found[0].notes
    assert not any("dummy" in row.command for row in found)
    assert found[-1].command == "bash test_train.sh"


def test_a_script_that_is_named_comes_before_the_bare_file_that_it_starts_with_options() -> None:
    readme = "# Net\n\n## Training\n\nIn `run_example.sh` we call `train.py`.\n"
    files = {
        "train.py": TRAINS,
        "other.py": TRAINS,
        "run_example.sh": "torchrun train.py --data d --lr 1\n",
        "README.md": readme,
    }
    found = rows(files)
    assert [row.command for row in found[:2]] == ["bash run_example.sh", "python train.py"]
    assert found[0].notes.startswith("The documentation names it; ")
    # Started bare there, it needs nothing.
    files["run_example.sh"] = "torchrun train.py\n"
    assert commands(files)[0] == "python train.py"


def test_a_batch_script_says_what_starts_it() -> None:
    files = {
        "train.py": TRAINS,
        "job.sh": "#!/bin/bash\n#SBATCH -n 1\npython train.py --lr 1\n",
        "train_all.sh": "bash job.sh\n",
        "README.md": fence("sbatch job.sh", "./job.sh", "sbatch --gres gpu:1 job.sh"),
    }
    notes = {row.command: row.notes for row in rows(files)}
    batch = "is a Slurm batch script, "
    assert f"{batch}submitted with sbatch" in notes["sbatch job.sh"]
    assert f"{batch}submitted with sbatch" in notes["sbatch --gres gpu:1 job.sh"]
    assert f"{batch}started here without sbatch" in notes["./job.sh"]
    assert batch not in notes["bash train_all.sh"]


@pytest.mark.parametrize(
    ("imports", "starts"),
    [
        ("from train import main", True),
        ("import train", True),
        ("from train import train_model, Config", True),
        ("from train import *", True),
        ("from train import resize_embeddings", False),
        ("from train import Config, load", False),
    ],
)
def test_who_imports_a_helper_from_a_training_starts_none(imports: str, starts: bool) -> None:
    script = (
        f"import torch\nimport fire\n{imports}\nif __name__ == '__main__':\n    fire.Fire(go)\n"
    )
    readme = fence("python weights.py recover", heading="Weights")
    found = rows({"train.py": TRAINS, "weights.py": script, "README.md": readme})
    assert any(row.command == "python weights.py recover" for row in found) is starts


def test_of_very_many_scripts_not_every_line_is_a_row_of_its_own() -> None:
    scripts = {f"scripts/train_{at}.sh": f"python train.py --lr {at}\n" for at in range(40)}
    readme = fence(*(f"python train.py --n {at}" for at in range(40)))
    sources = [row.source for row in rows({"train.py": TRAINS, **scripts, "README.md": readme})]
    assert [sources.count(one) for one in ("readme", "shell", "inside")] == [40, 40, 10]


@pytest.mark.parametrize("other", ["README_zh.md", "README_en.md"])
def test_of_a_page_and_its_translation_the_page_is_named(other: str) -> None:
    line = "python train.py --lr 1"
    pages = {"README.md": fence(line, heading="Quick test"), other: fence("cd .", line)}
    row = rows({"train.py": TRAINS, **pages})[0]
    assert (row.command, row.file, row.line) == (line, "README.md", 6)
    alone = rows({"train.py": TRAINS, other: pages[other], "README.md": "# Net\n"})[0]
    assert alone.file == other


def test_a_command_that_a_sentence_names_stands_behind_the_one_to_copy() -> None:
    readme = (
        "# Net\n\n## Training\n\nOn many GPUs replace `python train.py` with torchrun.\n\n"
        "```\npython train.py --data d\n```\n"
    )
    assert commands({"train.py": TRAINS, "README.md": readme})[0] == "python train.py --data d"


def test_a_script_that_starts_no_training_of_the_project_stands_behind_one_that_trains() -> None:
    files = {
        "make_tables.py": PLAIN,
        "run_paper.sh": "python -m compileall src\npython make_tables.py\nlatex paper.tex\n",
        "bin/train.py": TRAINS,
        "README.md": fence("bash run_paper.sh", heading="Reproduction"),
    }
    assert commands(files) == ["python bin/train.py"]


def test_a_command_that_its_script_refuses_stands_behind_a_whole_one_and_says_why() -> None:
    script = TRAINS + "parser.add_argument('--data', required=True)\n"
    lines = ("torchrun train.py --lr 1", "torchrun train.py --data d")
    found = rows({"train.py": script, "README.md": fence(*lines)})
    assert [row.command for row in found] == [*reversed(lines), "python train.py"]
    assert [row.notes.endswith("needs --data") for row in found] == [False, True, True]


MATCH = "import argparse\nrunner = MatchRunner(policy)\nrunner.run(video_path)\n" + GUARD


def test_what_hardly_trains_does_not_win_by_standing_in_the_readme() -> None:
    files = {
        "run_match.py": MATCH,
        "run_env.py": PLAIN,
        "nets/big/train.py": TRAINS,
        "README.md": fence("python run_env.py", "python run_match.py", heading="Quick start"),
    }
    assert commands(files)[0] == "python nets/big/train.py"


def test_a_runner_that_speaks_of_learning_trains() -> None:
    found = rows({"run_it.py": MATCH + "epochs = 3\n", "run_match.py": MATCH})
    assert [("training" in row.notes, row.command) for row in found] == [
        (True, "python run_it.py"),
        (False, "python run_match.py"),
    ]


def test_a_line_of_a_script_that_leads_nowhere_by_itself_is_not_offered() -> None:
    files = {
        "net/dpo.py": TRAINS,
        "run_dpo.sh": "python ../net/dpo.py\npython $RUN/dpo.py\npython net/dpo.py --lr 1\n",
    }
    assert commands(files) == ["bash run_dpo.sh", "python net/dpo.py", "python net/dpo.py --lr 1"]


def test_a_command_runs_only_in_folders_that_are_there() -> None:
    files = {"dpo.py": TRAINS, "README.md": fence("python ../dpo.py")}
    assert {row.cwd for row in rows(files)} == {""}


def test_a_sub_command_about_training_data_does_not_train() -> None:
    files = {
        "maker.py": "import argparse\n" + GUARD,
        "README.md": fence("python maker.py training_data 9"),
    }
    assert not any("sub-command" in row.notes for row in rows(files))


def test_what_the_authors_have_put_aside_stands_behind() -> None:
    files = {"archived/dpo.py": TRAINS, "main.py": TRAINS}
    assert commands(files)[0] == "python main.py"


def test_a_script_that_installs_packages_on_a_condition_says_so() -> None:
    files = {
        "train.py": TRAINS,
        "train.sh": "if ! pip install x; then\n exit\nfi\npython train.py\n",
    }
    row = next(row for row in rows(files) if row.command == "bash train.sh")
    assert "installs packages" in row.notes


def test_a_line_cut_out_of_a_script_stands_behind_the_script() -> None:
    files = {
        "bin/train.py": TRAINS,
        "run.sh": "config=a.yaml\npython bin/train.py --config $config\n",
        "README.md": fence("python bin/train.py --config $config --data $data_dir", "bash run.sh"),
    }
    found = rows(files)
    assert found[0].command == "bash run.sh"
    cut = next(row for row in found if "$data_dir" in row.command)
    assert "needs $config, $data_dir to be set" in cut.notes


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


def test_a_program_comes_after_the_documented_module_that_it_is() -> None:
    setup = "setup(entry_points={'console_scripts': ['net-train = net.__main__:main']})"
    main = (
        "import torch\nimport argparse\nfrom .lib import x\ndef main():\n"
        "    p.add_argument('--data', required=True)\n    trainer.fit(m)\n" + GUARD
    )
    readme = fence("cd python", "python3 -m net --data path/to/it", "python3 -m net")
    files = {"python/setup.py": setup, "python/net/__main__.py": main, "README.md": readme}
    found = rows(files)
    assert (found[0].cwd, found[0].command) == ("python", "python3 -m net --data path/to/it")
    (program,) = (row for row in found if row.command == "net-train")
    assert "needs --data" in program.notes
    assert "documentation" not in program.notes
    (program,) = (
        row
        for row in rows({**files, "README.md": fence("net-train --data d")})
        if row.command == "net-train"
    )
    assert program.notes.startswith("The documentation starts it too")


def test_the_module_that_a_program_stands_for_needs_no_installing() -> None:
    setup = "setup(entry_points={'console_scripts': ['net-train = net.__main__:main']})"
    main = f"from .lib import x\n{TRAINS}"
    files = {"setup.py": setup, "net/__main__.py": main, "net/__init__.py": ""}
    assert commands(files) == ["python -m net", "net-train"]
    files["README.md"] = fence("pip install .", "net-train")
    assert commands(files) == ["net-train", "python -m net"]


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


def test_a_pipeline_that_the_readme_starts_is_led_to() -> None:
    pipeline = "stages:\n  train:\n    cmd: python train.py\n"
    loop = "loss.backward()\noptimizer.step()\nif __name__ == '__main__':\n    main()\n"
    told = commands({"dvc.yaml": pipeline, "README.md": "```\ndvc repro\n```\n", "train.py": loop})
    assert told[:2] == ["dvc repro", "dvc repro train"]


def test_a_page_to_start_a_training_from_stands_behind_the_training() -> None:
    files = {
        "pyproject.toml": "[project.scripts]\nnet_finetune-gradio = 'net.page:main'\n",
        "net/page.py": "import gradio\ndef main(): ...\n",
        "README.md": "# Training\n\n```\naccelerate launch net/train.py --config a\n```\n",
        "net/train.py": "loss.backward()\noptimizer.step()\nif __name__ == '__main__':\n    main()\n",
    }
    assert commands(files)[0] == "accelerate launch net/train.py --config a"
    assert commands(files)[-1] == "net_finetune-gradio"


@pytest.mark.parametrize(
    ("command", "listed"),
    [
        ("run training", False),
        ("start trainer --lr 1", False),
        ("litgpt trained_model x", False),
        ("litgpt pretraining", False),
        ("axolotl train a.yml", True),
        ("imagen train", True),
        ("axolotl finetune a.yml", True),
    ],
)
def test_an_unknown_program_is_told_to_train_by_a_verb(command: str, listed: bool) -> None:
    assert commands({"README.md": fence(command)}) == ([command] if listed else [])


def test_every_row_says_something() -> None:
    calls = "import torch\nfrom lib import train_step\ntrain_step(1)\n"
    (row,) = rows({"bin/ffn.py": calls})
    assert row.notes == "A function that it calls is named for training"
    (row,) = rows({"scripts.sh": "python run.py\n", "run.py": "import x\nprint(x.go())\n"})[1:]
    assert (row.command, row.notes) == ("bash scripts.sh", "Nothing says plainly that it trains")


@pytest.mark.parametrize(
    ("documented", "other"),
    [
        ("./train.sh --lr 1", "bash train.sh --lr 1"),
        ("bash ./train.sh", "bash train.sh"),
        ("python3 train.py --lr 1", "python train.py --lr 1"),
        ("python ./train.py --lr 1", "python3 train.py --lr 1"),
        ("torchrun ./train.py --lr 1", "torchrun train.py --lr 1"),
    ],
)
def test_the_same_call_in_other_words_is_one_row(documented: str, other: str) -> None:
    files = {"train.py": TRAINS, "train.sh": "python train.py $@\n"}
    pages = {"README.md": fence(documented), "docs/use.md": fence(other)}
    found = commands({**files, **pages})
    assert documented in found
    assert other not in found


@pytest.mark.parametrize(
    "other", ["sh train.sh --lr 1", "source train.sh --lr 1", "./train.sh --lr 2"]
)
def test_another_shell_or_other_arguments_are_another_call(other: str) -> None:
    files = {"train.py": TRAINS, "train.sh": "python train.py $@\n"}
    found = commands({**files, "README.md": fence("bash train.sh --lr 1", other)})
    assert {"bash train.sh --lr 1", other} <= set(found)


def test_what_a_changelog_tells_of_is_no_documentation() -> None:
    files = {"main.py": TRAINS, "docs/CHANGELOG.md": fence("python main.py --a 1")}
    assert commands(files) == ["python main.py"]
    files = {
        "main.py": TRAINS,
        "docs/changelog.rst": "Fit\n===\n\n::\n\n    python main.py --a 1\n",
    }
    assert commands(files) == ["python main.py"]


@pytest.mark.parametrize(
    "command",
    ["net enjoy", "net play --x 1", "net record", "python -m net.main test_policy out",
     "python -m net.record_training --x 1"],
)  # fmt: skip
def test_showing_what_was_trained_is_no_training(command: str) -> None:
    setup = "setup(entry_points={'console_scripts': ['net = net.main:main']})"
    files = {"setup.py": setup, "net/main.py": TRAINS, "net/record_training.py": PLAIN}
    assert command not in commands({**files, "README.md": fence(command)})


@pytest.mark.parametrize(
    ("arguments", "listed"),
    [
        ("solver=net/debug", True),
        ("solver=net/debug evaluate.every=5 generate.every=25", True),
        ("solver=net/debug evaluate.metrics.kld=true", False),
        ("solver=net/debug solver/net/evaluation=objective_eval", False),
        ("solver=net/debug generate.path=out", False),
    ],
)
def test_an_experiment_that_evaluates_or_generates(arguments: str, listed: bool) -> None:
    command = f"dora run {arguments}"
    assert commands({"README.md": fence(command, heading="Metrics")}) == [command] * listed


def test_what_sacred_is_told_to_run_with_trains() -> None:
    files = {
        "setup.py": "setup(entry_points={'console_scripts': ['net = net.main:main']})",
        "net/main.py": "from sacred import Experiment\n@ex.automain\ndef main(): ...\n",
        "README.md": fence("net with model=a tasks=b", "net print_config", heading="Usage"),
    }
    assert commands(files) == ["net with model=a tasks=b"]


def test_a_script_that_runs_agents_of_the_project_is_one_that_trains() -> None:
    script = (
        "from rl import *\ndef a():\n    config.optimizer_fn = f\n    run_steps(TD3Agent(config))\n"
    )
    script += GUARD.replace("main()", "a()")
    assert commands({"examples.py": script, "rl/__init__.py": ""}) == ["python examples.py"]
    assert commands({"examples.py": script.replace("run_steps", "show")}) == []


@pytest.mark.parametrize("name", ["dpo.py", "ppo.py", "dqn.py", "sac.py", "td3.py", "a2c.py"])
def test_no_algorithm_is_more_of_a_training_than_another(name: str) -> None:
    (row,) = rows({name: TRAINS})
    assert row.notes.startswith("Named as an algorithm")
    assert [row.score] == [one.score for one in rows({"trpo.py": TRAINS})]
    assert commands({name: TRAINS, "c51_kto.py": TRAINS})[0] == f"python {name}"
    assert commands({name: LIBRARY}) == []


@pytest.mark.parametrize(
    "line", ["net utils create_tfrecords --config a", "python encode_ds.py --x 1", "python run_embed.py --x 1"]
)  # fmt: skip
def test_making_records_or_embeddings_is_no_training(line: str) -> None:
    files = {
        "pyproject.toml": "[project.scripts]\nnet = 'net.cli:main'\n",
        "net/cli.py": "import torch\nimport argparse\nfrom net import x\n" + GUARD,
        "encode_ds.py": PLAIN,
        "run_embed.py": PLAIN,
        "README.md": fence(line),
    }
    assert line not in commands(files)


@pytest.mark.parametrize(
    ("script", "listed"),
    [
        ("python tools/train.py --x 1\n", False),
        ("python $ROOT/tools/train.py --x 1\n", True),
        ("python -m torch.distributed.launch train.py\n", True),
        ("source venv/bin/activate\npython -m train --x 1\n", True),
        ("bash lib/prepare.sh\npython train.py --x 1\n", True),
    ],
)
def test_a_script_that_came_without_what_it_starts_is_not_listed(script: str, listed: bool) -> None:
    files = {"train.py": TRAINS, "annotator/exp/run.sh": script}
    assert any("run.sh" in command for command in commands(files)) == listed


def test_a_program_as_it_could_look_stands_behind_what_is_there() -> None:
    readme = fence("mycli train --task <name>", "python -m net train -t a")
    found = commands({"net/__main__.py": TRAINS, "net/__init__.py": "", "README.md": readme})
    assert found[:2] == ["python -m net train -t a", "mycli train --task <name>"]


def test_an_installed_file_is_a_program_of_the_project() -> None:
    found = rows(
        {
            "setup.py": "setup(scripts=['net/bin/net-trainer'])",
            "net/bin/net-trainer": "",
            "net/bin/net_trainer.py": TRAINS,
            "README.md": fence(
                "net-trainer --list_help", "net-trainer --model a", heading="Walkthrough"
            ),
        }
    )
    assert found[0].command == "net-trainer --model a"
    assert found[0].entry == "net/bin/net_trainer.py"
    assert not any("list_help" in row.command for row in found)


def test_a_list_of_what_options_may_be_is_no_command() -> None:
    listed = "python train.py --dataset Cora, Citeseer, Pubmed --function a"
    kept = "python train.py --layers '[a, b, c]' --names \"x, y, z\""
    found = commands({"train.py": TRAINS, "README.md": fence(listed, kept)})
    assert found == [kept, "python train.py"]


def test_a_remark_in_brackets_is_no_part_of_a_command() -> None:
    found = commands({"train.sh": "python train.py", "train.py": TRAINS,
                      "README.md": fence("$ sh train.sh (ORIGINAL)")})  # fmt: skip
    assert found[0] == "sh train.sh"


@pytest.mark.parametrize(
    ("top", "lines"),
    [("/home/me/someone+net", ()), ("/home/me/net-main", ()),
     ("/home/me/x", ("git clone https://github.com/someone/net.git",))],
)  # fmt: skip
def test_a_path_from_the_folder_above_is_read_without_the_name_of_the_clone(
    top: str, lines: tuple[str, ...]
) -> None:
    files = {"bin/train.sh": "python train.py", "train.py": TRAINS,
             "README.md": fence(*lines, "sh ./net/bin/train.sh")}  # fmt: skip
    assert rows(files, top)[0].command == "sh bin/train.sh"
    assert rows(files, "/home/me/other")[0].command == (
        "sh bin/train.sh" if lines else "sh ./net/bin/train.sh"
    )


@pytest.mark.parametrize(
    "name", ["net/learn_kmeans.py", "task/model_size.py", "net/diagnostics/finetune_controller.py"]
)
def test_what_makes_labels_or_measures_a_model_is_not_listed_first(name: str) -> None:
    readme = fence("python train.py") + fence(f"python {name} a", heading="Labels")
    found = commands({"train.py": TRAINS, name: TRAINS, "README.md": readme})
    assert found[0] == "python train.py"
    assert "finetune" in name or found == ["python train.py"]


@pytest.mark.parametrize("flag", ["--force_gta", "--extract-features", "--dump_feats"])
def test_a_flag_that_only_writes_features_trains_nothing(flag: str) -> None:
    found = commands({"train.py": TRAINS, "README.md": fence(f"python train.py {flag}")})
    assert found == ["python train.py"]


def test_a_demo_of_a_program_that_trains_elsewhere_is_not_listed() -> None:
    readme = fence("python main.py learn") + fence("python main.py -m sim", heading="3. Demo Mode")
    found = commands({"main.py": TRAINS, "README.md": readme})
    assert found == ["python main.py learn", "python main.py"]


@pytest.mark.parametrize(
    "name",
    [
        "entrenar_modelo_cnn.py",
        "entrainement.py",
        "modell_trainieren.py",
        "treinar.py",
        "训练.py",
        "обучение.py",
    ],
)
def test_entries_that_are_named_in_another_language(name: str) -> None:
    found = rows({"comparison.py": TRAINS, name: TRAINS})
    assert found[0].command.endswith(name) or name in found[0].command
    assert found[0].notes.startswith("Named for training")


@pytest.mark.parametrize(
    "heading", ["训练", "モデルの学習", "Обучение модели", "Entrenar el modelo", "학습"]
)
def test_headings_that_speak_of_training_in_another_language(heading: str) -> None:
    readme = fence("python run_b.py", heading="X") + fence("python run_a.py", heading=heading)
    assert (
        commands({"run_a.py": TRAINS, "run_b.py": TRAINS, "README.md": readme})[0]
        == "python run_a.py"
    )


def test_a_page_stands_before_those_that_say_they_are_in_another_language() -> None:
    files = {"train_a.py": TRAINS, "train_b.py": TRAINS,
             "docs/train_a-ja.md": fence("python train_a.py --lr 1", heading="学習"),
             "docs/train_b.md": fence("python train_b.py --lr 1", heading="Train")}  # fmt: skip
    assert commands(files)[0] == "python train_b.py --lr 1"


def test_under_a_heading_that_only_says_demo_a_model_is_shown() -> None:
    readme = fence("python main.py -m sim", heading="3. Demo Mode")
    assert commands({"main.py": TRAINS, "README.md": readme})[0] == "python main.py"
    readme = fence("python main.py --epochs 2", heading="Demo")
    assert commands({"main.py": TRAINS, "README.md": readme})[0] == "python main.py --epochs 2"
