"""Edits in the editor's terms, checked against the text they are for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from propel_helper.facts.finding import Edit
from propel_helper.facts.lines import lines_of
from propel_helper.lsp.marks import utf16
from propel_helper.project.edits import edited
from propel_helper.wire import FileChange, Replacement


def file_changes(
    edits: Iterable[Edit], text: Callable[[str], str | None]
) -> tuple[tuple[FileChange, ...], str | None]:
    """What the editor is to apply, and why it can't be applied (None when it can).

    ``text``: the present text of an absolute path, None when it can't be read.
    """
    by_file: dict[str, list[Edit]] = defaultdict(list)
    for edit in edits:
        by_file[edit.file].append(edit)
    changes = []
    for file, group in by_file.items():
        now = text(file)
        if now is None:
            return (), f"{file} can't be read any more."
        try:
            edited(now, group)
        except ValueError as error:
            return (), f"{file} has changed since the crash ({error}). Run the command again."
        changes.append(FileChange(file, tuple(replacement(edit, now) for edit in group)))
    return tuple(changes), None


def replacement(edit: Edit, text: str) -> Replacement:
    """``edit`` with lines and UTF-16 columns from 0."""
    return Replacement(
        line=edit.line - 1,
        character=_column(text, edit.line, edit.column),
        end_line=edit.end_line - 1,
        end_character=_column(text, edit.end_line, edit.end_column),
        new_text=edit.new_text,
    )


def _column(text: str, line: int, column: int) -> int:
    lines = lines_of(text)
    return utf16(lines[line - 1][:column]) if line <= len(lines) else 0
