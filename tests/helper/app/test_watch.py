"""What an editor is told of runs: at once, truly, and once."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from propel_helper.app import telling
from propel_helper.app.launch import kill, launch, restart
from propel_helper.app.prune import remove
from propel_helper.app.runs import find
from propel_helper.app.watch import EXPLAINED_ON_RETURN, TOLD_ON_RETURN, Watch
from propel_helper.app.watched import Watched
from propel_helper.facts.problem import Problem
from propel_helper.facts.run import Run, RunState
from propel_helper.runs.ledger import Ledger
from propel_helper.sessions import processes
from tests.helper.conftest import until

Launch = Callable[[str], Run]
PYTHON = shlex.quote(sys.executable)
CAUGHT = """\
import logging, sys, time
from pathlib import Path
for step in range(2000):
    print(f"step {step} loss {1 / (step + 1):.4f}", flush=True)
    if step == 20:
        try:
            open("missing/never.txt")
        except OSError:
            logging.exception("could not read the cache, going on without it")
        while not Path("go").exists():
            time.sleep(0.02)
    if step == 60:
        while not Path("end").exists():
            time.sleep(0.02)
    if step == 61 and sys.argv[1:] == ["crash"]:
        open("missing/at_last.txt")
    if step == 61:
        break
"""
CRASH = "rows = [1]\nprint('step 1 loss 0.5')\nprint(rows[4])\n"


class Told:
    """A listener that keeps all it was told; of ends, those that it is the first to tell of.

    ``reachable``: whether a person can be told, who can't while the connection is lost.
    """

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.reachable = True
        self.changes: list[Watched] = []
        self.ends: list[Watched] = []
        self.removed: list[str] = []

    def changed(self, watched: Watched) -> None:
        self.changes.append(watched)

    def ended(self, watched: Watched) -> None:
        name = telling.end_of(watched.run.attempt)
        if self.reachable and telling.claim(self.ledger, watched.run.run, name):
            self.ends.append(watched)

    def gone(self, run: str) -> None:
        self.removed.append(run)

    def rules(self, run: Run) -> list[tuple[str, ...]]:
        """The rules of the findings of ``run``, after each change of them."""
        mine = [one for one in tuple(self.changes) if one.run.run == run.run]
        every = [tuple(found.rule for found in one.findings) for one in mine]
        return [now for now, before in zip(every, [(), *every], strict=False) if now != before]

    def now(self, run: Run) -> Watched:
        return next(one for one in reversed(self.changes) if one.run.run == run.run)


@pytest.fixture
def backend() -> str:
    return "screen"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "caught.py").write_text(CAUGHT)
    (folder / "crash.py").write_text(CRASH)
    return folder


@pytest.fixture
def run_it(ledger: Ledger, environ: dict[str, str], project: Path) -> Launch:
    """Launch in the project."""
    return lambda text: launch(ledger, text, str(project), "screen", environ)


@pytest.fixture
def looking(ledger: Ledger, project: Path) -> Iterator[Callable[[], tuple[Watch, Told]]]:
    """Open the project in an editor, as often as it is called."""
    watches = []

    def look() -> tuple[Watch, Told]:
        told = Told(ledger)
        watches.append(Watch(ledger, (str(project),), told, lambda _: None))
        watches[-1].start()
        return watches[-1], told

    yield look
    for watch in watches:
        watch.close()


Looking = Callable[[], "tuple[Watch, Told]"]


def test_a_traceback_that_training_outlives_is_withdrawn(
    run_it: Launch, looking: Looking, project: Path
) -> None:
    _, told = looking()
    run = run_it(f"{PYTHON} caught.py")
    until(lambda: told.rules(run))
    (project / "go").touch()
    until(lambda: told.rules(run)[-1] == ())
    (project / "end").touch()
    until(lambda: told.ends)
    assert told.now(run).run.state is RunState.SUCCEEDED
    assert told.rules(run)[1:] == [()]
    assert told.ends[0].findings == ()


def test_the_crash_after_a_traceback_that_was_outlived_is_the_one_that_counts(
    run_it: Launch, looking: Looking, project: Path
) -> None:
    (project / "go").touch()
    (project / "end").touch()
    _, told = looking()
    run = run_it(f"{PYTHON} caught.py crash")
    until(lambda: told.ends)
    (finding,) = told.now(run).findings
    assert "at_last.txt" in finding.message
    assert finding.at
    assert finding.at.line == 1 + CAUGHT.splitlines().index('        open("missing/at_last.txt")')


def test_a_dismissed_crash_stays_away(
    run_it: Launch, looking: Looking, ledger: Ledger, ended: Callable[[Run], Run]
) -> None:
    watch, told = looking()
    run = run_it(f"{PYTHON} crash.py")
    until(lambda: told.ends)
    ended(run)
    assert told.now(run).findings
    ledger.append(run.run, "dismissed", attempt=1)
    until(lambda: not told.now(run).findings)
    # What is written later is no reason to bring it back.
    kill(ledger, run.run)
    ledger.append(run.run, "killed", attempt=7)
    again, told_again = looking()
    until(lambda: again.one(run.run))
    time.sleep(0.5)
    for one, everything in ((watch, told), (again, told_again)):
        seen = one.one(run.run)
        assert seen is not None
        assert (seen.findings, everything.now(run).findings) == ((), ())
    assert told_again.ends == []


def test_a_restart_clears_the_crash(
    run_it: Launch,
    looking: Looking,
    ledger: Ledger,
    environ: dict[str, str],
    ended: Callable[[Run], Run],
) -> None:
    _, told = looking()
    run = run_it(f"{PYTHON} crash.py")
    until(lambda: told.ends)
    ended(run)
    restart(ledger, run.run, environ, "sleep 60")
    until(lambda: told.now(run).run.attempt == 2)
    assert (told.now(run).findings, told.now(run).run.state) == ((), RunState.RUNNING)
    kill(ledger, run.run, 0.2)
    until(lambda: len(told.ends) == 2)
    assert told.ends[1].findings == ()


@pytest.mark.parametrize("holder", ["screen", "tmux"])
def test_a_crash_whose_log_is_removed_while_it_runs(
    ledger: Ledger, environ: dict[str, str], project: Path, looking: Looking, holder: str
) -> None:
    """Its end is told, and nothing that can't be read any more is shown for ever."""
    _, told = looking()
    run = launch(ledger, f"{PYTHON} crash.py; sleep 60", str(project), holder, environ)
    until(lambda: told.rules(run))
    Path(run.log).unlink()
    until(lambda: told.rules(run)[-1] == ())
    record = find(ledger, run.run)
    assert record.last.window is not None
    for pid in processes.below(record.last.window.pid):
        os.kill(pid, 9)
    (end,) = until(lambda: told.ends)
    assert end.run.state in {RunState.LOST, RunState.FAILED, RunState.KILLED}


def test_a_run_whose_log_is_gone_hides_no_other(
    run_it: Launch, looking: Looking, ended: Callable[[Run], Run]
) -> None:
    older, newer = ended(run_it(f"{PYTHON} crash.py # 1")), ended(run_it("exit 5"))
    Path(newer.log).unlink()
    watch, told = looking()
    until(lambda: len(told.ends) == 2)
    assert told.now(older).findings
    assert [one.run.run for one in watch.runs()] == [newer.run, older.run]


def test_a_run_that_prints_all_the_time_hides_no_end(run_it: Launch, looking: Looking) -> None:
    _, told = looking()
    run_it("while true; do echo noise; sleep 0.02; done")
    quiet = run_it("sleep 60")
    until(lambda: len({one.run.run for one in told.changes}) == 2)
    time.sleep(0.5)
    subprocess.run(shlex.split(quiet.kill.partition(" ")[2]), check=True,
                   env=os.environ | {"SCREENDIR": quiet.kill.partition(" ")[0].partition("=")[2]})  # fmt: skip
    begun = time.monotonic()
    (end,) = until(lambda: told.ends)
    assert end.run.run == quiet.run
    assert time.monotonic() - begun < 10


def test_a_run_from_a_terminal_and_two_windows(
    propel: Callable[..., subprocess.CompletedProcess[str]],
    looking: Looking,
    project: Path,
    ledger: Ledger,
) -> None:
    """Whoever starts it, everybody sees it; its end is told by one of them."""
    first, second = looking(), looking()
    answer = propel("launch", "--cwd", "project", "--", f"{PYTHON} crash.py")
    assert answer.returncode == 0, answer.stderr
    until(lambda: first[1].ends + second[1].ends)
    (record,) = ledger.records()
    for watch, told in (first, second):
        until(partial(_explained, watch, record.run))
        seen = watch.one(record.run)
        assert seen
        assert (seen.run.state, seen.run.cwd) == (RunState.FAILED, str(project))
        assert told.now(seen.run).findings == seen.findings
    time.sleep(1.2)
    assert len(first[1].ends + second[1].ends) == 1


def test_an_end_that_reached_nobody_is_told_on_return(
    run_it: Launch, looking: Looking, ledger: Ledger, ended: Callable[[Run], Run]
) -> None:
    """An editor whose connection is lost goes on watching, here for hours."""
    watch, lost = looking()
    lost.reachable = False
    run = ended(run_it(f"{PYTHON} crash.py"))
    until(partial(_explained, watch, run.run))
    time.sleep(0.5)
    _, back = looking()
    (end,) = until(lambda: back.ends)
    assert (end.run.run, bool(end.findings), lost.ends) == (run.run, True, [])
    assert not telling.claim(ledger, run.run, telling.end_of(1))
    with pytest.raises(Problem, match="Nothing is told"):
        telling.claim(ledger, run.run, "../events.jsonl")


def _explained(watch: Watch, run: str) -> bool:
    """Whether the watch itself has findings of an end, without being asked for the run.

    The findings come with the traceback, which may be before the process has ended.
    """
    return any(
        one.run.run == run and one.run.state is not RunState.RUNNING and one.findings
        for one in watch.runs()
    )


def test_a_removed_run_goes(
    run_it: Launch, looking: Looking, ledger: Ledger, ended: Callable[[Run], Run]
) -> None:
    watch, told = looking()
    run = ended(run_it(f"{PYTHON} crash.py"))
    until(lambda: told.ends)
    kill(ledger, run.run)
    remove(ledger, run.run)
    until(lambda: watch.one(run.run) is None)
    assert told.removed == [run.run]


def past(ledger: Ledger, project: Path, number: int, output: bytes) -> str:
    """A run of long ago that crashed."""
    run = f"20240101-{number:06d}"
    ledger.create(run)
    launched = {"cwd": str(project), "backend": "screen", "name": run, "host": processes.host()}
    ledger.append(run, "launched", run=run, **launched)
    log = str(ledger.write(run, "attempt-1.log", output))
    ledger.append(
        run, "attempt", attempt=1, command=f"python crash.py {number}", log=log, text_file=log,
        nonce=f"{number:016x}", boot="",
    )  # fmt: skip
    ledger.append(
        run, "ended", attempt=1, state="failed", exit_status=1, reason="It ended.", ended=1.0
    )
    return run


def crash_log(project: Path) -> bytes:
    done = subprocess.run(
        [sys.executable, "crash.py"], cwd=project, capture_output=True, check=False
    )
    return done.stdout + done.stderr


def test_many_runs_of_long_ago(ledger: Ledger, project: Path, looking: Looking) -> None:
    """All are shown; the newest crashes are read at once, the others when somebody asks."""
    output = crash_log(project)
    runs = [past(ledger, project, number, output) for number in range(EXPLAINED_ON_RETURN + 5)]
    watch, told = looking()
    until(lambda: len([one for one in watch.runs() if one.findings]) == EXPLAINED_ON_RETURN)
    assert [one.run.run for one in watch.runs()] == runs[::-1]
    assert {one.run.run for one in watch.runs() if one.findings} == set(runs[5:])
    assert [one.run.run for one in told.ends] == runs[: -TOLD_ON_RETURN - 1 : -1]
    oldest = watch.one(runs[0])
    assert oldest is not None
    assert oldest.findings == watch.runs()[0].findings
    _, again = looking()
    until(lambda: len(again.changes) == len(runs) + EXPLAINED_ON_RETURN)
    assert again.ends == []


def test_the_end_of_a_large_log_is_enough(
    ledger: Ledger, project: Path, looking: Looking, monkeypatch: pytest.MonkeyPatch
) -> None:
    noise = b"step 1 loss 0.5 lr 0.1\r\n" * 1_000_000
    output = crash_log(project)
    small, large = past(ledger, project, 1, output), past(ledger, project, 2, noise + output)
    whole = []
    read_whole = Watched.read_whole

    def noted(self: Watched) -> Watched:
        whole.append(self.run.run)
        return read_whole(self)

    monkeypatch.setattr(Watched, "read_whole", noted)
    watch, _ = looking()
    until(lambda: all(one.findings for one in watch.runs()) and watch.runs())
    first, second = watch.one(small), watch.one(large)
    assert first
    assert second
    assert second.findings == first.findings
    assert whole == [small]


@pytest.mark.parametrize("rest", [0.0, 1.2])
@pytest.mark.parametrize("new", [False, True])
def test_a_log_that_is_moved_aside_is_followed_to_its_crash(
    run_it: Launch,
    looking: Callable[[], tuple[Watch, Told]],
    project: Path,
    rest: float,
    *,
    new: bool,
) -> None:
    """screen goes on under the first name when it writes in a later second; tmux never does."""
    _, told = looking()
    run = run_it(f"{PYTHON} -u caught.py crash")
    (project / "go").touch()
    log = Path(run.log)
    until(lambda: b"step 60 " in log.read_bytes())
    time.sleep(rest)
    moved = log.rename(f"{log}.1")
    if new:
        log.touch()
    # Long enough for the part that was moved to be found and followed.
    time.sleep(2 * rest)
    (project / "end").touch()
    (over,) = until(lambda: told.ends)
    assert (over.run.state, over.run.exit_status) == (RunState.FAILED, 1)
    written = log.exists() and log.stat().st_size > 0
    assert over.run.log == str(log if written else moved)
    assert [found.rule for found in over.findings] == ["missing-input-file"]
