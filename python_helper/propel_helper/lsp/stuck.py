"""Why a run is stuck: asked for by a person, shown as marks on the lines its processes wait on."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from propel_helper.app.runs import find
from propel_helper.app.stuck import stuck
from propel_helper.lsp.desk import Desk
from propel_helper.lsp.requests import answer
from propel_helper.lsp.server import PropelServer
from propel_helper.wire import STUCK, UNMARK, RunParams, StuckReport


class Stuck:
    """One method per request. Called in the server's pool."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def look(self, params: RunParams) -> StuckReport:
        """``propel/stuck``."""
        ledger = self._desk.ledger
        record = find(ledger, params.run)
        root = self._desk.root_of(params.run, record.cwd)
        hang = stuck(ledger, params.run, root)
        size = 0
        # Measured last: what was printed before the stacks were read is no sign of moving.
        with suppress(OSError):
            size = Path(record.last.log).stat().st_size
        return StuckReport(str(root), hang, size)

    def unmark(self, params: RunParams) -> RunParams:
        """``propel/unmark``."""
        self._desk.unmark(params.run)
        return params


def register(server: PropelServer, desk: Desk) -> None:
    """The requests are answered; a look that was given up marks nothing."""
    requests = Stuck(desk)
    answer(server, STUCK, requests.look, then=desk.mark)
    answer(server, UNMARK, requests.unmark)
