"""Fixes that would take back what an earlier fix of the same run did: of the two, one is wrong."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from propel_helper.app.fix import absolute
from propel_helper.facts.finding import Edit, Finding, Fix, RerunStep
from propel_helper.facts.problem import Problem
from propel_helper.facts.run import FixRecord, Run
from propel_helper.project.edits import edited
from propel_helper.project.originals import content
from propel_helper.rules.steps import guide
from propel_helper.runs.record import Record


def without_undone(
    found: tuple[Finding, ...], run: Run, record: Record, root: Path
) -> tuple[Finding, ...]:
    """``found`` without such fixes; where none is left, what a person has to decide."""
    standing = [one for one in run.fixes if not one.reverted]
    return tuple(_kept(one, standing, record, root) for one in found) if standing else found


def _kept(finding: Finding, standing: list[FixRecord], record: Record, root: Path) -> Finding:
    kept = [fix for fix in finding.fixes if _undoes(fix, standing, record, root) is None]
    if len(kept) == len(finding.fixes):
        return finding
    undone = next(
        one for fix in finding.fixes if (one := _undoes(fix, standing, record, root)) is not None
    )
    return replace(finding, fixes=tuple(kept) or (_decide(undone),))


def _decide(undone: FixRecord) -> Fix:
    """Both sides of a contradiction are for a person to look at."""
    changed = f" ({', '.join(undone.changes)})" if undone.changes else ""
    text = (
        f"All that would mend this takes back fix {undone.number} of this run{changed}: both are asked "
        "for, so they are two settings, or one of the two places is wrong. Look at both and write what "
        "each of them needs."
    )
    return guide("look-at-both-places", "Look at both places", text)


def _undoes(fix: Fix, standing: list[FixRecord], record: Record, root: Path) -> FixRecord | None:
    """The earlier fix that ``fix`` takes back: it would leave a file, or the command, as before that."""
    command = next((step.new for step in fix.steps if isinstance(step, RerunStep)), None)
    after = _after(fix, root)
    for one in reversed(standing):
        before = [attempt.command for attempt in record.attempts if attempt.number == one.attempt]
        if command is not None and command in before:
            return one
        if any(after[file.file] == _bytes(file.before) for file in one.files if file.file in after):
            return one
    return None


def _after(fix: Fix, root: Path) -> dict[str, bytes]:
    """What the edited files would hold, by their absolute paths; one that can't be read is left out."""
    edits = [absolute(step, str(root)) for step in fix.steps if isinstance(step, Edit)]
    found = {}
    for file in dict.fromkeys(edit.file for edit in edits):
        data = _bytes(file)
        if data is None:
            continue
        try:
            text = edited(data.decode(), [edit for edit in edits if edit.file == file])
        except ValueError:
            continue
        found[file] = text.encode()
    return found


def _bytes(file: str) -> bytes | None:
    try:
        return content(Path(file))
    except Problem:
        return None
