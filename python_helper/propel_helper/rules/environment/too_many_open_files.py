"""too-many-open-files: the process has as many files open as it may.

## What happened
A file, socket or pipe was to be opened and the limit of the process was reached.

## Why it happens
Workers hand over tensors as open files, a dataset keeps its files open, and the usual limit is
1024.

## What the fix changes
`ulimit -n` in front of the launch command, with the number that most systems allow without
further rights; where the command, its script or its recipe sets a lower limit itself, that number.

## Fix safety
Safe: it raises a limit of this run alone. Ask in a file: somebody may have set the limit for a reason.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation, Fix, RerunStep, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, ulimits
from propel_helper.rules.said import said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code

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
    limits = ulimits.of("n", surroundings)
    because = "the run has as many files open as its limit allows"
    if limits:
        because += f", and {code(limits[-1].written)} in {limits[-1].where} sets it"
    fix = _raised(limits) if limits else _limit(surroundings)
    return Explanation(
        error="too many open files",
        because=because,
        at=limits[-1].place if limits else None,
        fixes=(fix or _guide(limits),),
    )


def _guide(limits: tuple[ulimits.Limit, ...]) -> Fix:
    text = "Put `ulimit -n 65535;` before the command."
    if limits:
        names = " and ".join(f"{code(one.written)} in {one.where}" for one in limits)
        text = f"Raise {names}: a limit set before it is lowered again there."
    if any(one.value is not None and one.value >= _MOST for one in limits):
        text = "Hold fewer files open at once, or ask for a higher hard limit (`ulimit -Hn`)."
    return guide("raise-open-files", "Raise the limit", text)


def _raised(limits: tuple[ulimits.Limit, ...]) -> Fix | None:
    """The launch's own limit with the number that most systems allow, at its place."""
    (limit, *others) = limits
    if others or limit.value is None or limit.value >= _MOST:
        return None
    by = f"raising the limit of open files from {limit.value} to {_MOST}"
    safety = Safety.ASK if limit.file else Safety.SAFE
    return Fix("raise-open-files", "Raise the limit", by, safety, limit.with_value(_MOST))


def _limit(surroundings: Surroundings) -> Fix | None:
    command = surroundings.command
    if command is None or "ulimit" in command:
        return None
    step = RerunStep(command, f"ulimit -n {_MOST}; {command}")
    by = f"raising the limit of open files to {_MOST} for the command"
    return Fix("raise-open-files", "Raise the limit", by, Safety.SAFE, (step,))


RULE = Rule("too-many-open-files", Category.ENVIRONMENT, ("exception", "shell"), explain)
