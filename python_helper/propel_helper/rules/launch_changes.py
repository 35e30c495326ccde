"""Changed launch texts, as steps: a rerun of the confirmed command, or edits of its script."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable

from propel_helper.facts.finding import Edit, RerunStep, Step
from propel_helper.facts.shell import Word, simple_commands
from propel_helper.facts.wording import Wording
from propel_helper.rules.launch_text import Launch, Option

_ASSIGNMENT = Wording(r"[A-Za-z_]\w*=")
# Commands of the shell that start nothing, and programs that don't hand their variables on.
_SETTINGS = frozenset({"cd", "source", ".", "export", "set", "ulimit", "module", "conda", "eval"})
_UNREACHED = frozenset(
    {
        "docker",
        "podman",
        "ssh",
        "sudo",
        "kubectl",
        "for",
        "while",
        "if",
        "until",
        "case",
        "{",
        "(",
        "[",
    }
)

Change = tuple[int, int, str]
"""Characters ``start`` to ``end`` of the launch's text, and what stands there instead."""


def steps(launch: Launch, changes: Iterable[Change]) -> tuple[Step, ...]:
    """``changes``, which don't overlap, as one rerun or as one edit each, in the text's order."""
    ordered = sorted(changes)
    if launch.file is None:
        text = launch.text
        for start, end, new in reversed(ordered):
            text = text[:start] + new + text[end:]
        return (RerunStep(launch.text, text),)
    return tuple(_edit(launch.file, launch.text, change) for change in ordered)


def _edit(file: str, text: str, change: Change) -> Edit:
    start, end, new = change
    line, column = _position(text, start)
    end_line, end_column = _position(text, end)
    return Edit(file, line, column, end_line, end_column, text[start:end], new)


def _position(text: str, offset: int) -> tuple[int, int]:
    """Line (from 1) and column (from 0) as an editor counts them."""
    before = re.split(r"\r\n|\r|\n", text[:offset])
    return len(before), len(before[-1])


def value(option: Option, new: str) -> Change:
    """``option`` with another value."""
    return option.start, option.end, shlex.quote(new)


def without(launch: Launch, option: Option) -> Change:
    """The launch without ``option``, and without the blank in front of it."""
    start = option.first
    while start > 0 and launch.text[start - 1] in " \t":
        start -= 1
    return start, option.last, ""


def launcher_options(launch: Launch, added: str) -> Change:
    """``added`` as the first of the launcher's own options."""
    at = launch.words[launch.program].end
    return at, at, f" {added}"


def arguments(launch: Launch, added: str) -> Change:
    """``added`` behind the program's last argument."""
    at = launch.words[-1].end
    return at, at, f" {added}"


def variable(launch: Launch, name: str, new: str) -> Change:
    """``NAME=new`` for the launch: its value changed where it is set, else set in front."""
    known = launch.variable(name)
    if known is not None:
        return value(known, new)
    at = launch.words[0].start
    return at, at, f"{name}={shlex.quote(new)} "


def under_torchrun(launch: Launch, processes: int = 1) -> tuple[Change, ...] | None:
    """A launch by ``python`` under torchrun of the very same Python, on this machine alone."""
    if launch.launcher != "python":
        return None
    at = launch.script
    if launch.words[at - 1].value == "-m":
        at -= 1
    options = f"-m torch.distributed.run --standalone --nproc_per_node={processes} "
    return ((launch.words[at].start, launch.words[at].start, options),)


def with_variable(
    command: str | None, name: str, new: str, *, joint: str | None = None
) -> RerunStep | None:
    """The confirmed command with ``NAME=new`` for what it starts; None where that can't be told.

    ``joint`` adds ``new`` behind a value that is set already, instead of replacing it.
    """
    if not command:
        return None
    started = [
        simple.words
        for simple in simple_commands(command)
        if simple.words and simple.words[0].value not in _SETTINGS and not _assigns(simple.words)
    ]
    piped = "|" in {simple.operator for simple in simple_commands(command)}
    if not started or (len(started) > 1 and not piped) or started[0][0].value in _UNREACHED:
        return None
    words = started[0]
    launch = Launch(command, None, words, "", _program(words), len(words))
    known = launch.variable(name)
    if joint and known is not None and known.value:
        new = f"{known.value}{joint}{new}"
    (step,) = steps(launch, [variable(launch, name, new)])
    assert isinstance(step, RerunStep)
    return step


def _program(words: tuple[Word, ...]) -> int:
    return next((i for i, word in enumerate(words) if not _ASSIGNMENT.match(word.value)), 0)


def _assigns(words: tuple[Word, ...]) -> bool:
    return all(_ASSIGNMENT.match(word.value) for word in words)
