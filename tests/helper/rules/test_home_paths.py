"""A ``~`` that nothing expands, with a home of its own: what is there decides."""

from __future__ import annotations

from pathlib import Path

import pytest

from propel_helper.app.surroundings import LocalSurroundings
from propel_helper.facts.crash import Crash, CrashKind, Frame
from propel_helper.facts.finding import Edit, RerunStep
from propel_helper.project.edits import edited
from propel_helper.rules import home_paths

SET = "~/sets/toy.txt"
OPENS = "def read(path):\n    with open(path, newline='') as rows:\n        return list(rows)\n"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "home" / "sets").mkdir(parents=True)
    (tmp_path / "home" / "sets" / "toy.txt").write_text("1\n")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def _project(tmp_path: Path, code: str, command: str) -> LocalSurroundings:
    root = tmp_path / "project"
    root.mkdir()
    (root / "train.py").write_text(code)
    return LocalSurroundings(root, root, command)


def _crash(line: int) -> Crash:
    frame = Frame("train.py", line, "read", None)
    return Crash(CrashKind.EXCEPTION, "FileNotFoundError", "", frames=(frame,))


@pytest.mark.parametrize("quote", ["'", '"'])
def test_quotes_in_the_launch_go(tmp_path: Path, quote: str) -> None:
    command = f"python train.py --data {quote}{SET}{quote} --lr 0.1"
    found, _ = home_paths.expanded(SET, _crash(2), _project(tmp_path, OPENS, command))
    assert found is not None
    assert found.steps == (RerunStep(command, f"python train.py --data {SET} --lr 0.1"),)


def test_quotes_stay_where_they_keep_more(tmp_path: Path) -> None:
    command = "python train.py --data '~/my sets/toy.txt'"
    surroundings = _project(tmp_path, "print(1)\n", command)
    (tmp_path / "home" / "my sets").mkdir()
    (tmp_path / "home" / "my sets" / "toy.txt").write_text("1\n")
    assert home_paths.expanded("~/my sets/toy.txt", _crash(1), surroundings) == (None, None)


def test_code_that_opens_it_expands_it(tmp_path: Path) -> None:
    surroundings = _project(tmp_path, OPENS, "python train.py")
    found, at = home_paths.expanded(SET, _crash(2), surroundings)
    assert found is not None
    assert at is not None
    edits = [step for step in found.steps if isinstance(step, Edit)]
    assert edited(OPENS, edits) == "import os\n\n\n" + OPENS.replace(
        "open(path,", "open(os.path.expanduser(path),"
    )


def test_nothing_is_done_where_the_file_is_not_there(tmp_path: Path, home: Path) -> None:
    (home / "sets" / "toy.txt").unlink()
    surroundings = _project(tmp_path, OPENS, f"python train.py --data '{SET}'")
    assert home_paths.expanded(SET, _crash(2), surroundings) == (None, None)


def test_two_reads_in_one_statement_are_left_alone(tmp_path: Path) -> None:
    code = "def read(a, b):\n    return open(a), open(b)\n"
    surroundings = _project(tmp_path, code, "python train.py")
    assert home_paths.expanded(SET, _crash(2), surroundings) == (None, None)
