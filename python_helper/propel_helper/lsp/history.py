"""The requests that clear a history of runs up."""

from __future__ import annotations

from propel_helper.app.prune import candidates, clear_claims, remove
from propel_helper.facts.problem import Problem
from propel_helper.lsp.desk import Desk
from propel_helper.lsp.requests import answer
from propel_helper.lsp.server import PropelServer
from propel_helper.wire import (
    PRUNABLE,
    PRUNE,
    FolderParams,
    Prunable,
    PrunableList,
    Pruned,
    PruneParams,
)


class History:
    """One method per request. Called in the server's pool."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def prunable(self, params: FolderParams) -> PrunableList:
        """``propel/prunable``: of the runs that this client sees."""
        del params
        seen = {watched.run.run for watched in self._desk.watch.runs()}
        found = candidates(self._desk.ledger, 0.0, 0)
        return PrunableList(
            tuple(Prunable(one.run, one.size, one.kept) for one in found if one.run.run in seen)
        )

    def prune(self, params: PruneParams) -> Pruned:
        """``propel/prune``: what can't go stays, with the reason."""
        gone, problems = [], []
        for run in params.runs:
            try:
                remove(self._desk.ledger, run)
                gone.append(run)
            except Problem as problem:
                problems.append(str(problem))
            self._desk.watch.look_again(run)
        clear_claims(self._desk.ledger)
        return Pruned(tuple(gone), tuple(problems))


def register(server: PropelServer, desk: Desk) -> None:
    """Both requests are answered."""
    history = History(desk)
    answer(server, PRUNABLE, history.prunable)
    answer(server, PRUNE, history.prune)
