"""Applies edits to files on disk, all or nothing, keeping line ends, encoding mark and mode."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from propel_helper.facts.finding import Edit
from propel_helper.facts.lines import lines_of
from propel_helper.facts.problem import Problem
from propel_helper.project.originals import replace_content


def offset(text: str, line: int, column: int) -> int:
    """Offset in characters of a position (line from 1, column from 0).

    Raises:
        ValueError: the text has no such position.
    """
    starts = lines_of(text)
    if not 1 <= line <= len(starts) + 1:
        raise ValueError(f"no line {line}")
    before = sum(len(part) for part in starts[: line - 1])
    inside = starts[line - 1] if line <= len(starts) else ""
    if column > len(inside):
        raise ValueError(f"no column {column} in line {line}")
    return before + column


def edited(text: str, edits: Iterable[Edit]) -> str:
    """``text`` with ``edits`` of one file applied, last position first.

    Raises:
        ValueError: a position does not exist, or something else stands there now.
    """
    ends = "\r\n" if "\r\n" in text else "\n"
    for edit in sorted(edits, key=lambda item: (item.line, item.column), reverse=True):
        start = offset(text, edit.line, edit.column)
        stop = offset(text, edit.end_line, edit.end_column)
        if text[start:stop] != edit.old_text:
            raise ValueError(f"line {edit.line} has changed")
        text = text[:start] + edit.new_text.replace("\n", ends) + text[stop:]
    return text


def apply_edits(edits: Iterable[Edit]) -> None:
    """Write every edit (absolute paths), or none.

    Raises:
        Problem: a file can't be read or written, or has changed since the edit was made.
    """
    by_file: dict[str, list[Edit]] = defaultdict(list)
    for edit in edits:
        by_file[edit.file].append(edit)
    written: list[tuple[Path, str]] = []
    for file, group in by_file.items():
        path = Path(file)
        try:
            with path.open(encoding="utf-8", newline="") as stream:
                written.append((path, edited(stream.read(), group)))
        except ValueError as error:
            raise Problem(
                f"{file} has changed since the crash ({error}), so nothing was edited.",
                "Run the command again to see whether it still crashes.",
            ) from error
        except OSError as error:
            raise Problem(f"{file} can't be read: {error.strerror}.") from error
    for path, text in written:
        replace_content(path, text.encode("utf-8"))
