"""A run outlives whoever launched it, and is found again from anywhere."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from propel_helper.app.launch import kill, launch, restart
from propel_helper.app.runs import all_runs, find, judge, look
from propel_helper.facts.problem import Problem
from propel_helper.facts.run import Run, RunState
from propel_helper.runs.ledger import EVENTS, Ledger
from tests.helper.conftest import over, printed, until


def test_a_launcher_that_is_killed_at_any_moment(
    backend: str, environ: dict[str, str], ledger: Ledger, tmp_path: Path, short_folder: Path
) -> None:
    """Whatever it had begun is either a run that can be seen and ended, or it never came up."""
    argv = [sys.executable, "-m", "propel_helper", "launch", "--backend", backend, "--", "sleep 60"]
    start = time.monotonic()
    subprocess.run(argv, env=environ, cwd=tmp_path, check=True, capture_output=True)
    whole = time.monotonic() - start
    for step in range(12):
        launcher = subprocess.Popen(
            argv,
            env=environ,
            cwd=tmp_path,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(whole * (0.3 + 0.7 * step / 12))
        os.killpg(launcher.pid, signal.SIGKILL)
        launcher.wait()
    time.sleep(0.5)
    for run in all_runs(ledger):
        assert run.state in {RunState.RUNNING, RunState.LOST}
        if run.state is RunState.RUNNING:
            assert kill(ledger, run.run, grace_s=0.2).state is RunState.KILLED
    if backend == "screen":
        left = [path.name for path in (short_folder / "screen").iterdir()]
        recorded = {record.name for record in ledger.records()}
        assert all(name.partition(".")[2] in recorded for name in left)


def test_a_launch_that_was_cut_off_before_its_session(
    ledger: Ledger, environ: dict[str, str], tmp_path: Path, backend: str
) -> None:
    run = launch(ledger, "true", str(tmp_path), backend, environ)
    folder = ledger.folder_of(run.run)
    events = (folder / EVENTS).read_text().splitlines(keepends=True)
    kill(ledger, run.run)
    ledger.create("cut")
    cut = "".join(line for line in events if '"launched"' in line or '"attempt"' in line[:20])
    (ledger.folder_of("cut") / EVENTS).write_text(cut.replace(run.run, "cut"))
    with ledger.alone("cut"):
        seen = look(ledger, "cut")
        assert (seen.state, seen.reason) == (RunState.RUNNING, "It is being started.")
    seen = look(ledger, "cut")
    assert (seen.state, seen.reason) == (
        RunState.LOST, "Its launch was cut off before its session came up.",
    )  # fmt: skip


def test_a_launch_that_was_cut_off_after_its_session_came_up(
    ledger: Ledger, environ: dict[str, str], tmp_path: Path, backend: str
) -> None:
    run = launch(ledger, "echo up; sleep 60", str(tmp_path), backend, environ)
    events = ledger.folder_of(run.run) / EVENTS
    lines = events.read_text().splitlines(keepends=True)
    events.write_text("".join(line for line in lines if '"started"' not in line[:20]))
    seen = look(ledger, run.run)
    assert seen.state is RunState.RUNNING
    assert (seen.session, seen.attach) == (run.session, run.attach)
    assert kill(ledger, run.run, grace_s=0.2).state is RunState.KILLED


def test_the_run_outlives_its_launcher_and_its_terminal(
    propel: Callable[..., subprocess.CompletedProcess[str]],
    environ: dict[str, str],
    ledger: Ledger,
    backend: str,
    tmp_path: Path,
) -> None:
    """The launcher's whole process group gets the hang-up that a closing terminal sends."""
    del propel
    argv = [sys.executable, "-m", "propel_helper", "launch", "--backend", backend]
    launcher = subprocess.Popen(
        ["bash", "-c", '"$@"; sleep 60', "bash", *argv, "--", "sleep 0.5; echo on; exit 3"],
        env=environ,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    assert launcher.stdout is not None
    launcher.stdout.readline()
    os.killpg(launcher.pid, signal.SIGHUP)
    launcher.wait()
    launcher.stdout.close()
    run = all_runs(ledger)[0]
    seen = until(lambda: over(ledger, run.run))
    assert (seen.state, seen.exit_status, printed(seen)) == (RunState.FAILED, 3, "on\n")


def test_launches_at_the_same_moment_are_different_runs(
    ledger: Ledger,
    environ: dict[str, str],
    tmp_path: Path,
    backend: str,
    ended: Callable[[Run], Run],
) -> None:
    with ThreadPoolExecutor(5) as pool:
        runs = list(
            pool.map(
                lambda number: launch(ledger, f"echo {number}", str(tmp_path), backend, environ),
                range(5),
            )
        )
    assert len({run.run for run in runs}) == len({run.session for run in runs}) == 5
    for number, run in enumerate(runs):
        assert ended(run).state is RunState.SUCCEEDED
        assert printed(run) == f"{number}\n"


def test_two_state_folders_share_a_host(
    ledger: Ledger, environ: dict[str, str], tmp_path: Path, backend: str
) -> None:
    """Their ids may be the same, their sessions may not."""
    other = Ledger.of(environ | {"XDG_STATE_HOME": str(tmp_path / "other")})
    runs = [
        (one, launch(one, "sleep 60", str(tmp_path), backend, environ))
        for one in (ledger, other) * 2
    ]
    assert len({run.session.rpartition(".")[2] for _, run in runs}) == 4
    try:
        for one, run in runs:
            kill(one, run.run, grace_s=0.2)
            still = [look(led, each.run).state for led, each in runs[runs.index((one, run)) + 1 :]]
            assert set(still) <= {RunState.RUNNING}
    finally:
        for record in other.records():
            kill(other, record.run, grace_s=0.2)


def test_a_run_of_another_host_is_left_alone(
    ledger: Ledger, environ: dict[str, str], tmp_path: Path, backend: str
) -> None:
    """A home folder may be shared: there the process ids mean other processes."""
    run = launch(ledger, "sleep 60", str(tmp_path), backend, environ)
    events = ledger.folder_of(run.run) / EVENTS
    original = events.read_text()
    mine = find(ledger, run.run).host
    events.write_text(original.replace(f'"host": "{mine}"', '"host": "gpu7"'))
    seen = look(ledger, run.run)
    assert (seen.state, seen.reason) == (
        RunState.RUNNING, "It runs on gpu7; its session can't be seen from here.",
    )  # fmt: skip
    with pytest.raises(Problem, match="gpu7"):
        kill(ledger, run.run)
    Path(run.log).write_bytes(
        f"\x1b]133;D;1;propel={find(ledger, run.run).last.nonce};time=5\x07".encode()
    )
    assert look(ledger, run.run).exit_status == 1
    events.write_text(original)


def test_a_log_from_before_is_not_the_end_of_the_next_attempt(
    start: Callable[[str], Run],
    ended: Callable[[Run], Run],
    ledger: Ledger,
    environ: dict[str, str],
) -> None:
    run = ended(start("exit 1"))
    again = restart(ledger, run.run, environ, "sleep 60")
    time.sleep(0.2)
    assert look(ledger, run.run).state is RunState.RUNNING
    assert again.log != run.log
    assert judge(ledger, find(ledger, run.log)).state is RunState.RUNNING


def test_the_session_is_gone_with_its_last_shell(
    start: Callable[[str], Run], ended: Callable[[Run], Run], ledger: Ledger
) -> None:
    """The end was not seen by anybody before, only the log tells it."""
    run = start("exit 6")
    until(lambda: b"133;D" in Path(run.log).read_bytes())
    record = find(ledger, run.run)
    assert record.window is not None
    psutil.Process(record.window.pid).kill()
    seen = ended(run)
    assert (seen.state, seen.exit_status) == (RunState.FAILED, 6)
