"""Which record of the kernel's log tells of a process's end."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from propel_helper.sessions import kernel_log
from propel_helper.sessions.kernel_log import memory_kill

KILL = "6,812,{us},-;Memory cgroup out of memory: Killed process 41 (py\x1bthon) total-vm:9kB\n"
OTHER = (
    "6,810,{us},-;oom-kill:constraint=CONSTRAINT_MEMCG,task=python,pid=41,uid=0\n",
    "6,811,{us},-;Killed process 41 (python) by nobody\n SUBSYSTEM=x\n",
    "6,813,{us},-;Out of memory: Killed process 410 (python) total-vm:9kB\n",
    "no record\n",
)


def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *records: str) -> str | None:
    """Reads as from /dev/kmsg: a record at a time."""
    left = [one.format(us=int(time.clock_gettime(time.CLOCK_MONOTONIC) * 1e6)) for one in records]
    log = tmp_path / "kmsg"
    log.touch()
    monkeypatch.setattr(os, "read", lambda _handle, _most: left.pop(0).encode() if left else b"")
    monkeypatch.setattr(kernel_log, "_in_first_namespace", lambda: True)
    now = time.time()
    return memory_kill(41, now - 5, now, log)


def test_the_kill_of_this_very_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(tmp_path, monkeypatch, *OTHER, KILL) == (
        "Memory cgroup out of memory: Killed process 41 (python) total-vm:9kB"
    )
    assert told(tmp_path, monkeypatch, *OTHER) is None


def test_an_earlier_process_of_that_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = int((time.clock_gettime(time.CLOCK_MONOTONIC) - 300) * 1e6)
    assert told(tmp_path, monkeypatch, KILL.replace("{us}", str(before))) is None


def test_a_log_that_can_not_be_read(tmp_path: Path) -> None:
    assert memory_kill(41, 0, time.time(), tmp_path / "none") is None
