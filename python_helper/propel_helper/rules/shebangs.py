"""A file of the launch whose first line names an interpreter that this machine does not have."""

from __future__ import annotations

import re
from dataclasses import dataclass

from propel_helper.facts.crash import Crash, CrashKind
from propel_helper.facts.finding import Explanation, Fix, Place
from propel_helper.facts.shell import simple_commands
from propel_helper.facts.surroundings import PathKind, Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import python_in_shell
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code

# bash, and the shells that print the kernel's word for it.
_WORDS = Wording(
    r"cannot execute: required file not found|bad interpreter: |(?:not found|No such file or directory)$"
)
_FIRST_LINE = re.compile(r"#![ \t]*(?P<interpreter>/\S+)")


@dataclass(frozen=True)
class _Missing:
    file: str
    interpreter: str


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim a program that is there and can't be started for want of its interpreter."""
    found = _missing(crash, surroundings) if crash.kind is CrashKind.SHELL else None
    if found is None:
        return None
    step = guide(
        "name-the-interpreter",
        "Name an interpreter that is there",
        f"Start {code(found.file)} with an interpreter of this machine (`python {found.file}` for Python), or "
        f"name that one in the first line of {code(found.file)}.",
    )
    return Explanation(
        "an interpreter that is not there",
        f"the first line of {code(found.file)} names {code(found.interpreter)}, which this machine does not have",
        Place(surroundings.shown(found.file), 1),
        (_with_python(found, surroundings) or step,),
    )


def _missing(crash: Crash, surroundings: Surroundings) -> _Missing | None:
    if _WORDS.search(crash.message) is None:
        return None
    words = [one.words[0].value for one in simple_commands(surroundings.command or "") if one.words]
    found = []
    for file in words:
        first = _FIRST_LINE.match(surroundings.text(file) or "") if file in crash.message else None
        if first and surroundings.kind(first["interpreter"]) is PathKind.MISSING:
            found.append(_Missing(file, first["interpreter"]))
    return found[0] if len(found) == 1 else None


def _with_python(found: _Missing, surroundings: Surroundings) -> Fix | None:
    is_python = found.interpreter.rpartition("/")[2].startswith("python")
    return python_in_shell.with_python(found.file, surroundings) if is_python else None
