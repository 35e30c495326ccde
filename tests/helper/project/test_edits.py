"""Edits on disk: the very characters, all or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from propel_helper.facts.finding import Edit
from propel_helper.facts.problem import Problem
from propel_helper.project.edits import apply_edits


def insert(file: Path, line: int, text: str) -> Edit:
    return Edit(str(file), line, 0, line, 0, "", text)


def test_inserts_before_a_line_and_keeps_crlf_and_mode(tmp_path: Path) -> None:
    file = tmp_path / "train.py"
    file.write_bytes(b"a = 1\r\nb = 2\r\n")
    file.chmod(0o750)
    apply_edits([insert(file, 2, "x = 0\n")])
    assert file.read_bytes() == b"a = 1\r\nx = 0\r\nb = 2\r\n"
    assert file.stat().st_mode & 0o777 == 0o750


def test_lines_count_as_python_counts_them(tmp_path: Path) -> None:
    file = tmp_path / "train.py"
    file.write_text("a = 1\n\x0cb = 2\nc = 3\n")
    apply_edits([insert(file, 3, "x = 0\n")])
    assert file.read_text() == "a = 1\n\x0cb = 2\nx = 0\nc = 3\n"


def test_a_file_that_changed_since_is_left_alone(tmp_path: Path) -> None:
    first, second = tmp_path / "a.py", tmp_path / "b.py"
    first.write_text("one\n")
    second.write_text("changed\n")
    edits = [insert(first, 1, "x\n"), Edit(str(second), 1, 0, 1, 3, "two", "three")]
    with pytest.raises(Problem, match="has changed since the crash"):
        apply_edits(edits)
    assert first.read_text() == "one\n"


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "real.py", tmp_path / "link.py"
    target.write_text("a\n")
    link.symlink_to(target)
    apply_edits([insert(link, 1, "x\n")])
    assert link.is_symlink()
    assert target.read_text() == "x\na\n"


def test_what_is_no_readable_file_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "train.py"
    folder.mkdir()
    with pytest.raises(Problem, match=r"train\.py can't be read"):
        apply_edits([insert(folder, 1, "x\n")])
