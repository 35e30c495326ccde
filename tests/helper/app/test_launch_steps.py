"""A fix's command runs once, in the run's own session."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from propel_helper.app.launch import kill, launch, restart
from propel_helper.app.runs import find, look
from propel_helper.app.steps import run_step
from propel_helper.facts.problem import Problem
from propel_helper.facts.run import Run, RunState
from propel_helper.runs.ledger import Ledger
from propel_helper.sessions import processes
from tests.helper.conftest import until

Start = Callable[[str], Run]
End = Callable[[Run], Run]


def test_status_and_output(
    start: Start, ended: End, ledger: Ledger, environ: dict[str, str]
) -> None:
    run = ended(start("exit 1"))
    status, log = run_step(ledger, run.run, "echo 'installing é'; pwd; exit 4 # x", environ)
    assert status == 4
    assert log.read_text().startswith(f"installing é\n{run.cwd}\n")
    status, other = run_step(ledger, run.run, "true", environ)
    assert (status, other != log) == (0, True)
    seen = look(ledger, run.run)
    assert (seen.state, seen.exit_status, seen.attempt) == (RunState.FAILED, 1, 1)
    again = ended(restart(ledger, run.run, environ, "exit 0"))
    assert (again.session, again.state) == (run.session, RunState.SUCCEEDED)


def test_its_environment_is_the_runs(
    ledger: Ledger, environ: dict[str, str], backend: str, tmp_path: Path, ended: End
) -> None:
    run = ended(launch(ledger, "exit 1", str(tmp_path), backend, environ | {"WHICH": "first"}))
    _, log = run_step(ledger, run.run, "echo $WHICH", environ | {"WHICH": "second"})
    assert log.read_text().startswith("first")
    again = ended(restart(ledger, run.run, environ | {"WHICH": "third"}, "test $WHICH = first"))
    assert again.exit_status == 0


def test_a_session_that_is_gone_is_opened_anew(
    start: Start, ended: End, ledger: Ledger, environ: dict[str, str]
) -> None:
    run = ended(start("exit 1"))
    kill(ledger, run.run)
    status, _ = run_step(ledger, run.run, "echo fixed >made", environ)
    assert status == 0
    again = ended(restart(ledger, run.run, environ, "cat made"))
    assert again.state is RunState.SUCCEEDED


def test_it_can_be_cancelled(
    start: Start, ended: End, ledger: Ledger, environ: dict[str, str]
) -> None:
    run = ended(start("exit 1"))
    cancelled = threading.Event()
    threading.Timer(0.5, cancelled.set).start()
    begun = time.monotonic()
    with pytest.raises(Problem, match="was cancelled"):
        run_step(ledger, run.run, "sleep 300", environ, cancelled)
    assert time.monotonic() - begun < 60
    window = find(ledger, run.run).windows[-1]
    until(lambda: not processes.lives(window.pid, window.born))
    assert look(ledger, run.run).exit_status == 1


def test_an_empty_command_is_refused(
    start: Start, ended: End, ledger: Ledger, environ: dict[str, str]
) -> None:
    run = ended(start("exit 1"))
    with pytest.raises(Problem, match="no command"):
        run_step(ledger, run.run, " ", environ)
