"""Use case: after the yes. Edits are applied by whoever shows the text; the rest happens here."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from propel_helper.app.fix import (
    absolute,
    choose,
    commands,
    fingerprint,
    has_come_back_twice,
    new_command,
)
from propel_helper.app.launch import restart
from propel_helper.app.log_text import shown
from propel_helper.app.metrics import last_step
from propel_helper.app.revert import keep
from propel_helper.app.runs import find, look, run_of
from propel_helper.app.steps import run_step
from propel_helper.app.tried import report
from propel_helper.app.watched import Watched, findings_of
from propel_helper.facts.finding import CommandStep, Edit, Finding, Fix, GuideStep
from propel_helper.facts.problem import Problem
from propel_helper.facts.run import Run
from propel_helper.facts.sentences import STOP
from propel_helper.gate import changed_things
from propel_helper.project.edits import apply_edits
from propel_helper.project.originals import content
from propel_helper.regular import stream
from propel_helper.runs.ledger import Ledger

SHOWN = 600
"""Characters of a failed command's output that are told."""


def crashed(ledger: Ledger, name: str) -> Watched:
    """A run that is over, with what its log and its end say.

    Raises:
        Problem: no such run, it still runs, or its log can't be read.
    """
    record = find(ledger, name)
    run = run_of(ledger, record)
    watched = Watched.fresh(run, record, Path(run.cwd))
    if not watched.over:
        raise Problem(f"Run {run.run} still runs.", f"See it with `{run.attach}`.")
    return findings_of(watched.read_whole(), lambda _: None)


def chosen(ledger: Ledger, name: str, fix_id: str | None) -> tuple[Watched, Finding, Fix]:
    """The fix to show at the gate. Raises ``Problem`` when there is none, or no more."""
    watched = crashed(ledger, name)
    finding, fix = choose(watched.findings, fix_id)
    tried = tried_in_vain(ledger, watched.run, finding)
    if tried is not None:
        raise Problem(STOP, f"This was tried:\n\n{tried}")
    return watched, finding, fix


def tried_in_vain(ledger: Ledger, run: Run, finding: Finding) -> str | None:
    """What was tried (Markdown) when the error has come back twice; else None."""
    if not has_come_back_twice(run, finding, last_step(Path(run.log))):
        return None
    return report(find(ledger, run.run), run, finding)


def edit_files(watched: Watched, fix: Fix) -> dict[str, bytes]:
    """Apply the edits of a fix on disk, all or none; returns what the files held before.

    Raises:
        Problem: a file can't be read or written, or has changed since the crash.
    """
    edits = [absolute(step, str(watched.root)) for step in fix.steps if isinstance(step, Edit)]
    originals = {edit.file: content(Path(edit.file)) for edit in edits}
    apply_edits(edits)
    return originals


@dataclass(frozen=True)
class Approved:
    """A fix that was shown at the gate.

    ``originals``: what each file that it edits (absolute path) held before; kept for ``revert``.
    """

    finding: Finding
    fix: Fix
    originals: Mapping[str, bytes]


def carry_out(
    ledger: Ledger, run: Run, approved: Approved, *, again: bool, environ: Mapping[str, str]
) -> Run:
    """Record a fix whose edits are in the files, run its commands, start the run again.

    ``again``: whether to restart; a changed command only takes effect by a restart.

    Raises:
        Problem: a command of the fix failed (with its last output; the run is not restarted), or
            the restart is not possible.
    """
    finding, fix = approved.finding, approved.fix
    if any(isinstance(step, GuideStep) for step in fix.steps):
        raise Problem("This is a step that only you can take.", "Restart the run afterwards.")
    ledger.append(
        run.run,
        "fixed",
        rule=finding.rule,
        fix=fix.id,
        fingerprint=fingerprint(finding),
        attempt=run.attempt,
        step=last_step(Path(run.log)),
        changes=list(changed_things(fix)),
        files=keep(ledger, run.run, len(run.fixes) + 1, approved.originals),
    )
    rewritten = {file: content(Path(file)) for file in _rewritten(fix, run)}
    for text in commands(fix):
        status, log = run_step(ledger, run.run, text, environ)
        _keep_rewritten(ledger, run, rewritten, len(approved.originals) + 1)
        if status != 0:
            raise Problem(
                f"`{text}` failed with exit status {status}: {_last_words(log)}",
                "The run was not restarted; its session is still there to look around.",
            )
    if again:
        return restart(ledger, run.run, environ, new_command(fix))
    return look(ledger, run.run)


def _rewritten(fix: Fix, run: Run) -> list[str]:
    """Absolute paths of the files that the commands of ``fix`` rewrite."""
    steps = [step for step in fix.steps if isinstance(step, CommandStep)]
    return [str(Path(run.cwd, step.rewrites)) for step in steps if step.rewrites]


def _keep_rewritten(ledger: Ledger, run: Run, before: dict[str, bytes], first: int) -> None:
    """Keep what the files that a command has rewritten held before it, each once."""
    changed = {file: data for file, data in before.items() if content(Path(file)) != data}
    if changed:
        number = len(run.fixes) + 1
        files = keep(ledger, run.run, number, changed, first)
        ledger.append(run.run, "rewritten", number=number, files=files)
    for file in changed:
        del before[file]


def _last_words(log: Path) -> str:
    """The last lines of a log as plain text, without what is meant for a terminal."""
    try:
        with stream(log) as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - 8192))
            data = file.read()
    except OSError:
        return "its output can't be read."
    lines = [line for raw in data.split(b"\n") if (line := shown(raw).strip())]
    return " ".join(lines[-4:])[-SHOWN:]
