"""Which files are configs."""

from __future__ import annotations

from dataclasses import replace

from propel_helper.facts.command import TrainingCommand
from propel_helper.scan.configs import configs
from propel_helper.scan.reading import Reading, Traits
from propel_helper.scan.tree import Tree


def row(command: str, cwd: str = "") -> TrainingCommand:
    return TrainingCommand(command, "readme", "README.md", 1, "", 1.0, cwd)


def test_config_folders_anywhere_but_in_tests() -> None:
    tree = Tree(
        {
            "": ["package.json", "train.py"],
            "configs": ["a.yaml", "b.json", "c.toml", "notes.md"],
            "net/hparams": ["x.yml"],
            "tests/configs": ["t.yaml"],
            "deepspeed_configs": ["z.json"],
        }
    )
    assert configs(tree, {}, ()) == (
        "configs/a.yaml", "configs/b.json", "configs/c.toml", "deepspeed_configs/z.json",
        "net/hparams/x.yml",
    )  # fmt: skip


def test_what_commands_hand_over_and_its_neighbours() -> None:
    tree = Tree(
        {
            "": ["train.yaml"],
            "config": ["__init__.py", "big.py", "small.py"],
            "examples": ["a.yml", "b.yml"],
            "data": ["x.json"],
        }
    )
    rows = (
        row("python train.py train.yaml --data data/x.json"),
        row("python train.py config/small.py"),
        row("net train examples/a.yml"),
    )
    assert configs(tree, {}, rows) == (
        "train.yaml", "config/big.py", "config/small.py", "examples/a.yml", "examples/b.yml",
    )  # fmt: skip


def test_a_script_is_no_config_wherever_it_stands() -> None:
    tree = Tree({"config": ["train.py", "__init__.py"]})
    started = replace(row("python config/train.py"), entry="config/train.py")
    assert configs(tree, {}, (started,)) == ()


def test_hydra_folders_that_a_script_names() -> None:
    tree = Tree({"net": ["train.py", "gpt.yaml"], "settings": ["a.yaml"]})
    readings = {"net/train.py": (Reading((), Traits(config_folders=(".", "../settings"))),)}
    assert configs(tree, readings, ()) == ("net/gpt.yaml", "settings/a.yaml")
