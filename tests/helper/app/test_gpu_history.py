"""GPU samples during a run; the GPU is a fake, the only one in these tests."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from propel_helper.app import gpu_history
from propel_helper.app.gpu_history import GpuHistory
from propel_helper.app.gpus import with_owners
from propel_helper.app.panel import RunPanel
from propel_helper.facts.gpu import GpuFact, GpuProcess, GpuReport
from propel_helper.runs.ledger import Ledger
from propel_helper.sessions import processes
from tests.helper.app.panel_run import PanelRun, steps

GIB = 1024**3


class Driver:
    """A host with two GPUs, or with none."""

    def __init__(self, reason: str = "") -> None:
        self.reason = reason
        self.asked = 0

    def look(self) -> GpuReport:
        self.asked += 1
        if self.reason:
            return GpuReport((), reason=self.reason)
        return GpuReport(
            tuple(
                GpuFact(index, "Fake", 8 * GIB, (8 - self.asked) * GIB, 90 if index else None)
                for index in range(2)
            )
        )


@pytest.fixture
def one(tmp_path: Path) -> PanelRun:
    return PanelRun(Ledger(tmp_path / "state"))


def test_samples_of_the_runs_time_and_only_new_ones(
    one: PanelRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver = Driver()
    history, panel = GpuHistory(driver.look), RunPanel()
    history.sample()
    time.sleep(0.01)
    one.attempt(1, steps(range(5)))
    watched = one.watched()
    panel.news(watched, ())
    assert history.since(watched, panel, 0).gpus == ()
    monkeypatch.setattr(gpu_history, "PERIOD_S", 0)
    history.sample()
    history.sample()
    found = history.since(watched, panel, 0)
    assert [gpu.used for gpu in found.gpus] == [(2 * GIB, 3 * GIB)] * 2
    assert [gpu.busy for gpu in found.gpus] == [(None, None), (90, 90)]
    assert len(found.seconds) == len(found.at) == 2
    assert history.since(watched, panel, found.taken).gpus == ()


def test_many_panels_make_no_more_samples() -> None:
    driver = Driver()
    history = GpuHistory(driver.look)
    for _ in range(20):
        history.sample()
    assert driver.asked == 1


def test_no_driver_is_a_sentence(one: PanelRun) -> None:
    one.attempt(1)
    history = GpuHistory(Driver("No NVIDIA driver is installed here.").look)
    history.sample()
    found = history.since(one.watched(), RunPanel(), 0)
    assert (found.gpus, found.reason) == ((), "No NVIDIA driver is installed here.")


def test_each_process_has_its_user_and_its_run(one: PanelRun) -> None:

    own = os.getpid()
    there = PanelRun(one.ledger, "here")
    there.attempt(1)
    there.event("started", attempt=1, session="s", place="", window="0", pid=os.getppid(), born="x")
    record = one.ledger.record("here")
    assert record is not None

    record = replace(record, host=processes.host())
    gpu = GpuFact(0, "Fake", 1, 1, processes=(GpuProcess(own, "python", 5), GpuProcess(0, "", 1)))
    (mine, gone) = with_owners(GpuReport((gpu,)), [record]).gpus[0].processes
    assert (mine.user, mine.run) == (processes.user(own), "here")
    assert mine.user
    assert (gone.user, gone.run) == ("", "")
