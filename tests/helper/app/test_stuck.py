"""Real processes that hang, looked into from outside: told apart, named, and left as they are."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from propel_helper.app.launch import kill, launch
from propel_helper.app.stuck import stuck
from propel_helper.facts.hang import Hang
from propel_helper.facts.problem import Problem
from propel_helper.facts.run import Run
from propel_helper.runs.ledger import Ledger
from propel_helper.sessions import processes, tracing
from propel_helper.stacks import py_spy
from tests.helper.conftest import until

TRAIN = """\
import os, threading
from data import load

def meet():
    threading.Event().wait()

def main():
    print("THERE", flush=True)
    if os.environ.get("RANK") == "2":
        load("shard")
    meet()

main()
"""
DATA = """\
def load(path):
    with open(path) as stream:
        return stream.read()
"""
THREE = "for r in 0 1 2; do RANK=$r WORLD_SIZE=3 {python} train.py & done; wait"


@pytest.fixture
def hang(ledger: Ledger, environ: dict[str, str], tmp_path: Path) -> Callable[..., Run]:
    """Launch a program and wait until each of its processes says that it is there."""

    def start(command: str, source: str = TRAIN, there: int = 1) -> Run:
        (tmp_path / "train.py").write_text(source)
        (tmp_path / "data.py").write_text(DATA)
        os.mkfifo(tmp_path / "shard")
        text = command.format(python=sys.executable)
        run = launch(ledger, text, str(tmp_path), "screen", environ)
        until(lambda: Path(run.log).read_bytes().count(b"THERE") >= there)
        return run

    return start


def settled(ledger: Ledger, run: Run, wanted: Callable[[Hang], object]) -> Hang:
    """The look in which every process has come to where it hangs."""

    def ask() -> Hang | None:
        found = stuck(ledger, run.run)
        return found if wanted(found) else None

    return until(ask)


def test_the_rank_that_reads_is_told_from_those_that_wait(
    ledger: Ledger, hang: Callable[..., Run], propel: Callable[..., Any]
) -> None:
    run = hang(THREE, there=3)
    found = settled(ledger, run, lambda one: "rank 2 is elsewhere" in one.text)
    # Python 3.10 does not tell the class of a function.
    name = "Event.wait" if sys.version_info >= (3, 11) else "wait"
    assert found.text == (
        f"Ranks 0, 1 wait in {name} at train.py:5; rank 2 is elsewhere: data.py:2 (opening a file)."
    )
    odd, usual = found.groups[:2]
    assert (odd.ranks, odd.is_odd, odd.at and odd.at.file) == ((2,), True, "data.py")
    assert (usual.ranks, usual.is_odd, len(usual.pids)) == ((0, 1), False, 2)
    assert [one.function for one in odd.frames] == ["<module>", "main", "load"]
    assert odd.frames[-1].code == "with open(path) as stream:"

    said = json.loads(propel("stuck", run.run, "--json").stdout)
    assert said["text"] == found.text
    assert said["groups"][0]["ranks"] == [2]
    text = propel("stuck", run.run).stdout
    assert text.startswith(found.text)
    assert "> data.py:2 in load   with open(path) as stream:" in text


def test_nothing_is_stopped_changed_or_left(ledger: Ledger, hang: Callable[..., Run]) -> None:
    run = hang(THREE, there=3)
    found = settled(ledger, run, lambda one: len(one.groups[0].pids) < 3)
    pids = [pid for group in found.groups for pid in group.pids]
    over = threading.Event()
    traced: set[str] = set()

    def follow() -> None:
        while not over.is_set():
            for pid in pids:
                lines = Path(f"/proc/{pid}/status").read_text("ascii").splitlines()
                traced.update(line for line in lines if line.startswith(("TracerPid", "State")))

    thread = threading.Thread(target=follow)
    thread.start()
    stuck(ledger, run.run)
    over.set()
    thread.join()
    assert traced <= {"TracerPid:\t0", "State:\tS (sleeping)", "State:\tR (running)"}
    children = [processes.arguments(pid) for pid in processes.children(os.getpid())]
    assert not [words for words in children if any("py-spy" in word for word in words)]


def test_one_process_that_goes_on_is_not_stuck(ledger: Ledger, hang: Callable[..., Run]) -> None:
    steps = "\n".join(f"    total += {number}\n    time.sleep(0.01)" for number in range(40))
    source = f"import time\nprint('THERE', flush=True)\ntotal = 0\nwhile True:\n{steps}\n"
    run = hang("{python} train.py", source)
    found = settled(ledger, run, lambda one: one.groups and one.groups[0].moves)
    assert found.text.startswith(
        "It is not stuck at one line: it went on between two looks, now at train.py:"
    )


def test_a_stopped_process_says_so(ledger: Ledger, hang: Callable[..., Run]) -> None:
    run = hang("{python} train.py")
    found = settled(ledger, run, lambda one: one.groups[0].at and one.groups[0].at.line == 5)
    (pid,) = found.groups[0].pids
    os.kill(pid, signal.SIGSTOP)
    until(lambda: processes.is_stopped(pid))
    assert "is stopped by a signal or a debugger at train.py:5" in stuck(ledger, run.run).text
    os.kill(pid, signal.SIGCONT)


def test_names_that_would_move_a_cursor_are_shown_plainly(
    ledger: Ledger, hang: Callable[..., Run]
) -> None:
    source = (
        "code = 'import time\\nprint(\"THERE\", flush=True)\\ntime.sleep(60)\\n'\n"
        "exec(compile(code, '/x/\\x1b[2J\\n](command:x).py', 'exec'))\n"
    )
    run = hang("{python} train.py", source)
    found = stuck(ledger, run.run)
    shown = found.text + "".join(one.file + one.function for one in found.groups[0].frames)
    assert "\x1b" not in shown
    assert "\n" not in shown
    assert found.groups[0].at is not None
    assert found.groups[0].at.file == "train.py"


def test_the_flight_recorders_dumps_are_read(
    ledger: Ledger, hang: Callable[..., Run], tmp_path: Path
) -> None:
    run = hang(f"export TORCH_FR_DUMP_TEMP_FILE={tmp_path}/fr_; {THREE}", there=3)
    for rank in range(3):
        call = {
            "collective_seq_id": 4 if rank < 2 else 3, "profiling_name": "nccl:all_reduce",
            "process_group": ("0", "default_pg"), "state": "started", "retired": rank == 2,
            "frames": [{"filename": str(tmp_path / "train.py"), "line": 5, "name": "meet"}],
        }  # fmt: skip
        (tmp_path / f"fr_{rank}").write_bytes(pickle.dumps({"entries": [call]}, protocol=2))
    (said,) = stuck(ledger, run.run).recorder
    assert said == (
        "Flight Recorder, group default_pg: ranks 0, 1 are in all_reduce number 4 (train.py:5); "
        "rank 2 last finished all_reduce number 3 (train.py:5)."
    )
    (tmp_path / "fr_2").write_bytes(b"\x80\x02cposix\nsystem\nX\x01\x00\x00\x00x\x85R.")
    assert "asks for posix.system" in stuck(ledger, run.run).recorder[-1]


def test_a_run_without_python_and_one_that_has_ended(
    ledger: Ledger, environ: dict[str, str], tmp_path: Path
) -> None:
    run = launch(ledger, "sleep 60", str(tmp_path), "screen", environ)

    def refused() -> bool:
        with pytest.raises(Problem, match=r"No Python process runs") as caught:
            stuck(ledger, run.run)
        return "sleep" in caught.value.cause

    until(refused)
    kill(ledger, run.run, grace_s=0.2)
    with pytest.raises(Problem, match=r"has ended \(killed\).*diagnose"):
        stuck(ledger, run.run)
    with pytest.raises(Problem, match="propel-helper runs"):
        stuck(ledger, "nothing")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_what_the_system_forbids_is_told_from_a_failure(short_folder: Path) -> None:
    real = py_spy.program(short_folder)
    other = short_folder / "other"
    other.write_text(
        f'#!/bin/sh\nexec setpriv --reuid 65534 --clear-groups {short_folder}/py-spy "$@"\n'
    )
    shutil.copy(real, short_folder / "py-spy")
    for path in (short_folder, other):
        path.chmod(0o755)
    sleeper = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        (denied,) = py_spy.spy(other, (sleeper.pid,))
        (gone,) = py_spy.spy(real, (2**22 + 1,))
    finally:
        sleeper.kill()
        sleeper.wait()
    assert (denied.denied, denied.threads) == (True, ())
    assert (gone.denied, bool(gone.error)) == (False, True)
    assert "\n" not in gone.error


def test_a_run_that_may_not_be_looked_into(
    ledger: Ledger, hang: Callable[..., Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = hang("{python} train.py")
    refused = py_spy.Spied((), "Permission denied (os error 13)", denied=True)
    monkeypatch.setattr("propel_helper.app.stuck.spy", lambda _, pids: (refused,) * len(pids))
    barrier = tracing.Barrier("ada", "ada", 1, contained=False)
    monkeypatch.setattr(tracing, "forbidden", lambda pid: tracing.told(pid, barrier))
    with pytest.raises(Problem, match=r"ptrace_scope is 1\. Run `sudo sysctl"):
        stuck(ledger, run.run)
    monkeypatch.setattr(tracing, "forbidden", lambda _: None)
    with pytest.raises(Problem, match="only root look into process"):
        stuck(ledger, run.run)


def test_a_program_that_lost_its_mark_is_mended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = py_spy.program(tmp_path)
    lost = tmp_path / "py-spy"
    shutil.copyfile(real, lost)
    lost.chmod(0o644)
    monkeypatch.setattr(py_spy, "_BUNDLED", lost)
    found = py_spy.program(tmp_path / "state")
    assert subprocess.run([found, "--version"], check=False).returncode == 0

    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    lost.chmod(0o644)
    monkeypatch.setattr(Path, "chmod", refuse)
    with pytest.raises(Problem, match="chmod \\+x"):
        py_spy.program(tmp_path / "state")
