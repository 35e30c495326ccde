"""Every new byte of many logs, told soon and once."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from propel_helper.runs import follow, notices
from propel_helper.runs.follow import CHUNK, LogFollower, Trouble
from propel_helper.runs.ledger import Ledger
from tests.helper.conftest import until


class Told:
    """What a follower told."""

    def __init__(self) -> None:
        self.data: dict[str, bytes] = defaultdict(bytes)
        self.offsets: dict[str, list[int]] = defaultdict(list)
        self.largest = 0
        self.trouble: list[tuple[str, Trouble]] = []
        self.runs: list[str] = []
        self.threads: set[int] = set()

    def on_bytes(self, key: str, offset: int, data: bytes) -> None:
        self.data[key] += data
        self.offsets[key].append(offset)
        self.largest = max(self.largest, len(data))
        self.threads.add(threading.get_ident())

    def on_trouble(self, key: str, trouble: Trouble) -> None:
        self.trouble.append((key, trouble))


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture(params=["inotify", "looking"])
def follower(
    request: pytest.FixtureRequest, told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[LogFollower]:
    if request.param == "looking":
        monkeypatch.setattr(follow, "notices", notices.Looking)
    made = LogFollower(told.on_bytes, told.on_trouble, tmp_path / "runs", told.runs.append)
    yield made
    made.close()


def test_what_stands_there_and_what_comes(
    follower: LogFollower, told: Told, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    log.write_bytes(b"0123")
    follower.follow("a", log, 2)
    until(lambda: told.data["a"] == b"23")
    for number in range(50):
        with log.open("ab") as file:
            file.write(f"{number}\n".encode())
        if number % 10 == 0:
            time.sleep(0.03)
    expected = log.read_bytes()[2:]
    until(lambda: told.data["a"] == expected)
    assert told.offsets["a"][0] == 2
    assert len(told.threads) == 1
    assert threading.get_ident() not in told.threads


def test_large_amounts_come_in_bounded_pieces(
    follower: LogFollower, told: Told, tmp_path: Path
) -> None:
    big, small = tmp_path / "big", tmp_path / "small"
    data = os.urandom(3 * CHUNK + 5) * 8
    big.write_bytes(data)
    small.write_bytes(b"small")
    follower.follow("big", big)
    follower.follow("small", small)
    until(lambda: len(told.data["big"]) == len(data) and told.data["small"])
    assert told.data["big"] == data
    assert told.data["small"] == b"small"
    assert told.largest == CHUNK


def test_new_bytes_come_soon(told: Told, tmp_path: Path) -> None:
    """The aim is 50 ms; the median leaves room for a busy machine."""
    log = tmp_path / "log"
    log.touch()
    arrived = threading.Event()
    follower = LogFollower(lambda *_: arrived.set())
    follower.follow("a", log)
    time.sleep(0.1)
    delays = []
    with log.open("ab", buffering=0) as file:
        for _ in range(30):
            arrived.clear()
            start = time.perf_counter()
            file.write(b"x")
            assert arrived.wait(5)
            delays.append(time.perf_counter() - start)
            time.sleep(0.02)
    follower.close()
    assert statistics.median(delays) < 0.05
    del told


def test_a_log_that_comes_late(follower: LogFollower, told: Told, tmp_path: Path) -> None:
    log = tmp_path / "later" / "log"
    follower.follow("a", log)
    time.sleep(0.1)
    log.parent.mkdir()
    log.write_bytes(b"there")
    until(lambda: told.data["a"] == b"there")
    assert told.trouble == []


def test_truncated(follower: LogFollower, told: Told, tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_bytes(b"0123456789")
    follower.follow("a", log)
    until(lambda: told.data["a"])
    with log.open("r+b") as file:
        file.truncate(0)
        file.write(b"new")
    until(lambda: told.data["a"] == b"0123456789new")
    assert told.trouble == [("a", Trouble.TRUNCATED)]


def test_replaced(follower: LogFollower, told: Told, tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_bytes(b"old")
    follower.follow("a", log)
    until(lambda: told.data["a"])
    (tmp_path / "next").write_bytes(b"a longer one")
    (tmp_path / "next").rename(log)
    until(lambda: told.data["a"] == b"olda longer one")
    assert told.trouble == [("a", Trouble.REPLACED)]


def test_removed_and_back(follower: LogFollower, told: Told, tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_bytes(b"old")
    follower.follow("a", log)
    until(lambda: told.data["a"])
    with log.open("ab"):
        log.unlink()
        until(lambda: told.trouble == [("a", Trouble.REMOVED)])
    log.write_bytes(b"back")
    until(lambda: told.data["a"] == b"oldback")
    assert told.trouble == [("a", Trouble.REMOVED)]


def test_unfollow_and_follow_anew(follower: LogFollower, told: Told, tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_bytes(b"one")
    follower.follow("a", log)
    until(lambda: told.data["a"])
    follower.unfollow("a")
    with log.open("ab") as file:
        file.write(b"two")
    time.sleep(1.3)
    assert told.data["a"] == b"one"
    follower.follow("a", log, 1)
    until(lambda: told.data["a"] == b"onenetwo")


def test_close_is_the_end(told: Told, tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.touch()
    handles = psutil.Process().num_fds()
    follower = LogFollower(told.on_bytes, ledger=tmp_path / "runs")
    follower.follow("a", log)
    follower.close()
    follower.close()
    log.write_bytes(b"x")
    time.sleep(0.2)
    assert told.data["a"] == b""
    assert psutil.Process().num_fds() == handles


def test_a_callback_that_fails_does_not_end_it(tmp_path: Path) -> None:
    seen: list[str] = []

    def failing(key: str, _offset: int, _data: bytes) -> None:
        seen.append(key)
        raise ValueError(key)

    follower = LogFollower(failing)
    for name in ("a", "b"):
        (tmp_path / name).write_bytes(b"x")
        follower.follow(name, tmp_path / name)
    until(lambda: sorted(seen) == ["a", "b"])
    follower.close()


APPEND = """
import sys
from pathlib import Path
from propel_helper.runs.ledger import Ledger
ledger = Ledger(Path(sys.argv[1]))
ledger.create(sys.argv[2])
ledger.append(sys.argv[2], "launched")
"""


@pytest.mark.usefixtures("follower")
def test_records_that_another_process_writes(
    told: Told, tmp_path: Path, environ: dict[str, str]
) -> None:
    def append(run: str) -> None:
        subprocess.run([sys.executable, "-c", APPEND, str(tmp_path), run], env=environ, check=True)

    append("new")
    until(lambda: "new" in told.runs)
    time.sleep(1.2)
    told.runs.clear()
    append("new")
    until(lambda: told.runs)
    assert set(told.runs) == {"new"}
    log = Ledger(tmp_path).write("new", "attempt-1.log", b"")
    until(lambda: told.runs)
    time.sleep(1.2)
    told.runs.clear()
    with log.open("ab") as file:
        file.write(b"x" * 100)
    time.sleep(1.2)
    assert told.runs == [], "output is no change of the record"


def test_a_hundred_quiet_logs_cost_next_to_nothing(told: Told, tmp_path: Path) -> None:
    follower = LogFollower(told.on_bytes, ledger=tmp_path / "runs")
    for number in range(100):
        log = tmp_path / "runs" / str(number) / "log"
        log.parent.mkdir()
        log.write_bytes(b"x")
        follower.follow(str(number), log)
    until(lambda: len(told.data) == 100)
    time.sleep(0.1)
    start = time.process_time()
    time.sleep(3)
    used = time.process_time() - start
    follower.close()
    assert used / 3 < 0.02


def test_a_log_that_grows_without_end_is_read_in_large_pieces(told: Told, tmp_path: Path) -> None:
    """Its writer must not pay for a reader that wakes at every line."""
    follower = LogFollower(told.on_bytes)
    log = tmp_path / "log"
    log.touch()
    follower.follow("a", log)
    with log.open("ab", buffering=0) as file:
        start = time.monotonic()
        while time.monotonic() - start < 1:
            file.write(b"step 1 loss 0.1\n")
    until(lambda: len(told.data["a"]) == log.stat().st_size)
    assert len(told.offsets["a"]) <= 250
    follower.close()
