"""Places to seconds and back, from how far a log had come at some moments."""

from __future__ import annotations

import pytest

from propel_helper.metrics.clock import MOST, Clock


def test_time_runs_evenly_between_two_moments() -> None:
    clock = Clock(10)
    clock.idle(30)
    clock.begin(0)
    clock.put(100, 40)
    clock.put(200, 60)
    assert [clock.seconds(at) for at in (50, 100, 150, 200, 900)] == [35, 40, 50, 60, 60]
    assert [clock.place(s) for s in (0, 35, 40, 50, 99)] == [0, 50, 100, 150, 200]


def test_neither_goes_back() -> None:
    clock = Clock(0)
    for at, seconds in ((5, 10), (3, 9), (8, 20)):
        clock.put(at, seconds)
    assert clock.seconds(8) == 20
    assert clock.place(10) == 5


def test_it_stays_small() -> None:
    clock = Clock(0)
    for second in range(1, 20_000):
        clock.put(second, 2 * second)
    assert len(clock._at) <= MOST
    assert clock.seconds(15_000) == pytest.approx(30_000)
