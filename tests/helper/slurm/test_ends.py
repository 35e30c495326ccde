"""What becomes of a job is told with the evidence: by Slurm, and by the log once it has forgotten."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from propel_helper.app.launch import kill, launch, restart
from propel_helper.app.runs import look
from propel_helper.app.stuck import stuck
from propel_helper.app.watch import Watch
from propel_helper.app.watched import Watched
from propel_helper.facts.end_mark import EndMark
from propel_helper.facts.problem import Problem
from propel_helper.facts.run import Run, RunState
from propel_helper.runs.ledger import Ledger
from propel_helper.runs.mark import find_mark
from propel_helper.sessions import named
from propel_helper.sessions.port import Held
from propel_helper.sessions.scheduler import Account, Scheduler
from tests.helper.conftest import over, printed, until
from tests.helper.slurm.cluster import Cluster
from tests.helper.slurm.conftest import job_of

HOG = "python3 -c 'x = b\"x\" * 300_000_000; import time; time.sleep(60)'"

Submit = Callable[..., Run]
Ended = Callable[[Run], Run]


@pytest.fixture(scope="module", autouse=True)
def limited(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> tuple[Ledger, Run]:
    """A job whose time is up at once. Slurm looks every 30 s: it ends while others are tested."""
    folder = tmp_path_factory.mktemp("limited")
    environ = cluster.environ() | {"XDG_STATE_HOME": str(folder)}
    ledger = Ledger.of(environ)
    run = launch(ledger, "echo up; sleep 300", str(folder), "slurm", environ, "--time=1 --mem=20")
    until(lambda: "up" in printed(run))
    cluster.run("scontrol", "update", f"jobid={job_of(run)}", "EndTime=now")
    return ledger, run


def runs_now(ledger: Ledger, run: Run) -> bool:
    return "runs on n" in look(ledger, run.run).reason


def forgotten(ledger: Ledger, run: Run) -> Account | None:
    """What is told of a run once Slurm has forgotten its job."""
    backend = named("slurm")
    assert isinstance(backend, Scheduler)
    record = ledger.record(run.run)
    assert record is not None
    assert record.last.window is not None
    mark = find_mark(Path(run.log), record.last.nonce)
    finish = EndMark(mark.exit_status, mark.ended, mark.offset) if mark else None
    # The controller that is asked knows its jobs, but none of this name.
    held = Held(**{**vars(record.last.window), "session": "propel-train-another"})
    return backend.account(held, Path(run.log), finish)


def test_waits_for_resources_then_runs_then_succeeds(
    submit: Submit, ended: Ended, ledger: Ledger
) -> None:
    full = submit("echo up; sleep 300", "--nodelist=n2 --exclusive")
    until(lambda: "up" in printed(full))
    waiting = submit("echo done", "--nodelist=n2 --exclusive")
    until(lambda: "(" in look(ledger, waiting.run).reason)
    seen = look(ledger, waiting.run)
    assert seen.state is RunState.RUNNING
    assert re.match(
        rf"Waiting for resources \((Resources|Priority)\), Slurm job {job_of(waiting)}[.;]",
        seen.reason,
    )
    kill(ledger, full.run)
    done = ended(waiting)
    assert (done.state, done.exit_status, printed(done)) == (RunState.SUCCEEDED, 0, "done\n")
    assert done.ended is not None


def test_held(submit: Submit, ledger: Ledger, cluster: Cluster) -> None:
    run = submit("true", "--hold")
    until(lambda: "JobHeldUser" in look(ledger, run.run).reason)
    assert f"`scontrol release {job_of(run)}`" in look(ledger, run.run).reason
    cluster.run("scancel", job_of(run))
    seen = until(lambda: over(ledger, run.run))
    assert (seen.state, seen.exit_status) == (RunState.KILLED, None)
    assert "CANCELLED" in seen.reason


def test_failed(submit: Submit, ended: Ended) -> None:
    run = ended(submit("python3 -c 'raise ValueError(1)'"))
    assert (run.state, run.exit_status) == (RunState.FAILED, 1)
    assert "ValueError: 1" in printed(run)


def test_failed_with_its_log_gone(submit: Submit, ended: Ended) -> None:
    run = submit("echo up; until [ -e go ]; do sleep 0.1; done; exit 6")
    until(lambda: "up" in printed(run))
    Path(run.log).unlink()
    (Path(run.cwd) / "go").touch()
    seen = ended(run)
    assert (seen.state, seen.exit_status) == (RunState.FAILED, 6)
    assert "FAILED, exit code 6:0" in seen.reason


SAVES = "trap 'sleep 0.5; echo saved; exit 0' TERM; echo up; sleep 300 & wait"


@pytest.mark.parametrize("text", ["echo up; exec sleep 300", SAVES])
def test_cancelled_from_outside(
    text: str, submit: Submit, ended: Ended, ledger: Ledger, cluster: Cluster
) -> None:
    """Also when the text takes the signal and ends well. KillWait would outlast this test."""
    run = submit(text)
    until(lambda: "up" in printed(run))
    cluster.run("scancel", job_of(run))
    seen = ended(run)
    assert (seen.state, seen.exit_status) == (RunState.KILLED, None)
    assert f"Slurm job {job_of(run)} was cancelled with scancel (CANCELLED)" in seen.reason
    told = until(lambda: forgotten(ledger, run))
    assert told.state is RunState.KILLED
    assert "`CANCELLED AT 2" in told.reason
    assert told.ended == seen.ended
    if text is SAVES:
        # Slurm calls a job cancelled while its text still takes the signal.
        until(lambda: "saved" in printed(run))


def test_ended_by_you(submit: Submit, ledger: Ledger, cluster: Cluster) -> None:
    bystander = submit("sleep 300")
    run = submit("sleep 300")
    until(lambda: runs_now(ledger, run) and runs_now(ledger, bystander))
    seen = kill(ledger, run.run, grace_s=20)
    assert seen.state is RunState.KILLED
    assert seen.reason.startswith(f"Ended by you. Slurm job {job_of(run)} was cancelled")
    left = cluster.run("squeue", "-h", "-o", "%A").split()
    assert job_of(run) not in left
    assert job_of(bystander) in left
    assert look(ledger, bystander.run).state is RunState.RUNNING


def test_what_ignores_sigterm_is_still_being_ended(submit: Submit, ledger: Ledger) -> None:
    run = submit("trap '' TERM; echo up; until [ -e go ]; do sleep 0.1; done")
    until(lambda: "up" in printed(run))
    seen = kill(ledger, run.run, grace_s=0.2)
    assert (seen.state, seen.reason) == (
        RunState.RUNNING,
        f"Slurm is ending job {job_of(run)}.",
    )
    (Path(run.cwd) / "go").touch()
    seen = until(lambda: over(ledger, run.run))
    assert seen.reason.startswith("Ended by you.")


def test_more_memory_than_asked_for(submit: Submit, ended: Ended, ledger: Ledger) -> None:
    run = ended(submit(HOG, "--mem=50"))
    assert (run.state, run.exit_status) == (RunState.KILLED, 137)
    assert run.reason.startswith(f"Out of memory: Slurm job {job_of(run)} used more than it had")
    assert "exceeded memory limit (" in run.reason
    told = forgotten(ledger, run)
    assert told is not None
    assert told.reason.startswith("Out of memory")


def test_killed_by_a_signal_of_its_own(submit: Submit, ended: Ended) -> None:
    run = ended(submit("kill -9 $$"))
    assert (run.state, run.exit_status) == (RunState.KILLED, 137)
    assert "memory" not in run.reason


def test_a_node_fails(submit: Submit, ended: Ended, ledger: Ledger, cluster: Cluster) -> None:
    run = submit("echo up; sleep 300", "--nodelist=n2 --no-requeue")
    until(lambda: "up" in printed(run))
    cluster.run("scontrol", "update", "nodename=n2", "state=down", "reason=test")
    try:
        seen = ended(run)
    finally:
        until(lambda: "idle" in cluster.run("sinfo", "-h", "-n", "n2", "-o", "%T") or
              cluster.run("scontrol", "update", "nodename=n2", "state=resume"))  # fmt: skip
    assert (seen.state, seen.exit_status) == (RunState.LOST, None)
    assert seen.reason == f"n2 failed while Slurm job {job_of(run)} ran on it (NODE_FAIL)."
    told = until(lambda: forgotten(ledger, run))
    assert "DUE TO NODE FAILURE" in told.reason


def test_put_back_into_the_queue(submit: Submit, ledger: Ledger, cluster: Cluster) -> None:
    """A mark of the start before does not count."""
    run = submit("echo up; sleep 0.3; exit 3")
    until(lambda: find_mark(Path(run.log), nonce(ledger, run)))
    until(lambda: "FAILED" in cluster.run("scontrol", "show", "job", job_of(run)))
    cluster.run("scontrol", "requeue", job_of(run))
    seen = look(ledger, run.run)
    assert seen.state is RunState.RUNNING
    assert seen.reason.startswith("Waiting for resources (")
    assert kill(ledger, run.run).state is RunState.KILLED


def test_put_back_into_the_queue_while_it_runs(
    submit: Submit, ledger: Ledger, cluster: Cluster
) -> None:
    """What a cluster does to make room: no end, and no mark that would look like one."""
    run = submit("trap 'sleep 0.5; exit 0' TERM; echo up; while :; do sleep 0.1; done")
    until(lambda: "up" in printed(run))
    cluster.run("scontrol", "requeue", job_of(run))
    until(lambda: b"DUE TO JOB REQUEUE" in Path(run.log).read_bytes())
    until(lambda: "(BeginTime), Slurm job" in look(ledger, run.run).reason)
    assert look(ledger, run.run).state is RunState.RUNNING
    assert find_mark(Path(run.log), nonce(ledger, run)) is None
    assert kill(ledger, run.run).state is RunState.KILLED


def nonce(ledger: Ledger, run: Run) -> str:
    record = ledger.record(run.run)
    assert record is not None
    return record.last.nonce


def test_found_again_after_a_launch_that_was_cut_off(
    submit: Submit, ended: Ended, ledger: Ledger, environ: dict[str, str]
) -> None:
    """The record ends before the line that names the job."""
    run = ended(submit("echo first"))
    again = restart(ledger, run.run, environ, "echo second; exit 5")
    events = ledger.folder_of(run.run) / "events.jsonl"
    lines = events.read_text().splitlines(keepends=True)
    last = max(index for index, line in enumerate(lines) if '"started"' in line)
    events.write_text("".join(lines[:last]))
    seen = ended(again)
    assert (job_of(seen), seen.exit_status) == (job_of(again), 5)


def test_attach_opens_a_shell_in_the_job(
    submit: Submit, ledger: Ledger, propel: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    run = submit("echo up; sleep 60", "--nodes=2")
    until(lambda: runs_now(ledger, run))
    assert run.attach.endswith(f"srun --jobid {job_of(run)} --overlap -N1 -n1 --pty bash")
    told = propel("attach", run.run)
    assert (told.returncode, run.attach.partition("srun")[2] in told.stderr) == (2, True)
    typed = run.attach.removesuffix("bash") + "bash -c 'echo job=$SLURM_JOB_ID'"
    shell = subprocess.run(
        ["script", "-qec", typed, "/dev/null"],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30, check=True,
    )  # fmt: skip
    assert shell.stdout.count(f"job={job_of(run)}") == 1
    assert run.list.endswith("squeue -u $USER")
    subprocess.run(["bash", "-c", run.kill], check=True, timeout=30)
    assert until(lambda: over(ledger, run.run)).state is RunState.KILLED
    gone = propel("attach", run.run)
    assert gone.returncode == 2
    assert "is gone. Its output is still there" in gone.stderr


class Told:
    """Collects what a watch tells."""

    def __init__(self) -> None:
        self.reasons: list[str] = []
        self.over: list[RunState] = []

    def changed(self, watched: Watched) -> None:
        self.reasons.append(watched.run.reason)

    def ended(self, watched: Watched) -> None:
        self.over.append(watched.run.state)

    def gone(self, run: str) -> None:
        """Nothing is removed here."""


def test_an_editor_is_told_when_it_waits_no_more(
    submit: Submit, ledger: Ledger, cluster: Cluster, tmp_path: Path
) -> None:
    told = Told()
    watch = Watch(ledger, (str(tmp_path),), told, lambda _: None)
    watch.start()
    try:
        run = submit("sleep 300", "--hold")
        until(lambda: any("JobHeldUser" in reason for reason in told.reasons))
        cluster.run("scontrol", "release", job_of(run))
        until(lambda: any("runs on n" in reason for reason in told.reasons))
        assert told.over == []
        cluster.run("scancel", job_of(run))
        until(lambda: told.over)
        assert told.over == [RunState.KILLED]
    finally:
        watch.close()


def test_time_limit(limited: tuple[Ledger, Run], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.helper.conftest.DEADLINE_S", 90.0)
    ledger, run = limited
    seen = until(lambda: over(ledger, run.run))
    assert (seen.state, seen.exit_status) == (RunState.KILLED, None)
    assert seen.reason == f"Time limit: Slurm ended job {job_of(run)} after its 00:01:00 (TIMEOUT)."
    told = until(lambda: forgotten(ledger, run))
    assert told.reason.startswith("Time limit: its log says `CANCELLED AT 2")
    assert Path(run.log).stat().st_size > 0


def test_why_a_job_is_stuck_is_read_where_it_runs(
    submit: Submit, ledger: Ledger, tmp_path: Path
) -> None:
    (tmp_path / "train.py").write_text("import time\nprint('up', flush=True)\ntime.sleep(60)\n")
    run = submit("python3 train.py")
    until(lambda: "up" in printed(run))
    until(lambda: stuck(ledger, run.run).text == "The process sleeps at train.py:3.")
    kill(ledger, run.run)
    waiting = submit("python3 train.py", "--hold")
    with pytest.raises(Problem, match=rf"No process of job {job_of(waiting)} is on this host"):
        stuck(ledger, waiting.run)
