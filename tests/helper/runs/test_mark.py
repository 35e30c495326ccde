"""The mark of the end is found wherever it stands, and only the right one."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propel_helper.facts.end_mark import LONGEST
from propel_helper.facts.end_mark import find_mark as mark_in
from propel_helper.runs.mark import find_mark

NONCE = "0123456789abcdef"


def mark(status: int = 3, nonce: str = NONCE, moment: str = "1700000000.25") -> bytes:
    return f"\x1b]133;D;{status};propel={nonce};time={moment}\x07".encode()


def test_a_mark_is_read() -> None:
    found = mark_in(b"loss 1\r\n" + mark() + b"$ ", NONCE)
    assert found is not None
    assert (found.exit_status, found.ended, found.offset) == (3, 1700000000.25, 8)
    assert len(mark(255, NONCE, "17000000000.123456")) < LONGEST


@pytest.mark.parametrize(("moment", "ended"), [("5", 5.0), ("5,25", 5.25), ("5.000001", 5.000001)])
def test_the_time_as_shells_write_it(moment: str, ended: float) -> None:
    found = mark_in(mark(moment=moment), NONCE)
    assert found is not None
    assert found.ended == ended


@pytest.mark.parametrize(
    "data",
    [
        mark(nonce="ffffffffffffffff"),
        b"\x1b]133;D;0\x07",
        b"\x1b]133;D;0;propel=" + NONCE.encode() + b"\x07",
        mark()[1:],
        mark()[:-1],
        b"",
    ],
)
def test_what_is_no_mark_of_this_run(data: bytes) -> None:
    assert mark_in(data, NONCE) is None


@given(before=st.binary(max_size=300), after=st.binary(max_size=300), status=st.integers(0, 255))
def test_bytes_around_it_do_not_matter(before: bytes, after: bytes, status: int) -> None:
    found = mark_in(before + mark(status) + after, NONCE)
    assert found is not None
    assert found.exit_status == status


@pytest.mark.parametrize("after", [0, 1, 4 * 2**20 - 30, 4 * 2**20, 4 * 2**20 + 1, 9 * 2**20])
def test_it_is_found_before_any_amount_of_later_output(tmp_path: Path, after: int) -> None:
    log = tmp_path / "log"
    log.write_bytes(b"x" * 5_000_000 + mark(7) + b"y" * after)
    found = find_mark(log, NONCE)
    assert found is not None
    assert (found.exit_status, found.offset) == (7, 5_000_000)


def test_every_cut_between_two_chunks(tmp_path: Path) -> None:
    log = tmp_path / "log"
    for shift in range(len(mark()) + 1):
        log.write_bytes(b"x" * 100 + mark(7) + b"y" * (4 * 2**20 - shift))
        assert find_mark(log, NONCE) is not None, shift


def test_the_tail_alone(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_bytes(mark() + b"x" * 100_000)
    assert find_mark(log, NONCE, tail_only=True) is None
    log.write_bytes(b"x" * 100_000 + mark() + b"x" * 1000)
    found = find_mark(log, NONCE, tail_only=True)
    assert found is not None
    assert found.offset == 100_000


def test_no_log(tmp_path: Path) -> None:
    assert find_mark(tmp_path / "none", NONCE) is None
    assert find_mark(tmp_path, NONCE) is None


def test_ten_gigabytes_with_the_mark_at_the_end(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with log.open("wb") as file:
        file.truncate(10 * 10**9)
        file.seek(0, 2)
        file.write(mark(5))
    start = time.monotonic()
    found = find_mark(log, NONCE)
    assert found is not None
    assert time.monotonic() - start < 5
