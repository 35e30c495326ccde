"""Findings as squiggles: which line of which file carries which, and what can be done about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from lsprotocol import types

from propel_helper.app.watched import Watched
from propel_helper.facts.finding import Finding, OwnedFrame, Safety
from propel_helper.facts.run import Run
from propel_helper.lsp.marks import SOURCE, uri_of
from propel_helper.lsp.quick_fix import quick_fix


@dataclass(frozen=True)
class Spot:
    """One finding at one line of a file.

    Attributes:
        file: absolute path.
        line: where the crash was, from 1.
        code: the source line as the log showed it, or None.
        related: frames around it, with absolute paths, innermost first.
        page: URI of the rule's page, "" without one.
    """

    run: Run
    finding: Finding
    file: str
    line: int
    code: str | None
    related: tuple[OwnedFrame, ...]
    page: str

    def diagnostic(self, place: types.Range) -> types.Diagnostic:
        """The squiggle."""
        return types.Diagnostic(
            range=place,
            message=message(self.finding, self.run),
            severity=types.DiagnosticSeverity.Error,
            source=SOURCE,
            code=self.finding.rule,
            code_description=types.CodeDescription(href=self.page) if self.page else None,
            related_information=[_related(frame) for frame in self.related],
            data={"run": self.run.run},
        )

    def actions(self, diagnostic: types.Diagnostic) -> list[types.CodeAction]:
        """Its fixes (each asks at the gate) or why there is none, the debugger, dismissing."""
        run, finding = self.run.run, self.finding
        found = [
            quick_fix(
                f"{fix.title}…",
                diagnostic,
                "propel.fix",
                {"run": run, "fix": fix.id},
                preferred=index == 0 and fix.safety is Safety.SAFE,
            )
            for index, fix in enumerate(finding.fixes)
        ]
        if finding.redirect:
            words = {"run": run, "text": finding.redirect}
            found.append(
                quick_fix("Why Propel won't edit this", diagnostic, "propel.redirect", words)
            )
        found.append(quick_fix("Debug this crash…", diagnostic, "propel.debug", {"run": run}))
        found.append(quick_fix("Dismiss this crash", diagnostic, "propel.dismiss", {"run": run}))
        return found


def spots(watched: Watched, pages: str) -> tuple[Spot, ...]:
    """The lines that a run's findings stand on.

    ``pages``: URI of the folder with the rule pages, "" without one.
    """
    return tuple(spot for finding in watched.findings if (spot := _spot(watched, finding, pages)))


def message(finding: Finding, run: Run) -> str:
    """What stands in Problems: the error as printed, why, and for logic the redirect."""
    head = finding.message.strip().splitlines()[0] if finding.message.strip() else finding.error
    error = f"{finding.exception}: {head}" if finding.exception else head
    ranks = f" on rank {', '.join(map(str, finding.ranks))}" if finding.ranks else ""
    sentences = [f"{error}{ranks}", f"Because {finding.because}. (run {run.run})"]
    if finding.redirect:
        sentences.append(finding.redirect)
    return "\n".join(sentences)


def _spot(watched: Watched, finding: Finding, pages: str) -> Spot | None:
    if finding.at is None:
        return None
    frames = [replace(frame, file=str(watched.root / frame.file)) for frame in finding.frames]
    file = str(watched.root / finding.at.file)
    here = [frame for frame in frames if (frame.file, frame.line) == (file, finding.at.line)]
    others = [
        frame for frame in reversed(frames) if frame not in here and Path(frame.file).is_file()
    ]
    if not here:
        # The place is a config's key: what reads it there is the person's own line.
        others.sort(key=lambda frame: not frame.user)
    code = here[-1].code if here else None
    page = f"{pages}/rules/{finding.rule}.md" if pages else ""
    return Spot(watched.run, finding, file, finding.at.line, code, tuple(others), page)


def _related(frame: OwnedFrame) -> types.DiagnosticRelatedInformation:
    """Another frame of the stack, clickable."""
    position = types.Position(max(frame.line - 1, 0), 0)
    return types.DiagnosticRelatedInformation(
        location=types.Location(uri_of(frame.file), types.Range(position, position)),
        message=f"in {frame.function}" + (f": {frame.code}" if frame.code else ""),
    )
