"""The custom requests of the wire, each with the use case that answers it."""

from __future__ import annotations

import os
from dataclasses import replace

from propel_helper.app import telling
from propel_helper.app.arguments import options
from propel_helper.app.caution import caution
from propel_helper.app.fix import absolute, choose, commands
from propel_helper.app.launch import kill, launch, restart
from propel_helper.app.plan import plan
from propel_helper.app.repair import Approved, carry_out, tried_in_vain
from propel_helper.app.revert import revert
from propel_helper.app.runs import damaged_runs
from propel_helper.app.table import Links, markdown
from propel_helper.app.watched import Watched, findings_of
from propel_helper.change_request import answer as answer_to
from propel_helper.facts.answer import Answer
from propel_helper.facts.command import ScanReport
from propel_helper.facts.finding import Edit, Fix, GuideStep
from propel_helper.facts.problem import Problem
from propel_helper.facts.run import Run
from propel_helper.facts.sentences import STOP
from propel_helper.gate import explained, gate
from propel_helper.lsp.desk import Desk
from propel_helper.lsp.notices import notice
from propel_helper.lsp.replacements import file_changes
from propel_helper.lsp.requests import answer
from propel_helper.lsp.scans import Scans
from propel_helper.lsp.server import PropelServer
from propel_helper.scan.placeholders import placeholders
from propel_helper.sessions import backends
from propel_helper.wire import (
    APPLY,
    ASK,
    CLAIM,
    CRASH,
    DISMISS,
    KILL,
    LAUNCH,
    OPTIONS,
    PLAN,
    PROPOSE,
    RESTART,
    REVERT,
    RUNS,
    SCAN,
    STOP_SCAN,
    TABLE,
    ApplyParams,
    AskParams,
    Claimed,
    ClaimParams,
    CommandParams,
    CrashNotice,
    FixParams,
    FixProposal,
    FolderParams,
    LaunchPlan,
    MarkdownText,
    OptionList,
    OptionsParams,
    RunList,
    RunParams,
    TableParams,
)


class Methods:
    """One method per request. Called in the server's pool."""

    def __init__(self, desk: Desk, scans: Scans) -> None:
        self._desk = desk
        self._scans = scans
        self._pending: dict[tuple[str, str], Approved] = {}

    def scan(self, params: FolderParams) -> ScanReport:
        """``propel/scan``."""
        return self._scans.scan(params.folder)

    def stop_scan(self, params: FolderParams) -> FolderParams:
        """``propel/stopScan``."""
        self._scans.stop(params.folder)
        return params

    def table(self, params: TableParams) -> MarkdownText:
        """``propel/table``: the scan as a document."""
        links = Links(params.links, params.lines)
        return MarkdownText(markdown(self._scans.known(params.folder), links))

    def options(self, params: OptionsParams) -> OptionList:
        """``propel/options``: none for a command that starts no script of the folder."""
        try:
            return OptionList(options(params.folder, params.command, params.cwd))
        except Problem:
            return OptionList(())

    def ask(self, params: AskParams) -> Answer:
        """``propel/ask``."""
        return answer_to(params.sentence)

    def plan(self, params: CommandParams) -> LaunchPlan:
        """``propel/plan``, with what a person may choose and has to fill in."""
        return replace(
            plan(params.command, params.cwd, params.backend, os.environ, params.options),
            backends=tuple(one.name for one in backends() if not one.unavailable(os.environ)),
            placeholders=placeholders(params.command),
        )

    def launch(self, params: CommandParams) -> Run:
        """``propel/launch``."""
        ledger = self._desk.ledger
        run = launch(ledger, params.command, params.cwd, params.backend, os.environ, params.options)
        return self._seen(run)

    def runs(self, params: FolderParams) -> RunList:
        """``propel/runs``: those of the folder, and those of which nothing tells whose they are."""
        del params
        own = (self._desk.told(one.run) for one in self._desk.watch.runs())
        return RunList((*own, *damaged_runs(self._desk.ledger)))

    def restart(self, params: RunParams) -> Run:
        """``propel/restart``."""
        return self._seen(restart(self._desk.ledger, params.run, os.environ))

    def kill(self, params: RunParams) -> Run:
        """``propel/kill``."""
        return self._seen(kill(self._desk.ledger, params.run))

    def dismiss(self, params: RunParams) -> Run:
        """``propel/dismiss``: take the squiggle away."""
        watched = self._watched(params.run)
        ledger = self._desk.ledger
        ledger.append(params.run, "dismissed", attempt=watched.run.attempt)
        return self._seen(watched.run)

    def crash(self, params: RunParams) -> CrashNotice:
        """``propel/crash``: what the last attempt ended with."""
        return notice(self._watched(params.run))

    def claim(self, params: ClaimParams) -> Claimed:
        """``propel/claim``: whether this editor tells of it."""
        return Claimed(telling.claim(self._desk.ledger, params.run, params.claim))

    def propose(self, params: FixParams) -> FixProposal:
        """``propel/propose``: the fix, computed anew for the texts as they are now."""
        watched = findings_of(self._watched(params.run), self._desk.open_text)
        finding, fix = choose(watched.findings, params.fix)
        tried = tried_in_vain(self._desk.ledger, watched.run, finding)
        if tried is not None:
            return FixProposal("", fix.title, fix.kind, (), None, None, STOP, tried)
        edits = [absolute(step, str(watched.root)) for step in fix.steps if isinstance(step, Edit)]
        originals = {edit.file: self._desk.content(edit.file) for edit in edits}
        self._pending[(params.run, params.fix)] = Approved(finding, fix, originals)
        changes, refused = file_changes(edits, self._desk.text)
        return FixProposal(
            gate=gate(explained(finding), fix),
            title=fix.title,
            kind=fix.kind,
            changes=changes,
            command=next(iter(commands(fix)), None),
            warning=guidance(fix) or caution(fix, originals, self._desk.ledger),
            refused=refused,
        )

    def apply(self, params: ApplyParams) -> Run:
        """``propel/apply``: the person said yes, the editor has the edits in the files."""
        watched = self._watched(params.run)
        pending = self._pending.pop((params.run, params.fix), None)
        if pending is None:
            raise Problem("This fix was not shown at the gate.", "Choose it once more.")
        run = carry_out(
            self._desk.ledger,
            watched.run,
            pending,
            again=params.restart,
            environ=os.environ,
        )
        return self._seen(run)

    def revert(self, params: RunParams) -> Run:
        """``propel/revert``: the exact bytes that stood there before the last fix."""
        return self._seen(revert(self._desk.ledger, params.run))

    def _watched(self, run: str) -> Watched:
        watched = self._desk.watch.one(run)
        if watched is None:
            raise Problem(f"The run {run} is not one of this folder's.", "Open its folder.")
        return watched

    def _seen(self, run: Run) -> Run:
        self._desk.watch.look_again(run.run)
        return run


def guidance(fix: Fix) -> str:
    """What a person has to do, "" when there is nothing."""
    return "\n".join(step.text for step in fix.steps if isinstance(step, GuideStep))


def register(server: PropelServer, desk: Desk, scans: Scans) -> None:
    """Every request of the wire is answered."""
    methods = Methods(desk, scans)
    answer(server, SCAN, methods.scan)
    answer(server, STOP_SCAN, methods.stop_scan)
    answer(server, TABLE, methods.table)
    answer(server, OPTIONS, methods.options)
    answer(server, ASK, methods.ask)
    answer(server, PLAN, methods.plan)
    answer(server, LAUNCH, methods.launch)
    answer(server, RUNS, methods.runs)
    answer(server, RESTART, methods.restart)
    answer(server, KILL, methods.kill)
    answer(server, DISMISS, methods.dismiss)
    answer(server, CRASH, methods.crash)
    answer(server, CLAIM, methods.claim)
    answer(server, PROPOSE, methods.propose)
    answer(server, APPLY, methods.apply)
    answer(server, REVERT, methods.revert)
