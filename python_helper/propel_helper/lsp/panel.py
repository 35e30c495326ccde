"""The requests of the run panel and of the GPUs view."""

from __future__ import annotations

from dataclasses import replace

from propel_helper.app.answers import standing_answers, target
from propel_helper.app.gpu_history import GpuHistory
from propel_helper.app.gpus import gpus, with_owners
from propel_helper.app.log_pages import page
from propel_helper.app.log_search import search
from propel_helper.app.panel import RunPanels
from propel_helper.app.target import with_target
from propel_helper.app.watched import Watched
from propel_helper.facts.gpu import GpuReport
from propel_helper.facts.panel import GpuCurves, LogHits, LogPage, RunCurves
from propel_helper.facts.problem import Problem
from propel_helper.lsp.desk import Desk
from propel_helper.lsp.requests import answer
from propel_helper.lsp.server import PropelServer
from propel_helper.wire import (
    CURVES,
    DETAIL,
    GPU_CURVES,
    GPUS,
    LOG_PAGE,
    LOG_SEARCH,
    CurvesParams,
    Detail,
    DetailParams,
    GpuCurvesParams,
    LogPageParams,
    LogSearchParams,
    Nothing,
)


class PanelMethods:
    """One method per request. Called in the server's pool."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._panels = RunPanels()
        self._history = GpuHistory()

    def curves(self, params: CurvesParams) -> RunCurves:
        """``propel/curves``."""
        watched = self._watched(params.run)
        found = self._panels.of(watched.run.run).news(watched, params.marks)
        answered = standing_answers(self._desk.ledger, watched.record)
        wanted = target(answered.get("target-metric", ""))
        return replace(found, charts=with_target(found.charts, wanted))

    def detail(self, params: DetailParams) -> Detail:
        """``propel/detail``."""
        panel = self._panels.of(self._watched(params.run).run.run)
        return Detail(panel.detail(params.names, params.first, params.last))

    def gpu_curves(self, params: GpuCurvesParams) -> GpuCurves:
        """``propel/gpuCurves``; takes a sample when it is time for one and the run runs."""
        watched = self._watched(params.run)
        if not watched.over or not params.taken:
            self._history.sample()
        return self._history.since(watched, self._panels.of(watched.run.run), params.taken)

    def log_page(self, params: LogPageParams) -> LogPage:
        """``propel/logPage``."""
        return page(self._watched(params.run).record, params.attempt, params.way, params.offset)

    def log_search(self, params: LogSearchParams) -> LogHits:
        """``propel/logSearch``."""
        record = self._watched(params.run).record
        return search(record, params.attempt, params.text, params.offset)

    def gpus(self, params: Nothing) -> GpuReport:
        """``propel/gpus``, with who holds them."""
        del params
        return with_owners(gpus(), (one.record for one in self._desk.watch.runs()))

    def _watched(self, run: str) -> Watched:
        watched = next((one for one in self._desk.watch.runs() if one.run.run == run), None)
        if watched is None:
            raise Problem(f"The run {run} is not one of this folder's.", "Open its folder.")
        return watched


def register_panel(server: PropelServer, desk: Desk) -> None:
    """Every request of the panel and of the GPUs view is answered."""
    methods = PanelMethods(desk)
    answer(server, CURVES, methods.curves)
    answer(server, DETAIL, methods.detail)
    answer(server, GPU_CURVES, methods.gpu_curves)
    answer(server, LOG_PAGE, methods.log_page)
    answer(server, LOG_SEARCH, methods.log_search)
    answer(server, GPUS, methods.gpus)
