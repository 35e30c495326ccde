"""Frames as they are to be shown: whose code, from which file of the project, the line's text."""

from __future__ import annotations

from pathlib import Path

from propel_helper.app.surroundings import LocalSurroundings, is_foreign
from propel_helper.facts.crash import Frame
from propel_helper.facts.finding import OwnedFrame
from propel_helper.facts.lines import lines_of

_LONGEST = 200
"""Characters of a name or a line of code that are shown."""


class Frames:
    """Reads each file once. A process can name its files and functions as it likes."""

    def __init__(self, root: Path, cwd: Path) -> None:
        self._around = LocalSurroundings(root, cwd)
        self._lines: dict[str, list[str]] = {}

    def owned(self, frame: Frame) -> OwnedFrame:
        """``frame`` with whose code it is; code beside the project counts when it is no package."""
        own = not is_foreign(frame.file) and (
            self._around.is_own(frame.file) or _is_file(frame.file)
        )
        file = self._around.shown(frame.file) if own else frame.file
        code = self._code(frame) if own else None
        return OwnedFrame(clean(file), frame.line, clean(frame.function), code, own)

    def place(self, frames: tuple[Frame, ...]) -> str:
        """``train.py:88`` of the innermost own frame, "" without one."""
        own = [one for frame in frames if (one := self.owned(frame)).user]
        return f"{own[-1].file}:{own[-1].line}" if own else ""

    def _code(self, frame: Frame) -> str | None:
        if frame.file not in self._lines:
            text = self._around.text(frame.file)
            self._lines[frame.file] = lines_of(text) if text is not None else []
        lines = self._lines[frame.file]
        if not 0 < frame.line <= len(lines):
            return None
        return clean(lines[frame.line - 1].strip()) or None


def one_line(text: str) -> str:
    """``text`` on one line, without anything that a terminal or an editor would act on."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)


def clean(text: str) -> str:
    """``one_line`` of ``text``, its beginning when it is long."""
    shown = one_line(text)
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}…"


def _is_file(file: str) -> bool:
    try:
        return Path(file).is_absolute() and Path(file).is_file()
    except (OSError, ValueError):
        return False
