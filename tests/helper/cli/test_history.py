"""`show`, `runs --search` and `prune` on real runs."""

from __future__ import annotations

import json
import os
import pty
import shlex
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from propel_helper.app.launch import kill, restart
from propel_helper.app.prune import candidates, remove
from propel_helper.app.runs import look
from propel_helper.facts.problem import Problem
from propel_helper.facts.run import Run
from propel_helper.runs.ledger import EVENTS, Ledger
from tests.helper.conftest import until

Propel = Callable[..., "subprocess.CompletedProcess[str]"]
Start = Callable[[str], Run]


@pytest.fixture
def backend() -> str:
    """What holds a run does not matter here."""
    return "screen"


def asked(propel: Propel, *arguments: str) -> Any:
    answer = propel(*arguments, "--json")
    assert "Traceback" not in answer.stderr, answer.stderr
    return json.loads(answer.stdout)


def typed(environ: dict[str, str], answer: str, *arguments: str) -> tuple[str, int]:
    """What ``propel-helper`` shows on a terminal where ``answer`` is typed, and its status."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "propel_helper", *arguments]
    process = subprocess.Popen(command, env=environ, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    os.write(ours, answer.encode() + b"\n")
    shown = b""
    while True:
        try:
            shown += os.read(ours, 4096)
        except OSError:
            break
    os.close(ours)
    return shown.decode(), process.wait(30)


def test_show(propel: Propel, start: Start, ended: Callable[[Run], Run], ledger: Ledger) -> None:
    command = f"{shlex.quote(sys.executable)} -c 'import time; time.sleep(1.5); exit(3)' # \x1b[31m"
    run = start(command)
    until(lambda: look(ledger, run.run).observed)
    shown = propel("show", run.run)
    assert shown.returncode == 0, shown.stderr
    lines = shown.stdout.splitlines()
    assert any(line.startswith("Confirmed ") for line in lines)
    assert any(line.startswith("Really runs ") and "time.sleep(1.5)" in line for line in lines)
    assert f"in {run.cwd}, process" in shown.stdout
    assert "\x1b" not in shown.stdout
    assert run.attach in shown.stdout
    ended(run)
    (attempt,) = asked(propel, "show", run.log)["attempts"]
    assert (attempt["state"], attempt["exit_status"], attempt["command"]) == ("failed", 3, command)
    assert attempt["python"] == sys.executable
    assert attempt["observed"]["python"] == sys.executable
    assert attempt["observed"]["cwd"] == run.cwd
    assert "Really ran" in propel("show", run.run).stdout


def test_show_of_several_attempts(
    propel: Propel,
    start: Start,
    ended: Callable[[Run], Run],
    ledger: Ledger,
    environ: dict[str, str],
) -> None:
    run = ended(start("exit 4"))
    ended(restart(ledger, run.run, environ, "exit 0"))
    shown = asked(propel, "show", run.run)
    told = [(one["attempt"], one["state"], one["exit_status"]) for one in shown["attempts"]]
    assert told == [(1, "failed", 4), (2, "succeeded", 0)]
    assert (shown["run"], shown["attempt"], shown["state"]) == (run.run, 2, "succeeded")


def test_search(propel: Propel, start: Start, ended: Callable[[Run], Run]) -> None:
    good, bad = ended(start("true # ResNet on CIFAR")), ended(start("exit 9 # resnet"))
    for text, found in (
        ("resnet", [bad.run, good.run]),
        ("cifar RESNET", [good.run]),
        ("resnet failed", [bad.run]),
        (bad.run, [bad.run]),
        ("", [bad.run, good.run]),
        ("transformer", []),
    ):
        assert [one["run"] for one in asked(propel, "runs", "--search", text)] == found
    assert "None of 2 runs" in propel("runs", "--search", "x\x1b[2J").stdout


def dead(ledger: Ledger, *runs: Run) -> None:
    """End the sessions that the runs have left."""
    for run in runs:
        kill(ledger, run.run)


def moved_back(ledger: Ledger, run: Run, days: float) -> None:
    """Make a run's record ``days`` days old."""
    path = ledger.folder_of(run.run) / EVENTS
    events = [json.loads(line) for line in path.read_text().splitlines()]
    for event in events:
        event["time"] -= days * 86400
        if event.get("ended"):
            event["ended"] -= days * 86400
    path.write_text("".join(json.dumps(event) + "\n" for event in events))


def test_prune_removes_only_what_is_over(
    propel: Propel, start: Start, ended: Callable[[Run], Run], ledger: Ledger
) -> None:
    over, shell, runs = ended(start("echo hi; exit 1")), ended(start("true")), start("sleep 60")
    dead(ledger, over)
    refused = propel("prune")
    assert refused.returncode == 2
    assert "Remove the records and logs of 1 run (" in refused.stderr
    assert "Say yes with --yes." in refused.stderr
    assert f"{shell.run:<20} succeeded" in refused.stdout
    assert f"Its session {shell.session} is alive." in refused.stdout
    assert runs.run not in refused.stdout.split()
    assert Path(over.log).exists()
    told = asked(propel, "prune", "--yes")
    assert (told["runs"], told["removed"]) == ([over.run], [over.run])
    assert told["bytes"] > 100
    assert [one["run"] for one in told["kept"]] == [shell.run]
    assert sorted(path.name for path in ledger.folder.iterdir()) == sorted([shell.run, runs.run])
    assert list(ledger.folder.parent.iterdir()) == [ledger.folder]
    again = propel("prune", "--yes")
    assert (again.returncode, "nothing to remove" in again.stdout) == (0, True)
    assert propel("show", over.run).returncode == 2


def test_prune_by_age_and_number(
    propel: Propel, start: Start, ended: Callable[[Run], Run], ledger: Ledger
) -> None:
    old, middle, new = (ended(start("true")) for _ in range(3))
    dead(ledger, old, middle, new)
    moved_back(ledger, old, 40)
    moved_back(ledger, middle, 10)
    for options, going in (
        (("--older-than", "30"), [old.run]),
        (("--older-than", "5"), [old.run, middle.run]),
        (("--older-than", "5", "--keep", "2"), [old.run]),
        (("--keep", "3"), []),
    ):
        assert asked(propel, "prune", *options)["runs"] == going
    for wrong in (("--older-than", "-1"), ("--older-than", "nan"), ("--keep", "-1")):
        assert propel("prune", *wrong, "--yes").returncode == 2
    assert len(list(ledger.records())) == 3


def test_prune_asks(
    environ: dict[str, str], start: Start, ended: Callable[[Run], Run], ledger: Ledger
) -> None:
    run = ended(start("true"))
    dead(ledger, run)
    shown, status = typed(environ, "", "prune")
    assert (status, "Nothing was removed." in shown) == (1, True)
    assert ledger.record(run.run)
    shown, status = typed(environ, "y", "prune")
    assert (status, "Removed 1 run (" in shown) == (0, True)
    assert ledger.record(run.run) is None


def test_a_run_that_was_restarted_meanwhile_stays(
    start: Start, ended: Callable[[Run], Run], ledger: Ledger, environ: dict[str, str]
) -> None:
    run = ended(start("true"))
    dead(ledger, run)
    assert [one.run.run for one in candidates(ledger, 0, 0)] == [run.run]
    restart(ledger, run.run, environ, "sleep 60")
    with pytest.raises(Problem, match="was not removed"):
        remove(ledger, run.run)
    assert look(ledger, run.run).attempt == 2


def test_two_prunes_at_once(start: Start, ended: Callable[[Run], Run], ledger: Ledger) -> None:
    runs = [ended(start("true")) for _ in range(3)]
    dead(ledger, *runs)
    failed: list[BaseException] = []

    def prune() -> None:
        try:
            for run in runs:
                remove(ledger, run.run)
        except Problem as problem:
            failed.append(problem)

    threads = [threading.Thread(target=prune) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (failed, list(ledger.records())) == ([], [])


def test_originals_of_fixed_files_go_with_the_run(
    start: Start, ended: Callable[[Run], Run], ledger: Ledger
) -> None:
    run = ended(start("true"))
    dead(ledger, run)
    ledger.write(run.run, "fix-1-1.before", b"x" * 100_000)
    (one,) = candidates(ledger, 0, 0)
    assert one.size > 100_000
    remove(ledger, run.run)
    assert not ledger.folder_of(run.run).exists()


def test_a_run_of_another_host_stays(
    start: Start, ended: Callable[[Run], Run], ledger: Ledger
) -> None:
    run = ended(start("true"))
    dead(ledger, run)
    events = ledger.folder_of(run.run) / EVENTS
    record = ledger.record(run.run)
    assert record is not None
    events.write_text(events.read_text().replace(f'"host": "{record.host}"', '"host": "gpu7"'))
    (one,) = candidates(ledger, 0, 0)
    assert "gpu7" in one.kept
