"""The options of the script that a command starts in the end."""

from __future__ import annotations

from pathlib import Path

import pytest

from propel_helper.app.arguments import options
from propel_helper.facts.problem import Problem

SCRIPT = """
import argparse
p = argparse.ArgumentParser()
p.add_argument("--config")
p.add_argument("--resume", help="checkpoint to go on from")
p.add_argument("--lr", type=float, default=0.1)
p.parse_args()
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose script is started in many ways; starting it for real would leave a mark."""
    (tmp_path / "src" / "net").mkdir(parents=True)
    (tmp_path / "src" / "net" / "train.py").write_text(f"open('{tmp_path}/ran', 'w')\n{SCRIPT}")
    (tmp_path / "configs").mkdir()
    (tmp_path / "configs" / "a.yaml").write_text("lr: 1\n")
    (tmp_path / "outputs").mkdir()
    (tmp_path / "outputs" / "last.ckpt").write_text("x")
    (tmp_path / "run.sh").write_text(
        'SCRIPT=src/net/train.py\ntorchrun --nproc_per_node 2 $SCRIPT "$@"\n'
    )
    (tmp_path / "Makefile").write_text("train:\n\tbash run.sh\n")
    (tmp_path / "pyproject.toml").write_text("[project.scripts]\nnet = 'net.train:main'\n")
    return tmp_path


@pytest.mark.parametrize(
    "command",
    ["python src/net/train.py --lr 1", "torchrun -m net.train", "bash run.sh --lr 2", "make train",
     "net --lr 1", "cd src/net && python train.py", "CUDA_VISIBLE_DEVICES=0 python -m net.train"],
)  # fmt: skip
def test_through_whatever_starts_it(project: Path, command: str) -> None:
    found = {option.name: option for option in options(str(project), command)}
    assert list(found) == ["--config", "--resume", "--lr"]
    assert not (project / "ran").exists()


def test_files_of_the_project_as_values(project: Path) -> None:
    found = {option.name: option for option in options(str(project), "python src/net/train.py")}
    assert found["--config"].values == ("configs/a.yaml",)
    assert found["--resume"].values == ("outputs/last.ckpt",)
    assert found["--lr"].values == ()


def test_values_are_seen_from_where_the_command_runs(project: Path) -> None:
    found = options(str(project), "python net/train.py", "src")
    assert found[0].values == ("../configs/a.yaml",)


@pytest.mark.parametrize("command", ["", "ls -l", "python absent.py", "echo 'x"])
def test_a_command_that_starts_nothing_here(project: Path, command: str) -> None:
    with pytest.raises(Problem, match="starts no Python file"):
        options(str(project), command)


def test_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="no folder"):
        options(str(tmp_path / "absent"), "python train.py")


def test_a_script_that_calls_itself_ends(tmp_path: Path) -> None:
    (tmp_path / "run.sh").write_text("bash run.sh\n")
    with pytest.raises(Problem):
        options(str(tmp_path), "bash run.sh")


def test_of_what_a_script_starts_the_training_counts(project: Path) -> None:
    (project / "peek.py").write_text("import argparse\np.add_argument('--max_lines')\n")
    (project / "all.sh").write_text("python peek.py --max_lines 3\npython src/net/train.py\n")
    found = options(str(project), "bash all.sh")
    assert [option.name for option in found] == ["--config", "--resume", "--lr"]
