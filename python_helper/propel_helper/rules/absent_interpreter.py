"""Scripts of Python whose first line names an interpreter that is not there."""

from __future__ import annotations

import re

from propel_helper.facts.crash import Crash, CrashKind
from propel_helper.facts.finding import Explanation, Fix, Place, RerunStep, Safety
from propel_helper.facts.shell import simple_commands
from propel_helper.facts.surroundings import PathKind, Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code

# bash 5.2 and older, dash, zsh: the kernel's ENOENT for a file that is there.
_WORDS = Wording(
    r"(?:^|: )(?P<script>[^\s:]+): (?:cannot execute: required file not found"
    r"|\S+: bad interpreter: No such file or directory)"
    r"|(?:^|: )(?P<zsh>[^\s:]+): bad interpreter: \S+: no such file"
)
_SHEBANG = re.compile(
    r"#![ \t]*(?P<python>/\S*/(?:python|pypy)[\d.]*)(?P<flags>(?:[ \t]+-\w+)?)[ \t]*\n"
)
_PYTHONS = ("/usr/bin/python3", "/usr/local/bin/python3")


def explained(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """The finding of such a script, and the launch of it with ``python3`` if there is one."""
    found = _WORDS.search(crash.message) if crash.kind is CrashKind.SHELL else None
    script = found["script"] or found["zsh"] if found else None
    shebang = _SHEBANG.match(surroundings.text(script) or "") if script else None
    if (
        script is None
        or shebang is None
        or surroundings.kind(shebang["python"]) is not PathKind.MISSING
    ):
        return None
    step = guide(
        "name-the-interpreter",
        "Start it with a Python that is there",
        f"Start {code(script)} with the Python of the environment that it needs, or write that Python "
        "into its first line.",
    )
    return Explanation(
        "an interpreter that is not there",
        f"the first line of {code(script)} names {code(shebang['python'])}, and there is no such file",
        Place(script, 1),
        (_with_python(script, shebang["flags"], surroundings) or step,),
    )


def _with_python(script: str, flags: str, surroundings: Surroundings) -> Fix | None:
    """The command with ``python3``, and the first line's options, before the one script that it starts."""
    command = surroundings.command or ""
    starts = [
        one.words[0].start
        for one in simple_commands(command)
        if one.words and one.words[0].value == script
    ]
    there = any(surroundings.kind(file) is PathKind.FILE for file in _PYTHONS)
    if len(starts) != 1 or not there:
        return None
    program = f"python3{flags}"
    step = RerunStep(command, f"{command[: starts[0]]}{program} {command[starts[0] :]}")
    by = f"starting it with {code(program)}, the Python of this session: it may lack what the other one has"
    return Fix("run-with-python3", "Start it with python3", by, Safety.ASK, (step,))
