"""Restarts that are cut off, and a clock that jumps."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from propel_helper.app.launch import kill, launch, restart
from propel_helper.app.observe import young
from propel_helper.app.runs import find, look
from propel_helper.app.steps import run_step
from propel_helper.app.wait import wait
from propel_helper.facts.run import Run, RunState
from propel_helper.runs.ledger import Ledger
from tests.helper.conftest import printed, until


def restarting(environ: dict[str, str], run: str, folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "propel_helper", "restart", run],
        env=environ, cwd=folder, text=True, start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def test_a_restart_that_is_killed_at_any_moment(
    ledger: Ledger,
    environ: dict[str, str],
    tmp_path: Path,
    backend: str,
    ended: Callable[[Run], Run],
) -> None:
    """The run can be seen, ended and restarted again, whatever was cut off."""
    run = ended(launch(ledger, "[ -e again ] && sleep 60", str(tmp_path), backend, environ))
    (tmp_path / "again").touch()
    begun = time.monotonic()
    assert restarting(environ, run.run, tmp_path).wait(60) == 0
    whole = time.monotonic() - begun
    kill(ledger, run.run, 0.2)
    for step in range(6):
        helper = restarting(environ, run.run, tmp_path)
        time.sleep(whole * (0.4 + 0.6 * step / 6))
        os.killpg(helper.pid, signal.SIGKILL)
        helper.communicate()
        time.sleep(0.2)
        seen = look(ledger, run.run)
        assert seen.state in {RunState.RUNNING, RunState.KILLED, RunState.LOST}
        if seen.state is RunState.RUNNING:
            assert kill(ledger, run.run, 0.2).state is RunState.KILLED
    (tmp_path / "again").unlink()
    last = ended(restart(ledger, run.run, environ, "echo well"))
    assert (last.state, printed(last)) == (RunState.SUCCEEDED, "well\n")


def test_what_a_helper_left_before_it_was_killed(
    ledger: Ledger,
    environ: dict[str, str],
    tmp_path: Path,
    backend: str,
    ended: Callable[[Run], Run],
) -> None:
    """Files of an attempt, a step and a fix that nothing was recorded of."""
    run = ended(launch(ledger, "exit 1", str(tmp_path), backend, environ))
    for name in ("attempt-2.command", "attempt-2.log", "step-1.command", "fix-1-1.before"):
        (ledger.folder_of(run.run) / name).write_text("left")
    status, log = run_step(ledger, run.run, "echo step", environ)
    assert (status, log.read_bytes()[:6]) == (0, b"step\r\n")
    again = ended(restart(ledger, run.run, environ, "echo well"))
    assert (again.state, printed(again)) == (RunState.SUCCEEDED, "well\n")
    assert ledger.write(run.run, "fix-1-1.before", b"before").read_bytes() == b"before"


@pytest.mark.parametrize("days", [-400, 400])
def test_a_clock_that_jumps(
    ledger: Ledger,
    environ: dict[str, str],
    tmp_path: Path,
    backend: str,
    monkeypatch: pytest.MonkeyPatch,
    propel: Callable[..., subprocess.CompletedProcess[str]],
    days: int,
) -> None:
    """The helper's clock is ``days`` off when it launches, and right afterwards."""
    real = time.time
    with monkeypatch.context() as jumped:
        jumped.setattr(time, "time", lambda: real() + days * 86400)
        command = "until [ -e go ]; do sleep 0.02; done; exit 3"
        run = launch(ledger, command, str(tmp_path), backend, environ)
    seen = look(ledger, run.run)
    assert seen.state is RunState.RUNNING
    assert not young(find(ledger, run.run).last)
    until(lambda: look(ledger, run.run).observed)
    other = launch(ledger, "sleep 60", str(tmp_path), backend, environ)
    assert wait(ledger, run.run, 0.3).state is RunState.RUNNING
    (tmp_path / "go").touch()
    seen = wait(ledger, run.run, 30)
    assert (seen.state, seen.exit_status) == (RunState.FAILED, 3)
    assert seen.ended
    assert abs(seen.ended - real()) < 60
    shown = propel("show", run.run)
    assert (shown.returncode, " after -" in shown.stdout) == (0, False)
    again = restart(ledger, run.run, environ)
    assert wait(ledger, again.run, 30).exit_status == 3
    kill(ledger, other.run, 0.2)
