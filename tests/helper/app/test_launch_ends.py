"""What became of a run is told truly, whatever happened to it."""

from __future__ import annotations

import json
import os
import pty
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from propel_helper.app.diagnose_run import diagnose_run
from propel_helper.app.launch import attach_argv, kill, launch, restart
from propel_helper.app.runs import look
from propel_helper.facts.problem import Problem
from propel_helper.facts.run import Run, RunState
from propel_helper.runs.ledger import EVENTS, Ledger
from propel_helper.runs.record import Window
from propel_helper.sessions import processes
from tests.helper.conftest import over, printed, until

Start = Callable[[str], Run]
End = Callable[[Run], Run]


@pytest.mark.parametrize(
    ("text", "state", "status", "reason"),
    [
        ("true", RunState.SUCCEEDED, 0, "It ended with exit status 0."),
        ("exit 1", RunState.FAILED, 1, "It ended with exit status 1."),
        ("kill -TERM $$", RunState.KILLED, 143, "stands for SIGTERM; Propel did not send it"),
        ("kill -KILL $$", RunState.KILLED, 137, "stands for SIGKILL; Propel did not send it"),
        ("kill -SEGV $$", RunState.FAILED, 139, "exit status 139 (SIGSEGV)"),
        ("exit 200", RunState.FAILED, 200, "exit status 200."),
    ],
)
def test_exit_status(
    start: Start, ended: End, text: str, state: RunState, status: int, reason: str
) -> None:
    before = time.time()
    run = ended(start(text))
    assert (run.state, run.exit_status) == (state, status)
    assert reason in run.reason
    assert run.ended is not None
    assert before - 1 < run.started <= run.ended < time.time() + 1


def test_a_crash_behind_a_pipe_is_a_failure(
    start: Start, ended: End, ledger: Ledger, tmp_path: Path
) -> None:
    (tmp_path / "crash.py").write_text("print('step 1')\nrows = []\nrows[3]\n", "utf-8")
    run = ended(start(f"{sys.executable} crash.py 2>&1 | tee out.txt"))
    assert (run.state, run.exit_status) == (RunState.FAILED, 0)
    assert "its log ends in IndexError" in run.reason
    (finding,) = diagnose_run(ledger, run.run)
    assert (finding.exception, finding.at and finding.at.line) == ("IndexError", 3)
    fine = ended(start("echo no crash here | tee out.txt"))
    assert (fine.state, fine.exit_status) == (RunState.SUCCEEDED, 0)


def test_a_run_is_running_until_its_command_ends_and_a_shell_stays(
    start: Start, ended: End, ledger: Ledger, tmp_path: Path
) -> None:
    run = start("until [ -e go ]; do sleep 0.05; done; exit 5")
    assert (run.state, run.exit_status, run.ended, run.reason) == (RunState.RUNNING, None, None, "")
    (tmp_path / "go").touch()
    assert ended(run).exit_status == 5
    assert processes.born(window(ledger, run).pid)
    shutil.rmtree(tmp_path / "go", ignore_errors=True)


def test_the_end_is_remembered_without_the_log(start: Start, ended: End, ledger: Ledger) -> None:
    run = ended(start("exit 3"))
    Path(run.log).unlink()
    assert look(ledger, run.run) == run


def test_the_shell_can_be_used_and_left_without_changing_the_end(
    start: Start, ended: End, ledger: Ledger, backend: str, environ: dict[str, str]
) -> None:
    run = start("exit 3")
    until(lambda: b"133;D" in Path(run.log).read_bytes())
    attached(
        run,
        environ,
        b"printf '\\033]133;D;0;propel=x;time=1\\007'; seq 50000; exit 0\r",
        lambda: not processes.born(window(ledger, run).pid),
    )
    del backend
    seen = ended(run)
    assert (seen.state, seen.exit_status) == (RunState.FAILED, 3)


def test_ctrl_c_by_a_person_who_is_attached(
    start: Start, ended: End, environ: dict[str, str], ledger: Ledger
) -> None:
    run = start("python3 -c 'import time; print(1, flush=True); time.sleep(60)'")
    until(lambda: b"1" in Path(run.log).read_bytes())
    over = lambda: look(ledger, run.run).state is not RunState.RUNNING  # noqa: E731
    attached(run, environ, b"\x03", over)
    seen = ended(run)
    assert (seen.state, seen.exit_status) == (RunState.KILLED, 130)
    assert "Ctrl-C" in seen.reason
    assert "KeyboardInterrupt" in printed(seen)


def test_a_session_that_was_ended_from_outside_is_lost(
    start: Start, ended: End, environ: dict[str, str]
) -> None:
    run = start("sleep 60")
    subprocess.run(["bash", "-c", run.kill], env=environ, check=True)
    seen = ended(run)
    assert (seen.state, seen.exit_status) == (RunState.LOST, None)
    assert seen.reason == f"Its {run.backend} session went away without an exit status."


RENAME = {
    "screen": "screen -S {0} -X sessionname 'my own'",
    "tmux": "tmux rename-session -t {0} 'my own'",
}


def test_a_session_that_was_given_another_name(
    start: Start, ended: End, ledger: Ledger, environ: dict[str, str]
) -> None:
    run = ended(start("echo $$; exit 3"))
    rename = RENAME[run.backend].format(run.session)
    subprocess.run(["bash", "-c", rename], env=environ, check=True)
    assert attach_argv(ledger, run.run)[-1].endswith("my own")
    again = restart(ledger, run.run, environ, "sleep 60")
    assert again.reason == "", "it is the same session"
    leader = window(ledger, again)
    assert kill(ledger, run.run).state is RunState.KILLED
    assert not processes.lives(leader.pid, leader.born), "the session has ended, too"


def test_a_session_whose_socket_was_cleaned_away(
    start: Start, ended: End, ledger: Ledger, environ: dict[str, str]
) -> None:
    run = ended(start("exit 3"))
    for socket in sockets(environ):
        socket.unlink()
    assert attach_argv(ledger, run.run)[-1].endswith(run.session)
    assert len(sockets(environ)) == 1, "whoever holds it has made it anew"
    again = restart(ledger, run.run, environ, "exit 4")
    assert (again.session, ended(again).exit_status) == (run.session, 4)


def sockets(environ: dict[str, str]) -> list[Path]:
    """Those of the test's screens (which may be pipes) and tmux."""
    folders = Path(environ["SCREENDIR"]), Path(environ["TMUX_TMPDIR"])
    return [path for folder in folders for path in folder.rglob("*") if not path.is_dir()]


def test_a_multiplexer_that_was_killed(start: Start, ended: End, ledger: Ledger) -> None:
    run = start("sleep 60")
    os.kill(psutil.Process(window(ledger, run).pid).ppid(), signal.SIGKILL)
    assert ended(run).state is RunState.LOST


def test_the_machine_was_restarted(start: Start, ledger: Ledger) -> None:
    """As the record would look: another boot, and the process ids mean others."""
    run = start("sleep 60")
    events = ledger.folder_of(run.run) / EVENTS
    lines = [json.loads(line) for line in events.read_text().splitlines()]
    older = [
        line | ({"boot": "before"} if line["event"] == "attempt" else {})
        | ({"born": "1"} if line["event"] == "started" else {})
        for line in lines
    ]  # fmt: skip
    original = events.read_text()
    events.write_text("".join(json.dumps(line) + "\n" for line in older))
    seen = look(ledger, run.run)
    assert (seen.state, seen.reason) == (RunState.LOST, "The machine was restarted while it ran.")
    events.write_text(original)


def test_another_process_with_the_same_id_is_not_the_run(start: Start, ledger: Ledger) -> None:
    run = start("sleep 60")
    events = ledger.folder_of(run.run) / EVENTS
    original = events.read_text()
    born = window(ledger, run).born
    events.write_text(original.replace(f'"born": "{born}"', '"born": "12345"'))
    assert look(ledger, run.run).state is RunState.LOST
    events.write_text(original)


def test_a_log_that_was_removed_while_it_ran(
    start: Start, ended: End, ledger: Ledger, tmp_path: Path
) -> None:
    run = start("until [ -e go ]; do sleep 0.05; done; exit 5")
    Path(run.log).unlink()
    seen = look(ledger, run.run)
    assert seen.state is RunState.RUNNING
    assert seen.reason == "Its log was removed or moved away: what it prints is not seen."
    (tmp_path / "go").touch()
    seen = ended(run)
    if seen.exit_status is None:
        assert (seen.state, "was removed" in seen.reason) == (RunState.LOST, True)
    else:
        assert seen.exit_status == 5, "screen opens a log again that was removed"


def test_a_command_in_the_background(start: Start, ended: End, ledger: Ledger) -> None:
    run = start("nohup sleep 1 >/dev/null 2>&1 &")
    until(lambda: b"133;D" in Path(run.log).read_bytes())
    time.sleep(0.2)
    seen = look(ledger, run.run)
    assert (seen.state, seen.reason) == (
        RunState.RUNNING,
        "What it put in the background still runs.",
    )
    seen = ended(run)
    assert (seen.state, seen.exit_status) == (RunState.SUCCEEDED, 0)
    assert "nothing tells how" in seen.reason


def test_what_is_left_in_the_background_is_told(start: Start, ended: End) -> None:
    seen = ended(start("nohup sleep 60 >/dev/null 2>&1 & echo $! >pid"))
    assert (seen.state, seen.exit_status) == (RunState.SUCCEEDED, 0)
    pid = Path(seen.cwd, "pid").read_text().strip()
    assert seen.reason == (
        "It ended with exit status 0. What it had put in the background still ran then: "
        f"sleep (process {pid})."
    )


@pytest.mark.parametrize("end", ["exit 3", "true &"])
def test_what_the_shell_that_stays_starts_is_not_blamed_on_the_text(
    environ: dict[str, str], start: Start, ended: End, end: str
) -> None:
    rc = Path(environ["HOME"], ".bashrc")
    rc.write_text("(sleep 60 & echo $! >~/pid)\n")
    run = start(f"sleep 0.2; {end}")
    until(lambda: b"133;D" in Path(run.log).read_bytes())
    said = rc.with_name("pid")
    until(lambda: said.exists() and said.read_text().endswith("\n"))
    pid = int(said.read_text())
    try:
        assert "still" not in ended(run).reason
    finally:
        os.kill(pid, signal.SIGTERM)


def test_what_ends_with_the_text_is_not_told(start: Start, ended: End) -> None:
    seen = ended(start("exec > >(sed 's/^/> /'); echo one; exit 3"))
    assert seen.reason == "It ended with exit status 3."


def test_a_container_that_was_killed(
    start: Start, ended: End, environ: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "docker").write_text("#!/bin/sh\nexit 137\n")
    (tmp_path / "bin" / "docker").chmod(0o755)
    environ["PATH"] = f"{tmp_path / 'bin'}:{environ['PATH']}"
    seen = ended(start("docker run --gpus all --name exp7 image python train.py"))
    assert (seen.state, seen.exit_status) == (RunState.KILLED, 137)
    assert seen.reason == (
        "It ended with exit status 137, that of its docker container: killed in there, for want of "
        "memory or by `docker kill` or `stop`. `docker inspect --format '{{.State.OOMKilled}}' exp7` "
        "says whether it was for want of memory."
    )


STUBBORN = (
    "trap '' TERM HUP; python3 -c '"
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    'signal.signal(signal.SIGHUP, signal.SIG_IGN); print("up", flush=True); time.sleep(60)\''
    " & wait"
)


def test_kill_ends_the_whole_tree_and_nothing_else(
    start: Start, ledger: Ledger, environ: dict[str, str]
) -> None:
    bystander = subprocess.Popen(["bash", "-c", STUBBORN], env=environ, stdout=subprocess.PIPE)
    run = start(STUBBORN)
    try:
        until(lambda: "up" in printed(run))
        leader = psutil.Process(window(ledger, run).pid)
        tree = leader.children(recursive=True)
        assert len(tree) >= 2
        seen = kill(ledger, run.run, grace_s=0.3)
        assert seen.state is RunState.KILLED
        assert seen.reason.startswith("Ended by you")
        assert seen.ended is not None
        until(lambda: not any(processes.born(one.pid) for one in [leader, *tree]))
        assert bystander.poll() is None
    finally:
        for process in psutil.Process(bystander.pid).children(recursive=True):
            process.kill()
        bystander.kill()
        bystander.wait()


def test_kill_gives_time_to_end_well(start: Start, ledger: Ledger) -> None:
    run = start("trap 'sleep 0.3; echo saved; exit 0' TERM; echo up; while :; do sleep 0.05; done")
    until(lambda: "up" in printed(run))
    seen = kill(ledger, run.run)
    assert (seen.state, seen.exit_status) == (RunState.KILLED, 0)
    assert "saved" in printed(run)


def test_kill_of_a_run_that_has_ended_only_ends_its_session(
    start: Start, ended: End, ledger: Ledger
) -> None:
    run = ended(start("exit 4"))
    seen = kill(ledger, run.run)
    assert (seen.state, seen.exit_status) == (RunState.FAILED, 4)
    until(lambda: not processes.born(window(ledger, run).pid))
    assert kill(ledger, run.run) == seen


def test_no_name_is_matched_by_its_beginning(
    start: Start, ended: End, ledger: Ledger, environ: dict[str, str]
) -> None:
    """Three launches in a second: the first one's name begins the others'."""
    runs = [start("sleep 60") for _ in range(3)]
    while not runs[1].run.startswith(runs[0].run):
        runs = [start("sleep 60") for _ in range(3)]
    first, second, third = runs[:3]
    assert len({run.run for run in runs}) == 3
    kill(ledger, first.run, grace_s=0.2)
    kill(ledger, first.run, grace_s=0.2)
    subprocess.run(["bash", "-c", first.kill], env=environ, capture_output=True, check=False)
    assert look(ledger, second.run).state is RunState.RUNNING
    assert look(ledger, third.run).state is RunState.RUNNING
    with pytest.raises(Problem, match="no run"):
        look(ledger, first.run[:-1])
    del ended


def test_restart_in_the_same_session(
    start: Start, ended: End, ledger: Ledger, environ: dict[str, str]
) -> None:
    run = ended(start("echo one; exit 2"))
    again = ended(restart(ledger, run.run, environ))
    assert (again.attempt, again.session, again.run) == (2, run.session, run.run)
    third = restart(ledger, run.run, environ, "echo three # changed")
    third = ended(third)
    assert (third.state, third.command, third.attempt) == (
        RunState.SUCCEEDED,
        "echo three # changed",
        3,
    )
    assert [printed(one) for one in (run, again, third)] == ["one\n", "one\n", "three\n"]
    assert b"three" not in Path(run.log).read_bytes()


def test_what_the_attempt_before_still_prints_is_not_in_the_next_log(
    start: Start, ended: End, ledger: Ledger, environ: dict[str, str]
) -> None:
    run = ended(start("(sleep 1; echo late; touch said) & exit 2"))
    again = restart(ledger, run.run, environ, "until [ -e said ]; do sleep 0.1; done; echo two")
    assert printed(ended(again)) == "two\n"


def test_restart_in_a_new_session_says_so(
    start: Start, ended: End, ledger: Ledger, environ: dict[str, str], backend: str
) -> None:
    run = start("sleep 60")
    kill(ledger, run.run, grace_s=0.2)
    again = restart(ledger, run.run, environ, "sleep 60")
    assert again.state is RunState.RUNNING
    if backend == "screen":
        assert again.session != run.session
    assert "was gone" in again.reason
    del ended


def test_a_run_that_runs_is_not_restarted(
    start: Start, ledger: Ledger, environ: dict[str, str]
) -> None:
    run = start("sleep 60")
    with pytest.raises(Problem, match="still runs"):
        restart(ledger, run.run, environ)
    assert look(ledger, run.run).attempt == 1


def test_two_restarts_at_once_start_it_once(
    start: Start,
    ended: End,
    propel: Callable[..., subprocess.CompletedProcess[str]],
    ledger: Ledger,
) -> None:
    run = ended(start("[ -e twice ] && sleep 60; touch twice; exit 1"))
    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(lambda _: propel("restart", run.run), range(3)))
    assert sorted(answer.returncode for answer in answers) == [0, 2, 2]
    assert look(ledger, run.run).attempt == 2


def test_a_disk_that_is_full(
    backend: str, environ: dict[str, str], tmp_path: Path, short_folder: Path
) -> None:
    state = short_folder / "state"
    state.mkdir()
    size = "size=512k"
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(state)], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("mounting needs root")
    ledger = Ledger.of(environ | {"XDG_STATE_HOME": str(state)})
    try:
        run = launch(ledger, "yes | head -c 3000000; exit 3", str(tmp_path), backend, environ)
        until(lambda: shutil.disk_usage(state).free == 0)
        with pytest.raises(Problem, match=r"can't be written.*No space left"):
            launch(ledger, "true", str(tmp_path), backend, environ)
        seen = until(lambda: over(ledger, run.run))
        assert (seen.state, seen.reason) == (
            RunState.LOST,
            "It has ended, but its log does not hold the exit status; the disk that holds it is full.",
        )
        assert kill(ledger, run.run) == seen
    finally:
        subprocess.run(["umount", "-l", str(state)], check=False)


def test_a_run_can_be_ended_where_nothing_can_be_recorded(
    backend: str, environ: dict[str, str], tmp_path: Path, short_folder: Path
) -> None:
    state = str(short_folder)
    ledger = Ledger.of(environ | {"XDG_STATE_HOME": state})
    run = launch(ledger, "sleep 300", str(tmp_path), backend, environ)
    pid = window(ledger, run).pid
    # On top of it: below it the session still writes its log.
    mount = ["mount", "--bind", state, state]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("mounting needs root")
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", state], check=True)
        with pytest.raises(
            Problem, match=r"was ended, but not recorded as ended by you\. .*\. Free"
        ):
            kill(ledger, run.run)
        assert not processes.born(pid)
        seen = look(ledger, run.run)
        assert (seen.state, seen.session) == (RunState.KILLED, run.session), seen
    finally:
        subprocess.run(["umount", "-l", state], check=True)


def window(ledger: Ledger, run: Run) -> Window:
    record = ledger.record(run.run)
    assert record is not None
    assert record.window is not None
    return record.window


def attached(run: Run, environ: dict[str, str], keys: bytes, done: Callable[[], bool]) -> None:
    """Attach as a person does, on a terminal, and type ``keys`` until ``done``."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ.clear()
        os.environ.update(environ, TERM="xterm")
        os.execvp(sys.executable, [sys.executable, "-m", "propel_helper", "attach", run.run])
    os.set_blocking(terminal, False)
    try:
        seen = b""
        deadline = time.monotonic() + 30
        typed = 0.0
        while not done():
            assert time.monotonic() < deadline, seen[-2000:]
            try:
                seen += os.read(terminal, 65536)
            except BlockingIOError:
                time.sleep(0.02)
            except OSError:
                break
            if len(seen) > 40 and time.monotonic() - typed > 2:
                typed = time.monotonic()
                os.write(terminal, keys)
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(terminal)
