"""Pages of a log and the search through all of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from propel_helper.app import log_search
from propel_helper.app.log_pages import MOST_LINES, page
from propel_helper.app.log_search import search
from propel_helper.facts.panel import LogLine
from propel_helper.facts.problem import Problem
from propel_helper.runs.ledger import Ledger
from tests.helper.app.panel_run import PanelRun

CRASH = b"""Traceback (most recent call last):
  File "train.py", line 3, in <module>
    open("missing")
FileNotFoundError: [Errno 2] No such file or directory: 'missing'
"""


@pytest.fixture
def one(tmp_path: Path) -> PanelRun:
    return PanelRun(Ledger(tmp_path / "state"))


def lines(count: int) -> bytes:
    return b"".join(b"line %d\n" % n for n in range(count))


def texts(found: tuple[LogLine, ...]) -> list[str]:
    return [one.text for one in found]


def test_the_end_then_only_what_is_new(one: PanelRun) -> None:
    log = one.attempt(1, b"one\n\x1b[31mtwo\x1b[0m\nhal")
    record = one.watched().record
    last = page(record, 0, "end", 0)
    assert (texts(last.lines), last.pending, last.start, last.end) == (["one", "two"], "hal", 0, 17)
    with log.open("ab") as file:
        file.write(b"f\nthree\n")
    more = page(record, 0, "after", last.end)
    assert (texts(more.lines), more.start, more.end) == (["half", "three"], 17, 28)
    none = page(record, 0, "after", more.end)
    assert (none.lines, none.start, none.end, none.pending) == ((), 28, 28, "")


def test_a_bar_shows_its_last_drawing(one: PanelRun) -> None:
    bar = b"".join(b"\r%3d%%|### | %d/100 [00:01]" % (n, n) for n in range(5000))
    one.attempt(1, b"start\n" + bar)
    record = one.watched().record
    last = page(record, 0, "after", 6)
    assert (last.lines, last.end, last.pending) == ((), 6, "4999%|### | 4999/100 [00:01]")
    keras = b"1/3 [=>..]" + b"\x08" * 10 + b"3/3 [====]\n"
    two = one.attempt(2, keras)
    assert texts(page(one.watched().record, 2, "end", 0).lines) == ["3/3 [====]"]
    two.write_bytes(b"\r\n\rx\r\r\n")
    assert texts(page(one.watched().record, 2, "end", 0).lines) == ["", "x"]


def test_pages_of_a_long_log_meet(one: PanelRun) -> None:
    one.attempt(1, lines(30_000))
    record = one.watched().record
    last = page(record, 1, "end", 0)
    assert len(last.lines) == MOST_LINES
    assert last.lines[-1].text == "line 29999"
    before = page(record, 1, "before", last.start)
    assert before.end == last.start
    assert before.lines[-1].text == f"line {30_000 - MOST_LINES - 1}"
    around = page(record, 1, "around", 50_003)
    assert around.lines[0].offset < 50_003 < around.end
    after = page(record, 1, "after", around.end)
    number = int(around.lines[-1].text.split()[1])
    # What stands between is too much for a page: the newest lines are shown.
    assert after.start > around.end
    assert int(after.lines[0].text.split()[1]) > number
    assert around.pending == ""


def test_the_page_of_a_crash(one: PanelRun) -> None:
    one.attempt(1, lines(20_000) + CRASH + b"shell$ \n" * 9)
    one.ended(1, "failed")
    found = page(one.watched().record, 0, "crash", 0)
    assert found.crash is not None
    at = next(n for n, line in enumerate(found.lines) if line.offset == found.crash)
    assert found.lines[at].text == "Traceback (most recent call last):"
    one.attempt(2, lines(10))
    assert page(one.watched().record, 0, "crash", 0).crash is None


def test_nothing_in_a_log_moves_or_hides_text(one: PanelRun) -> None:
    one.attempt(1, "a\u202eb\x9b31mc\x07\x00d\te\n".encode() + b"\xff\xfe\n<img src=x>\n")
    found = texts(page(one.watched().record, 0, "end", 0).lines)
    assert found == ["ab31mcd    e", "\ufffd\ufffd", "<img src=x>"]


def test_a_log_that_is_gone_is_a_sentence(one: PanelRun) -> None:
    one.attempt(1).unlink()
    with pytest.raises(Problem, match="is gone"):
        page(one.watched().record, 0, "end", 0)
    with pytest.raises(Problem, match="no attempt 7"):
        page(one.watched().record, 7, "end", 0)


def test_the_whole_log_is_searched(one: PanelRun, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_search, "_CHUNK", 1000)
    log = one.attempt(1, lines(3000))
    record = one.watched().record
    found = search(record, 0, "LINE 2999", 0)
    (hit,) = found.lines
    assert (hit.text, found.next) == ("line 2999", None)
    assert log.read_bytes()[hit.offset :] == b"line 2999\n"
    many = search(record, 0, "line", 0)
    assert len(many.lines) == log_search.MOST_HITS
    rest = search(record, 0, "line", many.next or 0)
    assert rest.lines[0].text == f"line {log_search.MOST_HITS}"
    assert search(record, 0, "nowhere", 0).lines == ()
    with pytest.raises(Problem):
        search(record, 0, " ", 0)


def test_a_search_goes_on_where_it_stopped(one: PanelRun, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_search, "_CHUNK", 1000)
    monkeypatch.setattr(log_search, "BUDGET_S", 0)
    one.attempt(1, lines(500))
    at: int | None = 0
    found: list[LogLine] = []
    for _ in range(100):
        if at is None:
            break
        part = search(one.watched().record, 0, "7", at)
        found += part.lines
        at = part.next
    assert at is None
    assert texts(tuple(found)) == [f"line {n}" for n in range(500) if "7" in str(n)]


def test_colours_and_bars_hide_nothing_from_a_search(one: PanelRun) -> None:
    one.attempt(
        1,
        b"\x1b[1mfirst\x1b[0m\n\x1b[32mlo\x1b[1mss\x1b[0m 0.5\n 1%|a\r 2%|find me\r 3%|c\nlast loss\n",
    )
    record = one.watched().record
    assert [(line.offset, line.text) for line in search(record, 0, "loss", 0).lines] == [
        (14, "loss 0.5"),
        (60, "last loss"),
    ]
    (bar,) = search(record, 0, "find", 0).lines
    assert bar.text == " 2%|find me"
