"""A crash under the debugger, and a debugger in a run that runs: real debugpy, over DAP."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from propel_helper.app.debug import adapter_argv, debug, debug_plan
from propel_helper.app.debug_targets import targets
from propel_helper.app.launch import launch, restart
from propel_helper.app.repair import crashed
from propel_helper.app.runs import look
from propel_helper.facts.debugging import DebugPlan
from propel_helper.facts.problem import Problem
from propel_helper.facts.run import Run, RunState
from propel_helper.runs.ledger import Ledger
from tests.helper.conftest import over, until
from tests.helper.debugger.dap import Client, begin, configure, locals_at_stop

CRASHING = """\
def halve(batch):
    secret = "value %d" % len(batch)
    return batch["half"]

halve([1, 2])
"""

LOOPING = """\
import time

step = 0
while True:
    step += 1
    time.sleep(0.05)
    print("step", step, flush=True)
"""

LAUNCHER = """\
import os, subprocess, sys

ranks = [
    subprocess.Popen([sys.executable, "-u", "rank.py"], env={**os.environ, "RANK": str(rank)})
    for rank in range(2)
]
sys.exit(max(rank.wait() for rank in ranks))
"""

RANK = """\
import os, time

def work(mine):
    print("rank", mine, flush=True)
    time.sleep(float(os.environ.get("PAUSE", "0")))
    raise RuntimeError(mine)

work("of rank " + os.environ["RANK"])
"""

SPAWNING = """\
import multiprocessing

def work(index):
    mine = "child %d" % index
    raise RuntimeError(mine)

if __name__ == "__main__":
    child = multiprocessing.get_context("spawn").Process(target=work, args=(7,))
    child.start()
    child.join()
    raise SystemExit(child.exitcode)
"""


@pytest.fixture
def begun(ledger: Ledger, environ: dict[str, str], tmp_path: Path) -> Callable[[str], Run]:
    """Launch a text in screen."""
    return lambda text: launch(ledger, text, str(tmp_path), "screen", environ)


@pytest.fixture
def adapter() -> Iterator[Client]:
    """debugpy's adapter as the editor starts it; it is gone after the test."""
    client = Client.spawn(adapter_argv())
    yield client
    client.close()


def planned(ledger: Ledger, run: Run, environ: dict[str, str]) -> DebugPlan:
    return debug_plan(ledger, run.run, crashed(ledger, run.run).findings, environ)


def listen(client: Client, plan: DebugPlan) -> int:
    """Wait on the plan's port, as the editor does before the run is started."""
    number = begin(
        client,
        {"listen": {"host": plan.host, "port": plan.port}, "justMyCode": False, "subProcess": True},
    )
    assert client.event("debugpyWaitingForServer")["port"] == plan.port
    return number


def child_of(client: Client, **exceptions: Any) -> tuple[Client, int]:
    """The next child session, up and running, and its process."""
    configuration = client.child()
    child = Client.reach(configuration["connect"]["host"], configuration["connect"]["port"])
    number = begin(child, configuration)
    configure(child, **exceptions)
    child.answer(number)
    return child, configuration["subProcessId"]


def listeners(pids: set[int]) -> list[Any]:
    """Sockets that these processes listen on."""
    found = []
    for pid in pids:
        try:
            links = psutil.Process(pid).net_connections("tcp")
        except psutil.Error:
            continue
        found += [link for link in links if link.status == "LISTEN"]
    return found


def test_it_stops_at_the_crash_with_its_variables(
    ledger: Ledger,
    environ: dict[str, str],
    tmp_path: Path,
    begun: Callable[[str], Run],
    adapter: Client,
) -> None:
    (tmp_path / "train.py").write_text(CRASHING)
    text = f"{sys.executable} train.py"
    run = begun(text)
    first = until(lambda: over(ledger, run.run))
    plan = planned(ledger, run, environ)
    assert plan.confirmed == text
    assert plan.exception == ""
    assert plan.session == run.session
    number = listen(adapter, plan)

    again = debug(ledger, plan, environ)
    assert (again.attempt, again.command, again.debugged) == (2, text, plan.command)
    configure(adapter)
    adapter.answer(number)
    frame, variables = locals_at_stop(adapter)
    assert (frame["name"], frame["line"]) == ("halve", 3)
    assert variables["secret"] == "'value 2'"
    with pytest.raises(Problem, match="still runs"):
        debug_plan(ledger, run.run, (), environ)

    assert len(listeners({adapter.pid})) > 0
    adapter.ask("disconnect", terminateDebuggee=False)
    adapter.close()
    assert not psutil.pid_exists(adapter.pid)
    ended = until(lambda: over(ledger, run.run))
    assert ended.state is RunState.FAILED
    assert "TypeError" in Path(first.log).read_text("utf-8")
    assert first.log != ended.log
    (finding,) = crashed(ledger, run.run).findings
    assert finding.at is not None
    assert (finding.at.file, finding.at.line) == ("train.py", 3)
    assert [frame.file for frame in finding.frames if frame.user] == ["train.py", "train.py"]

    (tmp_path / "train.py").write_text("print('well')\n")
    restarted = restart(ledger, run.run, environ)
    assert (restarted.command, restarted.debugged) == (text, "")
    assert until(lambda: over(ledger, run.run)).state is RunState.SUCCEEDED


def test_each_rank_has_a_session_of_its_own(
    ledger: Ledger,
    environ: dict[str, str],
    tmp_path: Path,
    begun: Callable[[str], Run],
    adapter: Client,
) -> None:
    (tmp_path / "launcher.py").write_text(LAUNCHER)
    (tmp_path / "rank.py").write_text(RANK)
    run = begun(f"{sys.executable} launcher.py")
    until(lambda: over(ledger, run.run))
    plan = planned(ledger, run, environ)
    number = listen(adapter, plan)
    debug(ledger, plan, environ)
    configure(adapter)
    adapter.answer(number)

    children = dict(child_of(adapter)[::-1] for _ in range(2))
    called = {target.pid: target.name for target in targets(ledger, run.run)}
    assert sorted(called[pid] for pid in children) == ["rank 0", "rank 1"]
    assert "launcher" in called.values()
    details = {target.name: target.detail for target in targets(ledger, run.run)}
    assert details["rank 1"].startswith("rank.py · process ")
    assert details["launcher"].startswith("launcher.py · process ")
    for pid, child in children.items():
        frame, variables = locals_at_stop(child)
        assert frame["name"] == "work"
        assert variables["mine"] == f"'of {called[pid]}'"
    adapter.ask("disconnect", terminateDebuggee=False)
    for child in children.values():
        child.close()
    assert until(lambda: over(ledger, run.run)).state is RunState.FAILED
    adapter.close()
    assert listeners({*children, adapter.pid}) == []


def test_an_exception_that_what_started_the_code_only_reports(
    ledger: Ledger,
    environ: dict[str, str],
    tmp_path: Path,
    begun: Callable[[str], Run],
    adapter: Client,
) -> None:
    (tmp_path / "spawning.py").write_text(SPAWNING)
    run = begun(f"{sys.executable} spawning.py")
    until(lambda: over(ledger, run.run))
    plan = planned(ledger, run, environ)
    assert plan.exception == "RuntimeError"
    number = listen(adapter, plan)
    debug(ledger, plan, environ)
    everything = [{"names": ["Python Exceptions"]}]
    # What extension/src/debugger/configuration.ts asks for.
    options = [
        {"path": everything, "breakMode": "unhandled"},
        {"path": [*everything, {"names": [plan.exception]}], "breakMode": "userUnhandled"},
    ]
    configure(adapter, exceptionOptions=options)
    adapter.answer(number)
    sessions = [child_of(adapter, exceptionOptions=options)[0] for _ in range(2)]
    stopped = until(lambda: next((one for one in sessions if one.has_event("stopped")), None))
    frame, variables = locals_at_stop(stopped)
    assert (frame["name"].split()[0], variables["mine"]) == ("work", "'child 7'")
    adapter.ask("disconnect", terminateDebuggee=False)
    for one in sessions:
        one.close()
    until(lambda: over(ledger, run.run))


def test_a_debugger_enters_a_run_and_leaves_it_running(
    ledger: Ledger, tmp_path: Path, begun: Callable[[str], Run], adapter: Client
) -> None:
    (tmp_path / "loop.py").write_text(LOOPING)
    run = begun(f"{sys.executable} loop.py")
    (target,) = until(lambda: targets(ledger, run.run))
    assert (target.name, target.rank, target.problem) == ("loop.py", None, None)
    assert str(target.pid) in target.detail
    number = begin(adapter, {"processId": target.pid, "justMyCode": False, "subProcess": False})
    configure(adapter)
    adapter.answer(number)
    thread = adapter.ask("threads")["threads"][0]["id"]
    adapter.ask("pause", threadId=thread)
    stopped = adapter.event("stopped")
    frames = adapter.ask("stackTrace", threadId=stopped["threadId"])["stackFrames"]
    assert frames[0]["source"]["path"] == str(tmp_path / "loop.py")
    printed = Path(run.log).stat().st_size

    adapter.ask("disconnect")
    adapter.close()
    until(lambda: Path(run.log).stat().st_size > printed + 200)
    assert look(ledger, run.run).state is RunState.RUNNING
    assert listeners({target.pid, adapter.pid}) == []


def test_what_can_not_be_attached_to_is_told(ledger: Ledger, begun: Callable[[str], Run]) -> None:
    run = begun("sleep 60")
    assert targets(ledger, run.run) == ()
    over_run = begun("true")
    until(lambda: over(ledger, over_run.run))
    with pytest.raises(Problem, match="has ended"):
        targets(ledger, over_run.run)


def test_a_gdb_that_would_end_the_run_is_not_let_in(
    ledger: Ledger,
    tmp_path: Path,
    begun: Callable[[str], Run],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if sys.platform != "linux" or sys.version_info >= (3, 14):
        pytest.skip("no gdb is used here")
    gdb = tmp_path / "gdb"
    gdb.write_text('#!/bin/sh\necho "Couldn\'t write extended state status" >&2\nexit 1\n')
    gdb.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    (tmp_path / "loop.py").write_text(LOOPING)
    run = begun(f"{sys.executable} loop.py")
    (target,) = until(lambda: targets(ledger, run.run))
    assert "Couldn't write extended state status." in str(target.problem)
    assert look(ledger, run.run).state is RunState.RUNNING


def test_the_adapter_ends_with_an_editor_that_goes_without_a_word(
    ledger: Ledger, tmp_path: Path, begun: Callable[[str], Run]
) -> None:
    (tmp_path / "loop.py").write_text(LOOPING)
    run = begun(f"{sys.executable} loop.py")
    (target,) = until(lambda: targets(ledger, run.run))
    # A process between, which can be ended as an editor can.
    relay = "import subprocess, sys; sys.exit(subprocess.call(sys.argv[1:]))"
    editor = Client.spawn([sys.executable, "-c", relay, *adapter_argv()])
    (real,) = until(lambda: psutil.Process(editor.pid).children())
    number = begin(editor, {"processId": target.pid, "justMyCode": False})
    configure(editor)
    editor.answer(number)
    editor.ask("pause", threadId=editor.ask("threads")["threads"][0]["id"])
    editor.event("stopped")
    assert listeners({real.pid})
    printed = Path(run.log).stat().st_size
    psutil.Process(editor.pid).kill()
    until(lambda: not psutil.pid_exists(real.pid) or real.status() == psutil.STATUS_ZOMBIE)
    until(lambda: Path(run.log).stat().st_size > printed + 200)
