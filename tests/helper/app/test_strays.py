"""Processes that leave the terminal session of their window (setsid), and windows of a person."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import psutil
import pytest

from propel_helper.app.launch import kill, restart
from propel_helper.app.runs import look
from propel_helper.facts.run import Run, RunState
from propel_helper.runs.ledger import Ledger
from tests.helper.conftest import until

Start = Callable[[str], Run]
# As torchrun starts its workers: torch/distributed/elastic/multiprocessing/subprocess_handler.
WORKER = """\
import subprocess, sys
from pathlib import Path
worker = subprocess.Popen(["sleep", "60"], start_new_session=True)
Path("worker").write_text(f"{worker.pid}\\n")
worker.wait()
"""


@pytest.fixture
def worker(tmp_path: Path) -> Iterator[Callable[[], int]]:
    (tmp_path / "launcher.py").write_text(WORKER)
    said = tmp_path / "worker"

    def pid() -> int:
        until(lambda: said.exists() and said.read_text().endswith("\n"))
        return int(said.read_text())

    yield pid
    if psutil.pid_exists(pid()):
        os.kill(pid(), signal.SIGKILL)


def test_a_worker_outlives_the_session_and_is_ended_with_the_run(
    start: Start, ledger: Ledger, environ: Mapping[str, str], worker: Callable[[], int]
) -> None:
    run = start("exec python3 launcher.py")
    pid = worker()
    _end_session(run, environ)
    until(lambda: look(ledger, run.run).reason)
    seen = look(ledger, run.run)
    assert (seen.state, "runs on without one" in seen.reason) == (RunState.RUNNING, True)
    assert f"(process {pid})" in seen.reason
    assert kill(ledger, run.run, 2).state is RunState.KILLED
    until(lambda: not _runs(pid))


def test_a_worker_outlives_its_launcher(
    start: Start, ledger: Ledger, worker: Callable[[], int]
) -> None:
    run = start("python3 launcher.py & echo $! >launcher; wait $!")
    pid = worker()
    os.kill(int(Path(run.cwd, "launcher").read_text()), signal.SIGKILL)
    until(lambda: look(ledger, run.run).state is not RunState.RUNNING)
    seen = look(ledger, run.run)
    assert (seen.state, seen.exit_status) == (RunState.KILLED, 137)
    assert f"sleep (process {pid})" in seen.reason
    kill(ledger, run.run, 2)
    until(lambda: not _runs(pid))


def test_what_a_person_started_since_is_no_part_of_the_run(
    start: Start, ended: Callable[[Run], Run], ledger: Ledger, environ: Mapping[str, str]
) -> None:
    """Also not what another session's server, which the text started, runs."""
    run = ended(start("TMUX= tmux -L other new-session -d -s mine 'sleep 60'; sleep 0.2"))
    try:
        assert "mine" in _tmux(environ, "-L", "other", "ls")
        kill(ledger, run.run, 1)
        assert "mine" in _tmux(environ, "-L", "other", "ls")
    finally:
        _tmux(environ, "-L", "other", "kill-server")


def test_windows_that_a_person_opened_stay(
    start: Start, ledger: Ledger, environ: Mapping[str, str], tmp_path: Path
) -> None:
    run = start("sleep 60")
    time.sleep(5.5)
    mine = "echo $$ >mine; exec sleep 60"
    if run.backend == "screen":
        argv = ("screen", "-S", run.session, "-X", "screen", "sh", "-c", f"cd {tmp_path}; {mine}")
    else:
        argv = ("tmux", "new-window", "-d", "-t", f"={run.session}:", "-c", str(tmp_path), mine)
    subprocess.run(argv, env=environ, check=True)
    said = tmp_path / "mine"
    until(lambda: said.exists() and said.read_text().endswith("\n"))
    pid = int(said.read_text())
    seen = kill(ledger, run.run, 1)
    assert seen.state is RunState.KILLED
    assert "Its session stays" in seen.reason
    assert _runs(pid)
    again = restart(ledger, run.run, environ)
    assert again.session == run.session
    os.kill(pid, signal.SIGTERM)
    until(lambda: not _runs(pid))
    assert "stays" not in kill(ledger, run.run, 1).reason


def _end_session(run: Run, environ: Mapping[str, str]) -> None:
    if run.backend == "screen":
        argv = ["screen", "-S", run.session, "-X", "quit"]
    else:
        argv = ["tmux", "kill-session", "-t", f"={run.session}"]
    subprocess.run(argv, env=environ, check=True)


def _tmux(environ: Mapping[str, str], *words: str) -> str:
    asked = subprocess.run(
        ("tmux", *words), env=environ, capture_output=True, text=True, check=False
    )
    return asked.stdout


def _runs(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False
