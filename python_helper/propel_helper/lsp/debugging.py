"""The wire's requests about debuggers, each with the use case that answers it."""

from __future__ import annotations

import os

from propel_helper.app.debug import adapter_argv, debug, debug_plan
from propel_helper.app.debug_targets import targets
from propel_helper.app.watched import findings_of
from propel_helper.facts.debugging import DebugPlan
from propel_helper.facts.problem import Problem
from propel_helper.facts.run import Run
from propel_helper.lsp.desk import Desk
from propel_helper.lsp.requests import answer
from propel_helper.lsp.server import PropelServer
from propel_helper.wire import (
    DEBUG,
    DEBUG_ADAPTER,
    DEBUG_PLAN,
    DEBUG_TARGETS,
    DebugAdapter,
    DebugParams,
    DebugTargets,
    Nothing,
    RunParams,
)


class Debugging:
    """One method per request. Called in the server's pool."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def plan(self, params: RunParams) -> DebugPlan:
        """``propel/debugPlan``."""
        return self._plan(params.run, None)

    def debug(self, params: DebugParams) -> Run:
        """``propel/debug``: the person said yes to this very text."""
        plan = self._plan(params.run, params.port)
        if plan.command != params.command:
            raise Problem(
                "What would be started has changed since you were asked; nothing was started.",
                "Choose it once more.",
            )
        run = debug(self._desk.ledger, plan, os.environ)
        self._desk.watch.look_again(run.run)
        return run

    def targets(self, params: RunParams) -> DebugTargets:
        """``propel/debugTargets``."""
        return DebugTargets(targets(self._desk.ledger, params.run))

    def adapter(self, _: Nothing) -> DebugAdapter:
        """``propel/debugAdapter``."""
        return DebugAdapter(adapter_argv())

    def _plan(self, run: str, port: int | None) -> DebugPlan:
        watched = self._desk.watch.one(run)
        if watched is None:
            raise Problem(f"The run {run} is not one of this folder's.", "Open its folder.")
        findings = findings_of(watched, self._desk.open_text).findings
        return debug_plan(self._desk.ledger, run, findings, os.environ, port)


def register(server: PropelServer, desk: Desk) -> None:
    """Every request about debuggers is answered."""
    debugging = Debugging(desk)
    answer(server, DEBUG_PLAN, debugging.plan)
    answer(server, DEBUG, debugging.debug)
    answer(server, DEBUG_TARGETS, debugging.targets)
    answer(server, DEBUG_ADAPTER, debugging.adapter)
