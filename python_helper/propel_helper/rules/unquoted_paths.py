"""Paths with a blank that a command has without quotes, so that the shell makes several words of one."""

from __future__ import annotations

import posixpath
import shlex
from dataclasses import dataclass

from propel_helper.facts.finding import Fix, Place, Safety
from propel_helper.facts.surroundings import PathKind, Surroundings
from propel_helper.rules import launch_changes, launch_folder, texts
from propel_helper.rules.launch_text import Launch, launch_of
from propel_helper.rules.words import code

_MOST = 6
"""Words that one path falls into."""


@dataclass(frozen=True)
class Torn:
    """The path as it is, the launch that has it, and its characters in the launch's text."""

    path: str
    launch: Launch
    start: int
    end: int

    @property
    def at(self) -> Place | None:
        """The line of the script or recipe that has it."""
        if self.launch.file is None:
            return None
        edit = texts.edit_at(self.launch.file, self.launch.text, self.start, "", "")
        return Place(edit.file, edit.line)

    def quoted(self) -> Fix:
        """The launch with quotes around the path."""
        new = shlex.quote(self.path)
        steps = launch_changes.steps(self.launch, [(self.start, self.end, new)])
        by = f"writing {code(new)}, one word for the shell"
        return Fix("quote-path", f"Quote {self.path}", by, Safety.SAFE, steps)


def torn(extra: list[str], surroundings: Surroundings) -> Torn | None:
    """The one path of the launch that is there and of which ``extra`` are the later words."""
    launch = launch_of(surroundings)
    here = launch_folder.started_in(launch, surroundings) if launch else None
    if launch is None or here is None or not extra:
        return None
    words = launch.words
    found = []
    for first in range(launch.script + 1, len(words) - 1):
        for last in range(first + 1, min(first + _MOST, len(words))):
            tail = [word.value for word in words[first + 1 : last + 1]]
            raw = launch.text[words[first].start : words[last].end]
            if not _stand_in(tail, extra) or raw.split() != [words[first].value, *tail]:
                continue
            option, mark, _ = words[first].value.partition("=")
            skipped = len(option) + 1 if mark and option.startswith("-") else 0
            path = raw[skipped:]
            if surroundings.kind(posixpath.join(here, path)) in (PathKind.FILE, PathKind.FOLDER):
                found.append(Torn(path, launch, words[first].start + skipped, words[last].end))
    return found[0] if len(found) == 1 else None


def _stand_in(tail: list[str], extra: list[str]) -> bool:
    """Whether ``tail`` stands in ``extra``, word behind word."""
    return any(extra[at : at + len(tail)] == tail for at in range(len(extra) - len(tail) + 1))
