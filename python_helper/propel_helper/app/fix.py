"""Proposing a fix, the two-strike stop, and what happens after the yes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from propel_helper.facts.finding import (
    CommandStep,
    Edit,
    Finding,
    Fix,
    RerunStep,
)
from propel_helper.facts.problem import Problem
from propel_helper.facts.run import FixRecord, Run

STRIKES = 2
"""How often the same error may come back after a fix before Propel stops offering one."""


def fingerprint(finding: Finding) -> str:
    """Names an error over attempts: its rule, type, affected thing and place.

    Ranks, times, addresses and line numbers differ between two attempts at the same error, so
    every number goes, and the place is the file and function of the deepest own frame.
    """
    own = [frame for frame in finding.frames if frame.user]
    place = f"{own[-1].file}:{own[-1].function}" if own else ""
    words = re.sub(r"0x[0-9a-fA-F]+|\d+(\.\d+)?", "#", finding.message.strip())
    return "|".join((finding.rule, finding.exception or "", words[:500], place))


def same_error(run: Run, finding: Finding) -> tuple[FixRecord, ...]:
    """Fixes of this very error in this run that stand; one that was reverted was not tried."""
    mine = fingerprint(finding)
    return tuple(one for one in run.fixes if one.fingerprint == mine and not one.reverted)


def has_come_back_twice(run: Run, finding: Finding, step: float | None) -> bool:
    """Whether fixes of this very error failed as often as is enough.

    ``step``: the last training step that the present attempt printed, None when it printed none.
    An attempt that got further than the ones before was helped by what was tried: counting begins
    anew there.
    """
    failed, furthest = 0, None
    for reached in (*(one.step for one in same_error(run, finding)), step):
        if furthest is not None and reached is not None and reached > furthest:
            failed = 0
        if reached is not None:
            furthest = reached if furthest is None else max(furthest, reached)
        failed += 1
    # The present crash is counted as well, and nothing was tried against it yet.
    return failed > STRIKES


def choose(findings: Iterable[Finding], fix_id: str | None) -> tuple[Finding, Fix]:
    """The finding and fix to apply; the first fix without an id.

    Raises:
        Problem: there is no crash, no fix for it, or none of that id.
    """
    known = tuple(findings)
    if not known:
        raise Problem("This run has no crash to fix.", "See `propel-helper runs`.")
    for finding in known:
        for fix in finding.fixes:
            if fix_id in (None, fix.id):
                return finding, fix
    redirects = [finding.redirect for finding in known if finding.redirect]
    if redirects:
        raise Problem(redirects[0])
    offered = [fix.id for finding in known for fix in finding.fixes]
    if offered:
        raise Problem(f"There is no fix {fix_id!r} any more.", f"Offered: {', '.join(offered)}.")
    raise Problem("Propel has no fix for this crash.", "The squiggle's page says what to look at.")


def absolute(edit: Edit, root: str) -> Edit:
    """``edit`` with its file under ``root`` when it is relative."""
    return replace(edit, file=str(Path(root) / edit.file))


def commands(fix: Fix) -> tuple[str, ...]:
    """Shell texts to run in the session before the restart, in order."""
    return tuple(step.command for step in fix.steps if isinstance(step, CommandStep))


def new_command(fix: Fix) -> str | None:
    """The changed launch text, when the fix changes it."""
    return next((step.new for step in fix.steps if isinstance(step, RerunStep)), None)
