"""A walk in a process of its own sees what a walk sees, and is done over when that one dies."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from propel_helper.app.scan import scan
from propel_helper.facts.problem import Problem
from propel_helper.project import walk_ahead
from propel_helper.project.walk import Walk, Walker
from propel_helper.project.walk_ahead import WalkAhead


def planted(top: Path) -> str:
    """More names than a pipe holds, an unreadable folder and a name that is no UTF-8."""
    for number in range(40):
        folder = top / f"part_{number}"
        folder.mkdir()
        for one in range(60):
            (folder / f"a_rather_long_name_of_a_file_{one:04}.py").touch()
    os.close(os.open(os.fsencode(top) + b"/bad\xff.py", os.O_CREAT))
    shut = top / "shut"
    shut.mkdir()
    shut.chmod(0)
    return str(top)


def only(walks: list[Walk]) -> Walk:
    (seen,) = walks
    return seen


def test_it_sees_what_a_walk_sees(tmp_path: Path) -> None:
    top = planted(tmp_path)
    ahead = only(list(WalkAhead(top).walks()))
    here = Walker(top).walk()
    assert len(ahead.folders) == 40
    assert (ahead.folders, ahead.skipped) == (here.folders, here.skipped)


@pytest.mark.parametrize("fault", ["no process", "dies"])
def test_without_it_the_walk_is_done_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    def refused() -> int:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    def dying(top: str, writing: int) -> None:
        os.write(writing, top.encode())
        os._exit(1)

    if fault == "no process":
        monkeypatch.setattr(os, "fork", refused)
    else:
        monkeypatch.setattr(walk_ahead, "_walk_and_leave", dying)
    top = planted(tmp_path)
    assert len(only(list(WalkAhead(top).walks())).folders) == 40


def test_nobody_takes_it_and_nobody_waits(tmp_path: Path) -> None:
    """The one who asked ends; the process that walked has no reader and ends too."""
    asked = (
        "import sys; from propel_helper.project.walk_ahead import WalkAhead; "
        "WalkAhead(sys.argv[1])._child or 1/0"
    )
    # Both hold the same standard error: reading it to its end waits for both.
    told = subprocess.run(
        [sys.executable, "-c", asked, planted(tmp_path)],
        check=True, capture_output=True, text=True, timeout=30,
    )  # fmt: skip
    assert not told.stderr


def test_a_missing_folder_is_told_as_ever(tmp_path: Path) -> None:
    gone = str(tmp_path / "gone")
    with pytest.raises(Problem, match="no folder"):
        scan(gone, WalkAhead(gone))
