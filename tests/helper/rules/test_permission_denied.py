"""What is said of a folder that its own user may not write to; a repository keeps no such folder."""

from __future__ import annotations

from pathlib import Path

from propel_helper.app.surroundings import LocalSurroundings
from propel_helper.facts.crash import Crash, CrashKind
from propel_helper.rules.permission import permission_denied


def _explained(root: Path, path: str) -> tuple[str, str]:
    message = f"[Errno 13] Permission denied: '{path}'"
    crash = Crash(CrashKind.EXCEPTION, "PermissionError", message)
    found = permission_denied.explain(crash, LocalSurroundings(root, root, "python train.py"))
    assert found is not None
    return found.because, found.fixes[0].by


def test_the_own_folder_without_its_write_right_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "my results"
    folder.mkdir(mode=0o555)
    because, by = _explained(tmp_path, "my results/run1/log.txt")
    assert because == "`my results` is yours, and your right to write there was taken away"
    assert "`chmod u+w 'my results'`" in by.replace('"', "'")


def test_a_folder_that_may_be_written_to_is_not_blamed(tmp_path: Path) -> None:
    (tmp_path / "results").mkdir()
    because, by = _explained(tmp_path, "results/run1")
    assert because.startswith("the system said")
    assert "chmod" not in by


def test_a_folder_that_may_not_be_looked_at_is_not_blamed(tmp_path: Path) -> None:
    because, _ = _explained(tmp_path, "/proc/1/root/secret/file")
    assert because.startswith("the system said")
