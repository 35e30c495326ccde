"""A log that is moved aside while its run goes on: the run is told by what stands there."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from propel_helper.app.diagnose_run import diagnose_run
from propel_helper.app.runs import find, look
from propel_helper.app.wait import wait
from propel_helper.facts.run import Run, RunState
from propel_helper.runs.ledger import Ledger
from tests.helper.conftest import printed, until

TEXT = "echo one; until [ -e go ]; do sleep 0.05; done; echo two; exit 3"


@pytest.mark.parametrize("new", [False, True])
def test_the_true_status_is_told(
    ledger: Ledger, start: Callable[[str], Run], tmp_path: Path, *, new: bool
) -> None:
    run = start(TEXT)
    log = Path(run.log)
    until(lambda: b"one" in log.read_bytes())
    moved = log.rename(f"{log}.1")
    if new:
        log.touch()
    now = look(ledger, run.run)
    assert (now.state, now.log) == (RunState.RUNNING, str(moved))
    (tmp_path / "go").touch()
    ended = wait(ledger, str(log), 20)
    assert (ended.state, ended.exit_status) == (RunState.FAILED, 3), ended.reason
    # screen may have opened the name anew, when a second had passed.
    assert printed(ended).endswith("two\n")
    assert find(ledger, str(log)) == find(ledger, str(moved)) == find(ledger, run.run)
    diagnose_run(ledger, str(log))


@pytest.mark.parametrize("new", [False, True])
def test_it_is_told_whichever_part_goes_on(
    ledger: Ledger, start: Callable[[str], Run], tmp_path: Path, *, new: bool
) -> None:
    """screen opens the name anew when it writes in a later second; tmux's ``cat`` never does."""
    run = start(TEXT)
    log = Path(run.log)
    until(lambda: b"one" in log.read_bytes())
    time.sleep(1.1)
    moved = log.rename(f"{log}.1")
    if new:
        log.touch()
    assert look(ledger, run.run).log == str(moved)
    time.sleep(1.1)
    (tmp_path / "go").touch()
    ended = wait(ledger, str(log), 20)
    assert (ended.state, ended.exit_status) == (RunState.FAILED, 3), ended.reason
    assert printed(ended).endswith("two\n")
    assert ended.log == str(log if log.exists() and log.stat().st_size else moved)


def test_a_log_that_was_turned_twice(
    ledger: Ledger, start: Callable[[str], Run], ended: Callable[[Run], Run]
) -> None:
    run = ended(start("exit 3"))
    log = Path(run.log)
    first = log.rename(f"{log}.1")
    os.utime(first, (1, 1))
    log.write_bytes(b"what screen has written since\n")
    first.rename(f"{log}.2")
    second = log.rename(f"{log}.1")
    log.with_name(f"{log.name}.3.gz").write_bytes(b"packed")
    assert look(ledger, run.run).log == str(second)


def test_a_log_of_another_attempt_is_not_taken_for_it(
    ledger: Ledger, start: Callable[[str], Run], ended: Callable[[Run], Run]
) -> None:
    run = ended(start("exit 3"))
    log = Path(run.log)
    other = log.rename(log.with_name("attempt-2.log"))
    assert look(ledger, run.run).log == str(log)
    other.rename(log.with_name("kept"))
    assert look(ledger, run.run).log == str(log.with_name("kept"))
