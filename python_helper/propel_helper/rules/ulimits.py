"""Limits that the launch sets for itself with the shell's ``ulimit``, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from propel_helper.facts.finding import Place, Step
from propel_helper.facts.shell import simple_commands
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import launch_changes, makefiles
from propel_helper.rules.launch_text import Launch

_SCRIPT = Wording(r"[\w./~-]+\.(?:sh|bash|slurm|sbatch)\b")
_DEEPEST = 3
"""How far scripts that run scripts are followed."""


@dataclass(frozen=True)
class Limit:
    """One ``ulimit`` of the launch.

    Attributes:
        file: the script or Makefile, None for the confirmed command.
        line: from 1.
        written: the whole of it, ``ulimit -n 48``.
        value: its number, in the unit that ``ulimit`` counts in; None for a name, a variable, or
            where other limits stand beside it.
    """

    file: str | None
    line: int
    written: str
    value: int | None
    launch: Launch

    @property
    def place(self) -> Place | None:
        """Its line, where it stands in a file."""
        return Place(self.file, self.line) if self.file else None

    @property
    def where(self) -> str:
        """Where it stands, for people."""
        return f"{self.file}:{self.line}" if self.file else "the command"

    def with_value(self, new: int) -> tuple[Step, ...]:
        """The same with another number."""
        word = self.launch.words[-1]
        return launch_changes.steps(self.launch, [(word.start, word.end, str(new))])


def of(letters: str, surroundings: Surroundings) -> tuple[Limit, ...]:
    """The limits that one of ``letters`` (``n``: open files, ``v``: memory) stands for.

    In the command, in the recipes and scripts that it runs, and in those that they run.
    """
    texts: dict[str | None, str] = {None: surroundings.command or ""}
    if (recipes := makefiles.recipes(surroundings)) is not None:
        texts[recipes.file] = recipes.text
    for _ in range(_DEEPEST):
        named = [script for text in texts.values() for script in _SCRIPT.findall(text)]
        texts |= {one: surroundings.text(one) or "" for one in named if one not in texts}
    return tuple(one for file, text in texts.items() for one in _in(file, text, letters))


def _in(file: str | None, text: str, letters: str) -> Iterator[Limit]:
    for command in simple_commands(text):
        words = command.words
        values = [word.value for word in words]
        letter = re.compile(rf"-[SH]*[{letters}]")
        if values[:1] != ["ulimit"] or not any(map(letter.fullmatch, values)):
            continue
        *flags, value = values[1:]
        # Without a value it only says what the limit is.
        if value.startswith("-"):
            continue
        plain = all(letter.fullmatch(flag) or re.fullmatch(r"-[SH]+", flag) for flag in flags)
        written = text[words[0].start : words[-1].end]
        number = int(value) if plain and value.isdigit() else None
        line = text.count("\n", 0, words[0].start) + 1
        yield Limit(file, line, written, number, Launch(text, file, words, "", 0, 0))
