"""Scans of folders that answer slowly, or not at all."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest

from propel_helper.facts.problem import Problem
from propel_helper.lsp import scans
from propel_helper.lsp.server import PropelServer
from propel_helper.wire import ScanNews

LOOP = "import torch\nloss.backward()\noptimizer.step()\n"


class Desk:
    """A server that keeps what it is told to send."""

    def __init__(self) -> None:
        self.news: list[ScanNews] = []

    def tell(self, _: object, news: ScanNews) -> None:
        self.news.append(news)

    def on_loop(self, action: Callable[..., None], *args: Any) -> None:
        action(*args)

    def until_finished(self) -> ScanNews:
        ends = time.monotonic() + 20
        while not self.news or self.news[-1].report.unfinished:
            assert time.monotonic() < ends, self.news
            time.sleep(0.01)
        return self.news[-1]


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def made(desk: Desk) -> scans.Scans:
    return scans.Scans(cast(PropelServer, desk))


def slowly(monkeypatch: pytest.MonkeyPatch, before: Callable[[str], object]) -> None:
    """Folders are read only after ``before``, which gets the path."""
    plain = os.scandir

    def scandir(path: str) -> Any:
        before(path)
        return plain(path)

    monkeypatch.setattr(os, "scandir", scandir)


def test_a_slow_folder_shows_what_it_has_and_goes_on(
    tmp_path: Path, desk: Desk, made: scans.Scans, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "train.py").write_text(LOOP)
    for at in range(20):
        (tmp_path / f"net_{at}").mkdir()
        (tmp_path / f"net_{at}" / "train.py").write_text(LOOP)
    monkeypatch.setattr(scans, "SLICE_S", 0.1)
    slowly(monkeypatch, lambda _: time.sleep(0.02))
    first = made.scan(str(tmp_path))
    assert first.unfinished
    assert "python train.py" in [row.command for row in first.commands]
    assert len(first.commands) < 21
    again = made.scan(str(tmp_path))
    assert again.unfinished
    assert len(desk.until_finished().report.commands) == 21
    sizes = [len(one.report.commands) for one in desk.news]
    assert sizes == sorted(sizes)
    assert made.known(str(tmp_path)) == desk.news[-1].report


def test_a_slow_scan_can_be_stopped_and_begun_again(
    tmp_path: Path, desk: Desk, made: scans.Scans, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "train.py").write_text(LOOP)
    for at in range(200):
        (tmp_path / f"net_{at}").mkdir()
        (tmp_path / f"net_{at}" / "train.py").write_text(LOOP)
    monkeypatch.setattr(scans, "SLICE_S", 0.1)
    slowly(monkeypatch, lambda _: time.sleep(0.02))
    assert made.scan(str(tmp_path)).unfinished
    began = time.monotonic()
    made.stop(str(tmp_path))
    stopped = desk.until_finished().report
    assert time.monotonic() - began < 1
    assert "python train.py" in [row.command for row in stopped.commands]
    assert "the rest: not read, you stopped the scan" in stopped.skipped
    monkeypatch.undo()
    assert len(made.scan(str(tmp_path)).commands) == 201


def test_a_folder_that_never_answers_can_be_given_up(
    tmp_path: Path, desk: Desk, made: scans.Scans, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = threading.Event()
    monkeypatch.setattr(scans, "PATIENCE_S", 0.1)
    slowly(monkeypatch, lambda _: answers.wait(20))
    assert made.scan(str(tmp_path)).unfinished
    made.stop(str(tmp_path))
    assert desk.news[-1].report.skipped[0] == f"{tmp_path}: does not answer"
    assert not desk.news[-1].report.unfinished
    answers.set()


def test_a_folder_that_does_not_answer_holds_nobody_up(
    tmp_path: Path, desk: Desk, made: scans.Scans, monkeypatch: pytest.MonkeyPatch
) -> None:
    dead, well = tmp_path / "dead", tmp_path / "well"
    for folder in (dead, well):
        folder.mkdir()
        (folder / "train.py").write_text(LOOP)
    answers = threading.Event()
    monkeypatch.setattr(scans, "PATIENCE_S", 0.1)
    slowly(monkeypatch, lambda path: answers.wait(20) if path == str(dead) else None)
    silent = made.scan(str(dead))
    assert silent.unfinished
    assert silent.skipped == (f"{dead}: does not answer",)
    began = time.monotonic()
    assert made.scan(str(dead)) == silent
    assert time.monotonic() - began < 0.1
    monkeypatch.setattr(scans, "PATIENCE_S", 20)
    assert not made.scan(str(well)).unfinished
    answers.set()
    assert len(desk.until_finished().report.commands) == 1
    assert not made.scan(str(dead)).unfinished


def test_a_folder_that_is_not_there_fails_the_request(made: scans.Scans, tmp_path: Path) -> None:
    with pytest.raises(Problem, match="no folder"):
        made.scan(str(tmp_path / "absent"))
