"""A session's name can be given to another one, its window moved, and a program outlive it."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from propel_helper.app.launch import kill, launch, restart
from propel_helper.app.runs import look
from propel_helper.facts.problem import Problem
from propel_helper.facts.run import Run, RunState
from propel_helper.runs.ledger import Ledger
from propel_helper.sessions import processes
from propel_helper.sessions.port import Held, Phase
from propel_helper.sessions.window import end_members, phase_of
from tests.helper.conftest import printed, until

Tmux = Callable[..., str]


@pytest.fixture
def tmux(environ: dict[str, str]) -> Tmux:
    """Speak to tmux as its owner does."""

    def speak(*words: str) -> str:
        asked = subprocess.run(
            ["tmux", *words], env=environ, check=True, capture_output=True, text=True
        )
        return asked.stdout.strip()

    return speak


def window_of(tmux: Tmux, session: str) -> int:
    return int(tmux("list-panes", "-s", "-t", f"={session}:", "-F", "#{pane_pid}").splitlines()[-1])


def test_a_session_that_got_the_name_of_the_runs_is_left_alone(
    ledger: Ledger,
    environ: dict[str, str],
    tmp_path: Path,
    tmux: Tmux,
    ended: Callable[[Run], Run],
) -> None:
    tmux("new-session", "-d", "-s", "keeper", "sleep", "300")
    run = ended(launch(ledger, "exit 3", str(tmp_path), "tmux", environ))
    tmux("kill-session", "-t", f"={run.session}")
    tmux("new-session", "-d", "-s", run.session, "sleep", "300")
    theirs = window_of(tmux, run.session)
    assert kill(ledger, run.run).state is RunState.FAILED
    again = ended(restart(ledger, run.run, environ))
    assert (again.session, again.exit_status) == (f"{run.session}-2", 3)
    kill(ledger, run.run)
    assert tmux("list-sessions", "-F", "#{session_name}").splitlines() == ["keeper", run.session]
    assert processes.born(theirs)
    assert len(tmux("list-windows", "-t", f"={run.session}").splitlines()) == 1


def test_a_window_that_was_moved_into_another_session_is_ended_alone(
    ledger: Ledger, environ: dict[str, str], tmp_path: Path, tmux: Tmux
) -> None:
    tmux("new-session", "-d", "-s", "keeper", "sleep", "300")
    theirs = window_of(tmux, "keeper")
    run = launch(ledger, "sleep 300", str(tmp_path), "tmux", environ)
    ours = window_of(tmux, run.session)
    tmux("join-pane", "-d", "-s", f"={run.session}:", "-t", "=keeper:")
    assert look(ledger, run.run).state is RunState.RUNNING
    assert kill(ledger, run.run).state is RunState.KILLED
    assert processes.born(theirs)
    assert not processes.born(ours)


def test_a_session_with_another_name_is_ended_and_not_the_one_with_its_old_name(
    ledger: Ledger, environ: dict[str, str], tmp_path: Path, tmux: Tmux
) -> None:
    run = launch(ledger, "sleep 300", str(tmp_path), "tmux", environ)
    tmux("rename-session", "-t", f"={run.session}", "mine")
    tmux("new-session", "-d", "-s", run.session, "sleep", "300")
    theirs = window_of(tmux, run.session)
    assert kill(ledger, run.run).state is RunState.KILLED
    assert tmux("list-sessions", "-F", "#{session_name}") == run.session
    assert processes.born(theirs)


LIVES_ON = 'trap "" HUP; echo $$ >own; while [ ! -e go ]; do sleep 0.1; done'


def end_session(run: Run, environ: dict[str, str]) -> None:
    argv = {
        "screen": ["screen", "-S", run.session, "-X", "quit"],
        "tmux": ["tmux", "kill-session", "-t", f"={run.session}"],
    }
    subprocess.run(argv[run.backend], env=environ, check=True)


def test_a_program_that_outlives_its_session_still_runs_and_can_be_ended(
    backend: str, ledger: Ledger, environ: dict[str, str], tmp_path: Path
) -> None:
    run = launch(ledger, LIVES_ON, str(tmp_path), backend, environ)
    until(lambda: (tmp_path / "own").exists() and (tmp_path / "own").read_text())
    own = int((tmp_path / "own").read_text())
    end_session(run, environ)
    until(lambda: look(ledger, run.run).reason)
    told = look(ledger, run.run)
    assert told.state is RunState.RUNNING
    assert f"session is gone and it runs on without one: bash (process {own})" in told.reason
    with pytest.raises(Problem, match="still runs"):
        restart(ledger, run.run, environ)
    assert kill(ledger, run.run).state is RunState.KILLED
    assert not processes.born(own)


def test_a_program_that_outlives_its_session_is_lost_when_it_ends(
    backend: str, ledger: Ledger, environ: dict[str, str], tmp_path: Path
) -> None:
    run = launch(ledger, LIVES_ON, str(tmp_path), backend, environ)
    until((tmp_path / "own").exists)
    end_session(run, environ)
    until(lambda: look(ledger, run.run).reason)
    (tmp_path / "go").touch()
    until(lambda: look(ledger, run.run).state is RunState.LOST)


def test_a_daemon_that_got_the_id_of_the_leader_is_none_of_the_run(tmp_path: Path) -> None:
    daemon = subprocess.Popen(["bash", "-c", "sleep 300 & echo $!"], start_new_session=True,
                              stdout=subprocess.PIPE, text=True)  # fmt: skip
    assert daemon.stdout is not None
    child = int(daemon.stdout.readline())
    daemon.wait()
    try:
        assert os.getsid(child) == daemon.pid
        for held in (
            Held(f"7.{tmp_path.name}", "", "", daemon.pid, "1"),
            Held("propel-train-1", str(tmp_path), "%0", daemon.pid, "1"),
        ):
            assert phase_of(held, "nonce") is Phase.GONE
            end_members(held, 0.1)
        assert processes.born(child)
    finally:
        os.kill(child, signal.SIGKILL)


def test_a_session_that_is_stopped_is_not_told_as_lost(
    backend: str, ledger: Ledger, environ: dict[str, str], tmp_path: Path
) -> None:
    text = "until [ -e go ]; do sleep 0.05; done; exit 3"
    run = launch(ledger, text, str(tmp_path), backend, environ)
    record = ledger.record(run.run)
    assert record is not None
    assert record.window is not None
    server = processes.parent(record.window.pid)
    assert server is not None
    os.kill(server, signal.SIGSTOP)
    try:
        (tmp_path / "go").touch()
        until(lambda: f"process {server} is stopped" in look(ledger, run.run).reason)
        assert look(ledger, run.run).state is RunState.RUNNING
    finally:
        os.kill(server, signal.SIGCONT)
    until(lambda: look(ledger, run.run).state is RunState.FAILED)
    seen = look(ledger, run.run)
    assert (seen.exit_status, printed(seen)) == (3, "")


def test_a_tmux_that_does_not_answer_is_told_in_time(
    ledger: Ledger, environ: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("propel_helper.sessions.tmux._ANSWER_S", 1.0)
    run = launch(ledger, "sleep 300", str(tmp_path), "tmux", environ)
    record = ledger.record(run.run)
    assert record is not None
    assert record.window is not None
    server = processes.parent(record.window.pid)
    assert server is not None
    os.kill(server, signal.SIGSTOP)
    began = time.monotonic()
    try:
        with pytest.raises(Problem, match=r"tmux has not answered within 1 s: .* `kill -CONT`"):
            launch(ledger, "true", str(tmp_path), "tmux", environ)
        with pytest.raises(Problem, match="tmux has not answered"):
            kill(ledger, run.run)
    finally:
        os.kill(server, signal.SIGCONT)
    assert time.monotonic() - began < 10
