"""The lines that a stuck run's processes wait on, as marks in the editor."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from lsprotocol import types

from propel_helper.facts.hang import WaitGroup
from propel_helper.lsp.marks import SOURCE
from propel_helper.lsp.quick_fix import quick_fix
from propel_helper.wire import StuckReport


@dataclass(frozen=True)
class Wait:
    """Who waits at one line (from 1, as it was then) of a file (absolute path)."""

    run: str
    text: str
    file: str
    line: int
    code: str | None

    def diagnostic(self, place: types.Range) -> types.Diagnostic:
        """The mark."""
        return types.Diagnostic(
            range=place,
            message=self.text,
            severity=types.DiagnosticSeverity.Information,
            source=SOURCE,
            code="stuck",
            data={"run": self.run},
        )

    def actions(self, diagnostic: types.Diagnostic) -> list[types.CodeAction]:
        """Look again, or take the run's marks away."""
        words = {"run": self.run}
        return [
            quick_fix("Look again why it is stuck", diagnostic, "propel.stuck", words),
            quick_fix("Dismiss these marks", diagnostic, "propel.unmark", words),
        ]


def waits(report: StuckReport) -> tuple[Wait, ...]:
    """One for each group that stands still on a line of the person's own code."""
    return tuple(
        wait
        for group in report.hang.groups
        if group.role != "helper" and not group.moves
        if (wait := _wait(report, group)) is not None
    )


def _wait(report: StuckReport, group: WaitGroup) -> Wait | None:
    run, at = report.hang.run, group.at
    if at is None:
        return None
    code = next(
        (one.code for one in reversed(group.frames) if (one.file, one.line) == (at.file, at.line)),
        None,
    )
    others = "\nThe other ranks wait for it." if group.is_odd and len(group.pids) == 1 else ""
    text = f"{group.text}{others} (run {run})"
    file = os.path.normpath(Path(report.root) / at.file)
    return Wait(run, text, file, at.line, code)
