"""missing-script: Python can't find the script that it was told to run.

## What happened
The interpreter started, and the script or module named after it is not there. Nothing of the
project ran.

## Why it happens
The name is misspelt, or the run started in another folder than the one that the command was
written for.

## What the fix changes
The script's path in the launch, when exactly one file in that folder has almost the same name, or
exactly one file of the project has that very name. Otherwise nothing: a step says what to look at.

## Fix safety
Ask: the near name may be another script than the one that was meant.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation, Fix, Safety
from propel_helper.facts.surroundings import PathKind, Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, returns, texts
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code

# CPython's Modules/main.c and Lib/runpy.py.
_WORDS = Wording(
    r"can't open file '(?P<file>.+?)'|can't find '__main__' module in '(?P<folder>.+?)'"
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim scripts that Python can't open."""
    if returns.cause(crash, surroundings) is not None:
        return None
    found = _WORDS.search(crash.message)
    if found is None:
        return None
    script = found["file"] or found["folder"]
    look = guide(
        "name-the-script",
        "Name the script that exists",
        f"There is no {code(script)}: correct the script's name in the command, or start the run "
        "in the folder that it was written for.",
    )
    fix = _respelt(script, crash, surroundings)
    return Explanation(
        "a script that is not there",
        f"Python was told to run {code(script)} and nothing is there",
        fixes=(fix or look,),
    )


def _respelt(script: str, crash: Crash, surroundings: Surroundings) -> Fix | None:
    """The script respelt; Python prints it as an absolute path, the command rarely has it so."""
    command = surroundings.command or ""
    parts = script.split("/")
    for length in range(len(parts), 0, -1):
        written = "/".join(parts[-length:])
        if written and written in command:
            right = texts.near_path(written, surroundings) or _elsewhere(script, surroundings)
            step = texts.replace_once(written, right, crash, surroundings) if right else None
            if right is None or step is None:
                return None
            by = f"writing {code(right)} for {code(written)}"
            return Fix("respell-script", f"Run {right}", by, Safety.ASK, (step,))
    return None


def _elsewhere(script: str, surroundings: Surroundings) -> str | None:
    """The one file of the project that has the script's name."""
    found = surroundings.shown(script)
    return found if surroundings.kind(found) is PathKind.FILE else None


RULE = Rule("missing-script", Category.PATH, ("shell",), explain)
