"""Slurm that is not there, does not answer, or has forgotten: said at once, nothing hangs."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from propel_helper.app.launch import attach_argv, kill, launch
from propel_helper.app.plan import plan
from propel_helper.app.runs import look
from propel_helper.app.steps import run_step
from propel_helper.facts.problem import Problem
from propel_helper.facts.run import Run, RunState
from propel_helper.runs.ledger import Ledger
from propel_helper.sessions import named, slurm_queue
from propel_helper.sessions.port import Unavailable
from tests.helper.conftest import over, printed, until
from tests.helper.slurm.cluster import Cluster, found
from tests.helper.slurm.conftest import job_of

Submit = Callable[..., Run]
Propel = Callable[..., subprocess.CompletedProcess[str]]

SOON_S = 8.0
"""Slurm's own programs try for 9 to 18 s when nobody listens."""


@pytest.fixture
def down(cluster: Cluster) -> Iterator[Callable[[], None]]:
    """Ends the controller; it is back after the test."""
    yield cluster.controller_down
    cluster.controller_down()
    cluster.controller_up()


def test_no_sbatch(environ: dict[str, str], tmp_path: Path) -> None:
    problem = named("slurm").unavailable(environ | {"PATH": str(tmp_path)})
    assert isinstance(problem, Unavailable)
    assert not problem.present
    assert str(problem) == (
        "Slurm's sbatch is not on this host. Launch from a login node of your cluster, or choose "
        "screen or tmux."
    )


def test_no_configuration(environ: dict[str, str]) -> None:
    problem = named("slurm").unavailable(environ | {"SLURM_CONF": "/nowhere/slurm.conf"})
    assert isinstance(problem, Unavailable)
    assert "/nowhere/slurm.conf" in str(problem)


def test_nothing_is_picked_silently(environ: dict[str, str], tmp_path: Path) -> None:
    """Not even where neither screen nor tmux is."""
    for name in ("sbatch", "scontrol", "squeue"):
        (tmp_path / name).symlink_to(found(name) or "")
    seen = plan("true", str(tmp_path), "auto", environ | {"PATH": str(tmp_path)})
    assert seen.backend == ""
    assert "Neither screen nor tmux" in (seen.problem or "")


def test_plan_shows_what_slurm_is_asked_for(environ: dict[str, str], tmp_path: Path) -> None:
    environ.pop("PYTHONUNBUFFERED", None)
    bare = plan("python train.py", str(tmp_path), "slurm", environ)
    assert (bare.backend, bare.problem) == ("slurm", None)
    assert "this cluster's defaults" in bare.notes[0]
    assert "PYTHONUNBUFFERED=1" in bare.notes[1]
    text = "#SBATCH --gres=gpu:1 -o %j.out\npython -u train.py"
    asked = plan(text, str(tmp_path), "slurm", environ, "--time=1")
    assert asked.notes == (
        "Slurm gets these options besides: --time=1",
        (
            "Propel sets -o itself, so that it finds the job and its log again; what the `#SBATCH` "
            "lines say of it does not count."
        ),
    )
    refused = plan("#SBATCH -a 1-2\ntrue", str(tmp_path), "slurm", environ)
    assert "job array" in (refused.problem or "")


def test_controller_is_down(
    submit: Submit, ledger: Ledger, environ: dict[str, str], tmp_path: Path,
    down: Callable[[], None], propel: Propel, cluster: Cluster,
) -> None:  # fmt: skip
    run = submit("echo up; until [ -e go ]; do sleep 0.1; done; exit 3")
    until(lambda: "up" in printed(run))
    down()
    begun = time.monotonic()
    with pytest.raises(Unavailable, match=r"controller does not answer: .*DOWN\. Try `scontrol p"):
        launch(ledger, "true", str(tmp_path), "slurm", environ)
    for action in (lambda: kill(ledger, run.run), lambda: attach_argv(ledger, run.run)):
        with pytest.raises(Unavailable, match="controller does not answer"):
            action()
    answer = propel("launch", "--backend", "slurm", "--", "true")
    assert (answer.returncode, "does not answer" in answer.stderr) == (2, True)
    (seen,) = json.loads(propel("runs", "--json").stdout)
    assert seen["state"] == "running"
    assert seen["reason"].startswith("Its log shows no end. Slurm's controller does not answer")
    assert time.monotonic() - begun < SOON_S
    (tmp_path / "go").touch()
    seen = until(lambda: over(ledger, run.run))
    assert (seen.state, seen.exit_status) == (RunState.FAILED, 3), "its log tells"


def test_commands_that_do_not_come_back(
    environ: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = tmp_path / "bin"
    fake.mkdir()
    (fake / "scontrol").write_text("#!/bin/sh\nexec sleep 60\n")
    (fake / "scontrol").chmod(0o755)
    monkeypatch.setenv("PATH", f"{fake}:{environ['PATH']}")
    monkeypatch.setattr(slurm_queue, "ANSWER_S", 1.0)
    begun = time.monotonic()
    problem = named("slurm").unavailable(environ)
    assert "scontrol got no answer within 1 s" in str(problem)
    assert time.monotonic() - begun < SOON_S


def test_the_queue_is_asked_seldom(
    submit: Submit, ledger: Ledger, tmp_path: Path, environ: dict[str, str],
    monkeypatch: pytest.MonkeyPatch, kept_s: float,
) -> None:  # fmt: skip
    """However many runs are looked at."""
    runs = [submit("sleep 60", "--mem=10") for _ in range(5)]
    fake = tmp_path / "bin"
    fake.mkdir()
    (fake / "squeue").write_text(
        f'#!/bin/sh\necho >>{tmp_path}/asked\nexec {found("squeue")} "$@"\n'
    )
    (fake / "squeue").chmod(0o755)
    monkeypatch.setenv("PATH", f"{fake}:{environ['PATH']}")
    monkeypatch.setattr(slurm_queue, "KEPT_S", 600.0)
    named("slurm").unavailable(environ)
    for _ in range(20):
        for run in runs:
            assert look(ledger, run.run).state is RunState.RUNNING
    assert (tmp_path / "asked").read_text() == "\n"


def test_forgotten(submit: Submit, ledger: Ledger, cluster: Cluster) -> None:
    """Slurm starts anew and counts from 1 again: the log tells, and no job of the same number."""
    ended, cancelled, silent = submit("exit 4"), submit("echo up; sleep 300"), submit("true")
    until(lambda: "up" in printed(cancelled))
    cluster.run("scancel", job_of(cancelled))
    until(lambda: b"CANCELLED AT" in Path(cancelled.log).read_bytes())
    until(lambda: not cluster.run("squeue", "-h").strip())
    Path(silent.log).write_bytes(b"")
    cluster.forget()
    last = int(job_of(silent))
    for _ in range(last - 1):
        cluster.run("sbatch", "--mem=1", "--output=/dev/null", "--wrap", "true")
    new = submit("sleep 60", "--mem=10")
    assert job_of(new) == job_of(silent)
    first, second, third = (look(ledger, run.run) for run in (ended, cancelled, silent))
    assert (first.state, first.exit_status) == (RunState.FAILED, 4)
    assert second.state is RunState.KILLED
    assert "CANCELLED AT" in second.reason
    assert (third.state, third.exit_status) == (RunState.LOST, None)
    assert third.reason.startswith("The scheduler has forgotten it, and its log does not tell")
    assert kill(ledger, silent.run).state is RunState.LOST
    assert look(ledger, new.run).state is RunState.RUNNING


def test_command_line(propel: Propel) -> None:
    answer = propel(
        "launch", "--json", "--backend", "slurm", "--sbatch", "--partition=other", "--",
        "echo $SLURM_JOB_PARTITION; exit 3 # end",
    )  # fmt: skip
    assert answer.returncode == 0, answer.stderr
    said = json.loads(answer.stdout)
    assert list(said) == ["run", "backend", "session", "log", "attach", "detach", "list", "kill"]
    assert (said["backend"], said["session"]) == ("slurm", f"propel-train-{said['run']}")
    waited = propel("wait", said["run"], "--timeout", "30")
    assert (waited.returncode, "exit status 3" in waited.stdout) == (1, True)
    assert Path(said["log"]).read_text().startswith("other\n")
    assert propel("diagnose", said["run"], "--json").returncode == 0
    again = propel("restart", said["run"])
    assert "is up again (attempt 2)" in again.stdout
    assert propel("wait", said["run"], "--timeout", "30").returncode == 1
    longer = propel("restart", said["run"], "--sbatch", "--hold")
    assert longer.returncode == 0, longer.stderr
    (seen,) = json.loads(propel("runs", "--json").stdout)
    assert (seen["attempt"], seen["options"], seen["state"]) == (3, "--hold", "running")
    assert propel("wait", said["run"], "--timeout", "0.1").returncode == 3
    waiting = propel("attach", said["run"])
    assert "There is nothing to attach to yet. Waiting for resources" in waiting.stderr
    killed = propel("kill", said["run"])
    assert (killed.returncode, "killed. Ended by you." in killed.stdout) == (0, True)


def test_a_step_of_a_fix_runs_on_this_host(
    submit: Submit, ledger: Ledger, environ: dict[str, str], cluster: Cluster
) -> None:
    """An install is not worth a place in the queue."""
    run = submit("exit 1")
    until(lambda: over(ledger, run.run))
    before = cluster.run("squeue", "-h", "-t", "all", "-o", "%A")
    status, log = run_step(ledger, run.run, "echo ${SLURM_JOB_ID:-here}; exit 2", environ)
    assert (status, log.read_bytes().startswith(b"here")) == (2, True)
    assert cluster.run("squeue", "-h", "-t", "all", "-o", "%A") == before
    assert look(ledger, run.run).session == run.session


def test_any_host_of_the_cluster_tells(
    submit: Submit, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = submit("until [ -e go ]; do sleep 0.1; done")
    monkeypatch.setattr("propel_helper.sessions.processes.host", lambda: "login2")
    until(lambda: "runs on n" in look(ledger, run.run).reason)
    assert attach_argv(ledger, run.run)[-1] == "bash"
    assert kill(ledger, run.run, grace_s=20).state is RunState.KILLED
    with pytest.raises(Problem, match="is gone"):
        attach_argv(ledger, run.run)
