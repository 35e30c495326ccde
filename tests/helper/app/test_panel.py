"""What the run panel shows of a run's numbers."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from propel_helper.app import panel as panel_module
from propel_helper.app.panel import RunPanel, RunPanels
from propel_helper.facts.panel import CurveMark, MarkerKind, RunCurves
from propel_helper.runs.ledger import Ledger
from tests.helper.app.panel_run import PanelRun, steps


@pytest.fixture
def one(tmp_path: Path) -> PanelRun:
    return PanelRun(Ledger(tmp_path / "state"))


def marks_of(news: RunCurves) -> list[CurveMark]:
    return [
        CurveMark(one.attempt, one.name, one.version, one.settled, one.taken)
        for one in news.pieces
    ]  # fmt: skip


def test_only_what_is_new_comes_again(one: PanelRun) -> None:
    log = one.attempt(1, steps(range(10)))
    panel = RunPanel()
    first = panel.news(one.watched(), ())
    assert [chart.id for chart in first.charts] == ["loss", "lr"]
    loss = first.pieces[0]
    assert (loss.name, loss.start, loss.at) == ("loss", 0, tuple(range(10)))
    assert loss.values[1] == 0.5
    assert first.read == 1
    assert first.progress.startswith("step 9")
    assert panel.news(one.watched(), marks_of(first)).pieces == ()
    with log.open("ab") as file:
        file.write(steps(range(10, 12)))
    again = panel.news(one.watched(), marks_of(first)).pieces
    assert [(piece.name, piece.start, piece.at) for piece in again] == [
        ("loss", 9, (9, 10, 11)),
        ("lr", 9, (9, 10, 11)),
    ]
    assert len(panel.news(one.watched(), ()).pieces[0].at) == 12


def test_a_log_that_was_cut_begins_anew(one: PanelRun) -> None:
    log = one.attempt(1, steps(range(10)))
    panel = RunPanel()
    marks = marks_of(panel.news(one.watched(), ()))
    log.write_bytes(steps(range(3)))
    (loss, _) = panel.news(one.watched(), marks).pieces
    assert (loss.start, loss.at) == (0, (0, 1, 2))


def test_a_long_log_comes_in_several_answers(
    one: PanelRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(panel_module, "BUDGET_S", 0.005)
    one.attempt(1, steps(range(20_000)))
    one.ended(1, "succeeded")
    panel = RunPanel()
    news = panel.news(one.watched(), ())
    read = [0.0, news.read]
    while read[-1] < 1:
        news = panel.news(one.watched(), ())
        read.append(news.read)
        assert news.settled == (news.read == 1)
    assert read == sorted(read)
    assert len(read) > 3
    points = [len(piece.at) for piece in news.pieces]
    assert max(points) <= 4200
    (detail,) = panel.detail(["loss"], 700, 710)
    assert detail.at == tuple(range(699, 712))


def test_a_long_log_is_whole_at_first_glance(
    one: PanelRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(panel_module, "BUDGET_S", 0.005)
    one.attempt(1, steps(range(30_000)))
    one.ended(1, "succeeded")
    panel = RunPanel()
    news = panel.news(one.watched(), ())
    assert news.read < 0.5
    loss = news.pieces[0]
    assert len(loss.at) > 60
    assert (news.markers[0].at, news.progress) == (29_999, "")
    assert (loss.at[0], loss.at[-1]) == (0, 29_999)
    assert list(loss.at) == sorted(loss.at)
    assert list(loss.seconds) == sorted(loss.seconds)
    marks = marks_of(news)
    while news.read < 1:
        news = panel.news(one.watched(), marks)
        marks = marks_of(news)
    whole = panel.news(one.watched(), ()).pieces[0]
    assert whole.at[-1] == 29_999
    assert len(whole.at) > 2000


def test_steps_that_begin_anew_make_no_glance(one: PanelRun) -> None:
    one.attempt(1, b"".join(steps(range(5000)) for _ in range(6)))
    first = RunPanel().news(one.watched(), ()).pieces[0]
    assert first.at[-1] < 29_000


def test_crashes_fixes_and_restarts_are_marked(one: PanelRun) -> None:
    one.attempt(1, steps(range(5)) + b"loss nan\n" + b"step 6 loss nan\n")
    one.event("ended", attempt=1, state="failed", exit_status=1, reason="Exit status 1.", ended=1)
    one.event(
        "fixed", rule="path-not-found", fix="f", fingerprint="p", attempt=1, changes=["a.py:3"]
    )
    one.attempt(2, steps(range(3)))
    one.ended(2, "succeeded")
    news = RunPanel().news(one.watched(), ())
    kinds = [(marker.kind, marker.attempt, marker.at) for marker in news.markers]
    assert kinds == [
        (MarkerKind.NOT_A_NUMBER, 1, kinds[0][2]),
        (MarkerKind.CRASH, 1, 6),
        (MarkerKind.FIX, 1, 6),
        (MarkerKind.RESTART, 2, 0),
        (MarkerKind.END, 2, 2),
    ]
    assert news.markers[1].text == "Attempt 1 crashed: path-not-found"
    assert news.markers[2].text == "Fixed a.py:3"
    assert {piece.attempt for piece in news.pieces} == {1, 2}
    assert None in news.pieces[0].values


def test_what_stands_after_the_end_is_not_the_run(one: PanelRun) -> None:
    mark = b"\x1b]133;D;0;propel=n1;time=1700000100.5\x07"
    one.attempt(1, steps(range(3)) + mark + b"$ cat other.log\n" + steps(range(50, 60)))
    one.ended(1, "succeeded")
    assert RunPanel().news(one.watched(), ()).pieces[0].at == (0, 1, 2)


def test_an_empty_panel_says_what_it_waits_for(one: PanelRun) -> None:
    log = one.attempt(1)
    panel = RunPanel()
    assert panel.news(one.watched(), ()).empty.endswith("the run has printed nothing so far.")
    log.write_bytes(b"loading the model\n")
    assert "names none" in panel.news(one.watched(), ()).empty
    log.unlink()
    one.ended(1, "failed")
    assert panel.news(one.watched(), ()).empty.startswith("No step or loss was read")


def test_time_is_told_from_how_the_log_grew(one: PanelRun) -> None:
    log = one.attempt(1, b"importing\n")
    watched = one.watched()
    began = watched.record.last.started
    panel = RunPanel()
    os.utime(log, (began, began + 20))
    panel.news(watched, ())
    for until, numbers in ((40, range(11)), (60, range(11, 31))):
        with log.open("ab") as file:
            file.write(steps(numbers))
        os.utime(log, (began, began + until))
        panel.news(watched, ())
    seconds = panel.news(watched, ()).pieces[0].seconds
    assert seconds[0] == pytest.approx(20)
    assert seconds[10] == pytest.approx(40, abs=1)
    assert seconds[20] == pytest.approx(50, abs=2)
    assert seconds[30] == pytest.approx(60)
    assert panel.place_at(watched, 50) == pytest.approx(20, abs=2)


def test_only_the_last_panels_are_kept() -> None:
    panels = RunPanels()
    first = panels.of("a")
    assert panels.of("a") is first
    for name in "bcdefgh":
        panels.of(name)
    assert panels.of("a") is not first
