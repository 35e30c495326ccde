"""What a command still wants, and that it stands behind one that wants nothing."""

from __future__ import annotations

import pytest

from propel_helper.facts.command import TrainingCommand
from propel_helper.scan.rank import Ranking
from propel_helper.scan.sources import all_sources
from propel_helper.scan.tree import Tree

TRAINS = (
    "import torch\nimport argparse\ndef main():\n    loss.backward()\n    optimizer.step()\n"
    "if __name__ == '__main__':\n    main()\n"
)
NEEDS = TRAINS + "p.add_argument('--data', required=True)\n"
CONFIG = TRAINS + "p.add_argument('--config', default='configs/a.yaml')\n"


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


def page(*lines: str, heading: str = "Training") -> str:
    return f"# Net\n\n## {heading}\n\n```bash\n" + "\n".join(lines) + "\n```\n"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("p.add_argument('name')\n", "needs name"),
        ("config_file = sys.argv[1]\n", "needs config_file"),
        ("p.add_argument('name', nargs='?')\n", ""),
    ],
)
def test_a_bare_script_says_what_it_must_be_handed(more: str, said: str) -> None:
    (row,) = rows({"train.py": TRAINS.replace("import argparse\n", "") + more})
    assert row.notes.endswith(said)
    assert ("needs" in row.notes) == bool(said)


@pytest.mark.parametrize("script", ["python train.py --data d\n", "D=d\npython train.py --data $D"])
def test_a_script_that_gives_its_program_all_takes_the_place_of_the_bare_one(script: str) -> None:
    found = rows({"train.py": NEEDS, "run.sh": script})
    assert [row.command for row in found[:2]] == ["bash run.sh", "python train.py"]
    assert found[1].notes.endswith("needs --data")


@pytest.mark.parametrize(
    "script", ["python train.py --lr 1\n", "python train.py $@\n", "python train.py --data $1\n"]
)
def test_a_script_that_leaves_something_open_as_well_does_not(script: str) -> None:
    assert commands({"train.py": NEEDS, "run.sh": script})[0] == "python train.py"


def test_a_task_that_gives_its_program_all_takes_the_place_too() -> None:
    files = {"train.py": NEEDS, "Makefile": "go:\n\tpython train.py --data d\n"}
    assert commands(files)[0] == "make go"


def test_what_documents_show_gives_way_to_nothing_that_they_do_not() -> None:
    files = {"train.py": NEEDS, "run.sh": "python train.py --data d\n"}
    readme = page("torchrun train.py")
    assert commands({**files, "README.md": readme})[:2] == ["torchrun train.py", "bash run.sh"]


def test_a_bare_script_gives_way_to_a_documented_form_of_it() -> None:
    form = "accelerate launch train.py --data <path>"
    files = {"a/b/c/train.py": NEEDS, "a/README.md": page(f"cd b/c\n{form}")}
    found = rows(files)
    assert found[0].command == form
    assert "needs --data" in found[1].notes


def test_a_script_far_behind_takes_no_place() -> None:
    files = {"train.py": NEEDS, "eval/old/dry_train.sh": "python ../../train.py --data d\n"}
    assert commands(files)[0] == "python train.py"


@pytest.mark.parametrize("folder", ["", "net/"])
def test_a_config_that_is_there_is_not_spoken_of(folder: str) -> None:
    files = {"train.py": TRAINS, f"{folder}configs/a.yaml": ""}
    row = rows({**files, "README.md": page("python train.py --config configs/a.yaml")})[0]
    assert "not there" not in row.notes


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("--config configs/b.yaml", "configs/b.yaml is not there"),
        ("configs/b.toml", "configs/b.toml is not there"),
        ("--config=my_config.py", "fill in the placeholders first; my_config.py is not there"),
        ("--params my_params.json", "fill in the placeholders first; my_params.json is not there"),
        ("--deepspeed ds_config.json", "ds_config.json is not there"),
        ("--data data/train.json", ""),
        ("--data.path my_data.json", "fill in the placeholders first; my_data.json is not there"),
        ("--out-config configs/b.yaml", ""),
        ("--config ../b.yaml", ""),
        ("--config /etc/b.yaml", ""),
        ("--config <b>.yaml", "fill in the placeholders first"),
        ("experiment=experiment_name.yaml", "fill in the placeholders first"),
    ],
)
def test_a_config_that_is_nowhere_is_said(arguments: str, said: str) -> None:
    row = rows({"train.py": TRAINS, "README.md": page(f"python train.py {arguments}")})[0]
    assert row.notes.endswith(said)
    assert ("not there" in row.notes) == ("not there" in said)


def test_a_command_whose_config_is_nowhere_stands_behind_one_whose_config_is_there() -> None:
    lines = ("python train.py --config configs/b.yaml", "python train.py --config configs/a.yaml")
    files = {"train.py": TRAINS, "configs/a.yaml": "", "README.md": page(*lines)}
    assert commands(files) == [*reversed(lines), "python train.py"]


def test_a_default_that_is_nowhere_is_said_and_gives_way() -> None:
    said = "--config's default configs/a.yaml is not there"
    files = {"train.py": CONFIG, "configs/b.yaml": ""}
    assert rows(files)[0].notes.endswith(said)
    found = rows({**files, "run.sh": "python train.py --config configs/b.yaml\n"})
    assert [row.command for row in found[:2]] == ["bash run.sh", "python train.py"]
    (row,) = rows({"train.py": CONFIG, "configs/a.yaml": ""})
    assert "not there" not in row.notes


def test_a_script_runs_in_the_folder_that_has_its_default() -> None:
    (row,) = rows({"net/train.py": CONFIG, "net/configs/a.yaml": ""})
    assert (row.cwd, row.command) == ("net", "python train.py")


def test_the_default_of_what_a_make_target_hands_over_is_looked_for() -> None:
    makefile = "CFG ?= cfg/run.yaml\ntrain:\n\tpython train.py --cfg $(CFG)\n"
    row = rows({"train.py": TRAINS, "Makefile": makefile})[0]
    assert row.command == "make train"
    assert row.notes.endswith("cfg/run.yaml is not there")


def test_a_program_runs_in_the_one_folder_that_has_what_it_is_handed() -> None:
    files = {
        "pyproject.toml": "[project.scripts]\nnet = 'net.main:main'\n",
        "net/main.py": TRAINS,
        "net/configs/a.yaml": "",
        "docs/training.md": page("net fit --config configs/a.yaml"),
    }
    row = rows(files)[0]
    assert (row.cwd, row.command) == ("net", "net fit --config configs/a.yaml")


def test_a_script_elsewhere_is_started_from_where_its_other_paths_are() -> None:
    shown = "python3 train.py --config config/a.py"
    files = {"scripts/train.py": TRAINS, "README.md": page(shown), "config/a.py": ""}
    row = rows(files)[0]
    assert (row.cwd, row.command) == ("", "python3 scripts/train.py --config config/a.py")
    assert "documented with a path that is not there" in row.notes
    files = {"scripts/train.py": TRAINS, "README.md": page(shown), "scripts/config/a.py": ""}
    assert (rows(files)[0].cwd, rows(files)[0].command) == ("scripts", shown)


@pytest.mark.parametrize("option", ["--out-config", "--data"])
def test_a_default_to_write_or_to_load_data_from_is_none_to_look_for(option: str) -> None:
    (row,) = rows({"train.py": CONFIG.replace("--config", option)})
    assert "not there" not in row.notes


NETS = """
import torch
class Net(torch.nn.Module):
    @staticmethod
    def add_model_specific_args(parent):
        parser = ArgumentParser(parents=[parent])
        parser.add_argument("--input_file", required=True)
        return parser
class Other:
    @staticmethod
    def add_model_specific_args(parser):
        parser.add_argument("--other", required=True)
"""


@pytest.mark.parametrize(
    ("handed", "needed"),
    [
        ("parser = Net.add_model_specific_args(parser)", "needs --input_file"),
        ("Other.add_args(parser)", "needs --other"),
        ("# Net.add_model_specific_args(parser)", ""),
    ],
)
def test_what_a_class_adds_to_the_parser_is_asked_for_as_well(handed: str, needed: str) -> None:
    script = f"from models import (Net, Other)\n{TRAINS}\n{handed}\n"
    (row,) = rows({"cws/train.py": script, "cws/models.py": NETS})
    assert row.notes.endswith(needed)
    assert ("needs" in row.notes) == bool(needed)


CLI = """
from lightning.pytorch.cli import LightningCLI
def main():
    LightningCLI({})
if __name__ == "__main__":
    main()
"""


@pytest.mark.parametrize(
    ("files", "first"),
    [
        ({"config.yaml": ""}, "python train.py fit --config config.yaml"),
        ({"configs/a.yaml": "", "configs/base.yaml": ""}, "python train.py fit --config configs/base.yaml"),
        ({"configs/net.yml": ""}, "python train.py fit --config configs/net.yml"),
        ({"README.md": page("python train.py fit -c c.yaml"), "c.yaml": ""}, "python train.py fit -c c.yaml"),
        ({"docker.yaml": ""}, "python train.py"),
    ],
)  # fmt: skip
def test_a_lightning_cli_is_told_to_fit_with_the_projects_config(
    files: dict[str, str], first: str
) -> None:
    found = rows({"train.py": CLI.format(""), **files})
    assert found[0].command == first
    bare = next(row for row in found if row.command == "python train.py")
    assert bare.notes.endswith("needs fit, --config")


@pytest.mark.parametrize(("given", "said"), [("Net, Data", "fit"), ("Net, run=False", "")])
def test_a_lightning_cli_with_a_model_of_its_own_needs_no_config(given: str, said: str) -> None:
    found = rows({"train.py": CLI.format(given), "data.yaml": ""})
    assert [row.notes.partition("needs ")[2] for row in found] == [said]


@pytest.mark.parametrize(
    "said",
    ["Example scripts for training on each scene\ncan be found in `scripts/`.",
     "The bash scripts of these experiments are in directory \"scripts\".",
     "For training see the scripts in `./scripts`."],
)  # fmt: skip
def test_a_folder_of_scripts_that_the_readme_names_stands_before_the_bare_script(said: str) -> None:
    files = {"train.py": TRAINS, "scripts/blender.sh": "python train.py --gin_file a.gin\n"}
    assert commands(files)[0] == "python train.py"
    found = rows({**files, "README.md": f"# Net\n\nRun it.\n\n{said}\n"})
    assert found[0].command == "bash scripts/blender.sh"
    assert found[0].notes.startswith("The documentation names its folder")


@pytest.mark.parametrize(
    "said",
    ["Scripts to evaluate after training are in `scripts/`.", "The configs are in `scripts/`."],
)
def test_a_folder_of_other_scripts_is_not_lifted(said: str) -> None:
    files = {"train.py": TRAINS, "scripts/blender.sh": "python train.py --gin_file a.gin\n"}
    assert commands({**files, "README.md": f"# Net\n\nRun it.\n\n{said}\n"})[0] == "python train.py"
