"""Marks on lines of files: squiggles, hints and waits alike. They follow their lines, or go."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from lsprotocol import types
from pygls.uris import from_fs_path

from propel_helper.anchor import find_line
from propel_helper.facts.lines import lines_of

SOURCE = "Propel"


class Mark(Protocol):
    """Something to say of one line, as it was when it was found."""

    @property
    def file(self) -> str:
        """Absolute path."""

    @property
    def line(self) -> int:
        """From 1."""

    @property
    def code(self) -> str | None:
        """Text of the line, None when it is not known."""

    def diagnostic(self, place: types.Range) -> types.Diagnostic:
        """What stands in Problems when the line is at ``place`` now."""

    def actions(self, diagnostic: types.Diagnostic) -> list[types.CodeAction]:
        """What can be done about it."""


class Marks:
    """Keeps marks by who put them there, and says what a file's diagnostics are.

    ``text`` gives the present text of a file: the editor's when it is open there. Several threads
    write while the loop reads: what is read is never changed, only replaced.
    """

    def __init__(self, text: Callable[[str], str | None]) -> None:
        self._text = text
        self._lock = threading.Lock()
        self._by_owner: dict[tuple[str, str], tuple[Mark, ...]] = {}

    def put(self, kind: str, name: str, marks: Sequence[Mark]) -> set[str]:
        """Replace the marks of a kind of ``name``: files whose diagnostics may differ now."""
        owner = (kind, name)
        with self._lock:
            before = self._by_owner.get(owner, ())
            others = {key: found for key, found in self._by_owner.items() if key != owner}
            self._by_owner = {**others, owner: tuple(marks)} if marks else others
        return {mark.file for mark in (*before, *marks)}

    def on(self, file: str) -> list[tuple[Mark, types.Diagnostic]]:
        """Marks that still have a line in ``file``, with their diagnostics."""
        here = [mark for marks in self._by_owner.values() for mark in marks if mark.file == file]
        text = self._text(file) if here else None
        if text is None:
            return []
        lines = [(mark, find_line(text, mark.line, mark.code)) for mark in here]
        return [
            (mark, mark.diagnostic(line_range(text, line)))
            for mark, line in lines
            if line is not None
        ]

    def actions(self, file: str, first: int, last: int) -> list[types.CodeAction]:
        """What can be done about the marks between two lines (from 0) of ``file``."""
        return [
            action
            for mark, diagnostic in self.on(file)
            if first <= diagnostic.range.start.line <= last
            for action in mark.actions(diagnostic)
        ]

    def files(self) -> set[str]:
        """Every file with a mark."""
        return {mark.file for marks in self._by_owner.values() for mark in marks}


def line_range(text: str, line: int) -> types.Range:
    """The code of a line (from 1), without indentation and line end, in UTF-16 columns."""
    full = lines_of(text)[line - 1].rstrip("\r\n")
    indent = len(full) - len(full.lstrip())
    stop = utf16(full.rstrip())
    start = min(utf16(full[:indent]), stop)
    return types.Range(types.Position(line - 1, start), types.Position(line - 1, stop))


def utf16(text: str) -> int:
    """Length in UTF-16 code units, which LSP columns count by default."""
    return len(text.encode("utf-16-le")) // 2


def uri_of(file: str) -> str:
    """``file:`` URI of an absolute path."""
    return from_fs_path(str(Path(file))) or ""
