"""What was tried against an error that came back: both attempts, what they changed, what differs."""

from __future__ import annotations

import difflib
import time
from collections.abc import Iterator
from pathlib import Path

from propel_helper.app.fix import same_error
from propel_helper.app.metrics import duration
from propel_helper.app.run_card import without_secrets
from propel_helper.facts.finding import Finding
from propel_helper.facts.problem import Problem
from propel_helper.facts.run import FixedFile, FixRecord, Run
from propel_helper.project.installed import installation, packages
from propel_helper.project.originals import content
from propel_helper.runs.record import Attempt, Record

MOST_LINES = 80
"""Lines of one file's difference that are shown."""


def report(record: Record, run: Run, finding: Finding) -> str:
    """Markdown: the error, each fix that was tried with its changes and outcome, the environment.

    Reads the fixes' originals, the files as they are and the interpreter's packages; what can't be
    read any more is left out. No secret stands in it.
    """
    error = ": ".join(part for part in (finding.exception or "", finding.message.strip()) if part)
    at = f" at {finding.at.file}:{finding.at.line}" if finding.at else ""
    parts = [
        "# This error has come back twice",
        f"Run {run.run}, attempt {run.attempt}{at}:",
        _verbatim(error[:1000]),
    ]
    for number, one in enumerate(same_error(run, finding), start=1):
        parts += _fix(number, one, record, run)
    parts.append("## The environment")
    parts.append("\n".join(_environment(record)))
    return without_secrets("\n\n".join(part for part in parts if part)) + "\n"


def _fix(number: int, one: FixRecord, record: Record, run: Run) -> Iterator[str]:
    when = time.strftime("%Y-%m-%d %H:%M", time.localtime(one.at))
    yield f"## Fix {number}, after attempt {one.attempt} ({when})"
    changed = f" It changed {', '.join(one.changes)}." if one.changes else ""
    yield f"`{one.fix}`, for the rule `{one.rule}`.{changed}"
    for file in one.files:
        yield _verbatim(_difference(file, one.number, run))
    later = [attempt for attempt in record.attempts if attempt.number > one.attempt]
    yield _outcome(later[0]) if later else "The run was not started again after it."


def _difference(file: FixedFile, number: int, run: Run) -> str:
    """What the fix changed; the file after it is what the next fix found, else as it is now."""
    later = (
        other.before
        for fix in run.fixes
        if fix.number > number
        for other in fix.files
        if other.file == file.file
    )
    try:
        before = content(Path(file.before)).decode("utf-8", "replace")
        after = content(Path(next(later, file.file))).decode("utf-8", "replace")
    except Problem as problem:
        return str(problem)
    name = Path(file.file).name
    lines = list(
        difflib.unified_diff(
            before.splitlines(), after.splitlines(), name, f"{name} afterwards", lineterm="", n=1
        )
    )
    if not lines:
        return f"{name} is as it was before the fix: it was changed back."
    more = [f"... {len(lines) - MOST_LINES} more lines"] if len(lines) > MOST_LINES else []
    return "\n".join([*lines[:MOST_LINES], *more])


def _outcome(attempt: Attempt) -> str:
    ending = attempt.ending
    if ending is None:
        return f"Attempt {attempt.number} followed; how it ended is not known."
    took = duration(ending.ended - attempt.started) if ending.ended is not None else "unknown time"
    status = "" if ending.exit_status is None else f" with exit status {ending.exit_status}"
    return (
        f"Attempt {attempt.number} followed and ended as {ending.state.value}{status} after {took}."
    )


def _environment(record: Record) -> Iterator[str]:
    """What all attempts have in common, then what differs between them."""
    told = {attempt.number: _facts(attempt, record) for attempt in record.attempts}
    for name in dict.fromkeys(name for facts in told.values() for name in facts):
        values = {number: facts[name] for number, facts in told.items() if name in facts}
        if len(set(values.values())) == 1:
            yield f"- {name}: {next(iter(values.values()))}"
        else:
            each = "; ".join(f"attempt {number}: {value}" for number, value in values.items())
            yield f"- {name} **differs**: {each}"
    if record.last.python is not None:
        shown = packages(installation(record.last.python))
        if shown:
            yield f"- Packages now: {', '.join(shown)}"


def _facts(attempt: Attempt, record: Record) -> dict[str, str]:
    """What an attempt ran with; what is not known is left out and differs from nothing."""
    seen = attempt.observed
    facts = {
        "Command": attempt.command,
        "Folder": record.cwd,
        "Python of the command": attempt.python or "",
        "Python that ran": seen.python or "" if seen else "",
        "Folder it ran in": seen.cwd if seen else "",
        "Environment": seen.environment if seen else "",
        "Not as confirmed": " ".join(seen.differs) if seen else "",
        "Host": record.host,
        "Start of the machine": attempt.boot,
        "Asked of the scheduler": attempt.options,
    }
    return {name: " ".join(value.split()) for name, value in facts.items() if value}


def _verbatim(text: str) -> str:
    """Indented, so that nothing in it counts as Markdown."""
    return "\n".join(f"    {line}" for line in text.splitlines())
