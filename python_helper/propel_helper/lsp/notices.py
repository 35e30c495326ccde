"""What the one notification says when a run has ended."""

from __future__ import annotations

from propel_helper.app import telling
from propel_helper.app.watched import Watched
from propel_helper.facts.finding import Finding
from propel_helper.facts.run import Run, RunState
from propel_helper.wire import CrashNotice, FixChoice

SHOWN = 160
"""Characters of a command or an error in a notification."""


def notice(watched: Watched) -> CrashNotice:
    """The notification for a run that has just ended."""
    run, claim = watched.run, telling.end_of(watched.run.attempt)
    finding = watched.findings[0] if watched.findings else None
    # An exit status alone says nothing of what was meant: no crash, no redirect, just the end.
    if finding is None or (finding.at is None and finding.exception is None and finding.redirect):
        return CrashNotice(run, _ended(run), None, None, (), None, None, claim)
    at = finding.at
    return CrashNotice(
        run=run,
        text=_crashed(run, finding),
        file=str(watched.root / at.file) if at else None,
        line=at.line if at else None,
        fixes=tuple(FixChoice(fix.id, fix.title) for fix in finding.fixes),
        redirect=finding.redirect,
        rule=finding.rule,
        claim=claim,
    )


def _crashed(run: Run, finding: Finding) -> str:
    head = next(iter(finding.message.strip().splitlines()), "")
    error = f"{finding.exception}: {head}" if finding.exception else head or finding.error
    place = f" at {finding.at.file}:{finding.at.line}" if finding.at else ""
    return f"{short(run.command)} crashed{place}: {short(error)}"


def _ended(run: Run) -> str:
    verb = {
        RunState.SUCCEEDED: "ended well",
        RunState.FAILED: "failed",
        RunState.KILLED: "was ended",
        RunState.LOST: "is gone",
        RunState.RUNNING: "is running",
    }[run.state]
    told = run.reason and run.state is not RunState.SUCCEEDED
    return f"{short(run.command)} {verb}" + (f": {run.reason}" if told else ".")


def short(text: str) -> str:
    """``text`` on one line, its middle cut out when it is long."""
    line = " ".join(text.split())
    if len(line) <= SHOWN:
        return line
    half = SHOWN // 2 - 1
    return f"{line[:half]}…{line[-half:]}"
