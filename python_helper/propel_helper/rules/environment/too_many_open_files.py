"""too-many-open-files: the process has as many files open as it may.

## What happened
A file, socket or pipe was to be opened and the limit of the process was reached.

## Why it happens
Workers hand over tensors as open files, a dataset keeps its files open, and the usual limit is
1024.

## What the fix changes
`ulimit -n` in front of the launch command, with the number that most systems allow without
further rights.

## Fix safety
Safe: it raises a limit of this run alone.
"""

from __future__ import annotations

import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation, Fix, RerunStep, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule
from propel_helper.rules.said import said
from propel_helper.rules.steps import guide

# CPython's errno 24; torch/utils/data/dataloader.py.
_WORDS = Wording(
    r"Too many open files"
    r"|received 0 items of ancdata"
)
# The hard limit of most systems; a shell can raise its own up to it.
_MOST = 4096


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    step = guide(
        "raise-open-files", "Raise the limit", "Put `ulimit -n 65535;` before the command."
    )
    return Explanation(
        error="too many open files",
        because="the run has as many files open as its limit allows",
        fixes=(_limit(surroundings) or step,),
    )


def _limit(surroundings: Surroundings) -> Fix | None:
    command = surroundings.command
    if command is None:
        return None
    given = re.search(r"\bulimit\s+-[SH]*n\s+(?P<limit>\d+)", command)
    if given is not None and int(given["limit"]) < _MOST:
        new = command[: given.start("limit")] + str(_MOST) + command[given.end("limit") :]
        by = f"raising the limit of open files from {given['limit']} to {_MOST}"
        return Fix(
            "raise-open-files", "Raise the limit", by, Safety.SAFE, (RerunStep(command, new),)
        )
    if "ulimit" in command:
        return None
    step = RerunStep(command, f"ulimit -n {_MOST}; {command}")
    by = f"raising the limit of open files to {_MOST} for the command"
    return Fix("raise-open-files", "Raise the limit", by, Safety.SAFE, (step,))


RULE = Rule("too-many-open-files", Category.ENVIRONMENT, ("exception", "shell"), explain)
