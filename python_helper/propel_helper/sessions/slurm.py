"""Slurm: one job per attempt; the job's name is the session's.

Everything goes through Slurm's own commands. A job runs a batch script that holds the confirmed
text (``slurm_script``), its output goes into the run's log. https://slurm.schedmd.com/sbatch.html
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from propel_helper.facts.end_mark import EndMark
from propel_helper.facts.problem import Problem
from propel_helper.facts.run import RunState
from propel_helper.sessions import program, slurm_ends, slurm_script
from propel_helper.sessions.port import Held, Order, Phase, Unavailable, Words
from propel_helper.sessions.scheduler import Account
from propel_helper.sessions.slurm_accounting import remembered
from propel_helper.sessions.slurm_queue import Queue, Row, ask, on, show, silence

_SUBMIT_S = 30.0
_LOOK_S = 0.1


class Slurm:
    """The backend; holds Slurm's last answer about the queue.

    A ``Held`` has the job's name as ``session``, ``$SLURM_CONF`` as ``place`` and, as ``window``,
    what ``sbatch --parsable`` printed: ``JOB`` or ``JOB;CLUSTER``.
    """

    name = "slurm"
    preference = 30
    automatic = False

    def __init__(self) -> None:
        self._queue = Queue()

    def unavailable(self, environ: Mapping[str, str]) -> Unavailable | None:
        """No ``sbatch`` on PATH, or nobody who takes jobs."""
        if shutil.which("sbatch", path=environ.get("PATH")) is None:
            return Unavailable(
                "Slurm's sbatch is not on this host.",
                "Launch from a login node of your cluster, or choose screen or tmux.",
                present=False,
            )
        self._queue.forget()
        return silence(environ.get("SLURM_CONF", ""))

    def refuse(self, text: str, options: str) -> None:
        """Refuse what would not be one watched run."""
        slurm_script.refuse(text, options)

    def notes(self, text: str, options: str, environ: Mapping[str, str]) -> tuple[str, ...]:
        """What a person should know before saying yes."""
        return slurm_script.notes(text, options, environ)

    def taken(self, session: str, environ: Mapping[str, str]) -> bool:
        """Whether this person has a job of exactly this name."""
        rows = self._queue.rows(environ.get("SLURM_CONF", ""), "")
        return any(row.name == session for row in rows.values())

    def launch(self, order: Order) -> Held:
        """A new job; whether it runs at once is Slurm's to say."""
        script = _script(order)
        script.write_bytes(slurm_script.batch_script(order))
        try:
            answer = program.run(
                (*_sbatch(order), str(script)),
                slurm_script.job_environment(order.environ),
                _SUBMIT_S,
                order.cwd,
            )
        except OSError as error:
            raise Problem(f"sbatch could not be started: {error}.", "Try it by hand.") from error
        except subprocess.TimeoutExpired:
            held = self.found(order)
            if held is not None:
                return held
            raise Problem(
                f"sbatch got no answer within {_SUBMIT_S:.0f} s.",
                f"Look with `squeue -n {order.session}` whether the job is there all the same.",
            ) from None
        number = re.search(r"^([0-9]+(?:;\S+)?)$", answer.stdout, re.MULTILINE)
        if answer.returncode != 0 or number is None:
            raise Problem(
                f"Slurm did not take the job: {program.said(answer).rstrip('.')}.",
                "Change its options (`#SBATCH` lines at the top of the command, or --sbatch); "
                "`sinfo` shows what there is.",
            )
        return Held(order.session, _place(order), number[1], 0, "")

    def again(self, held: Held, order: Order) -> Held:
        """A new job on the cluster of the one before."""
        if held.place:
            order = replace(order, environ={**order.environ, "SLURM_CONF": held.place})
        return self.launch(order)

    def found(self, order: Order) -> Held | None:
        """The job of an order whose launch was cut off, if sbatch had handed it in."""
        place = _place(order)
        try:
            for number, row in self._queue.rows(place, "", fresh=True).items():
                if row.name == order.session:
                    job = show(place, "", number)
                    if job is not None and job.command == str(_script(order)):
                        return Held(order.session, place, number, 0, "")
        except Unavailable:
            return None
        return None

    def phase(self, held: Held, nonce: str) -> Phase:
        """How far a job is, as Slurm told lately; one that nobody can be asked about runs."""
        del nonce
        try:
            return _phase(self._row(held))
        except Unavailable:
            return Phase.RUNNING

    def alive(self, held: Held) -> bool:
        """Whether the job waits or runs."""
        return self.phase(held, "") is Phase.RUNNING

    def unreachable(self, held: Held) -> Unavailable | None:
        """Why Slurm can't be asked from this host."""
        return silence(held.place)

    def account(self, held: Held, log: Path, finish: EndMark | None) -> Account | None:
        """What Slurm tells while it remembers the job, then its log, then accounting."""
        number, cluster = _job_of(held)
        try:
            row = self._row(held, fresh=finish is not None)
            if row is not None and row.state not in slurm_ends.OVER:
                if finish is not None and slurm_ends.counts(finish, number, row, log):
                    return None
                return slurm_ends.of_row(number, row)
            job = show(held.place, cluster, number)
        except Unavailable as problem:
            told = slurm_ends.of_log(number, log, finish)
            if told is not None or finish is not None:
                return told
            reason = f"Its log shows no end. {problem.cause}"
            return Account(RunState.RUNNING, None, reason, None)
        if job is None or job.name != held.session:
            told = slurm_ends.of_log(number, log, finish)
            if told is not None or finish is not None:
                return told
            job = remembered(held.place, cluster, number, held.session)
            if job is None or job.state not in slurm_ends.OVER:
                return None
        if job.state not in slurm_ends.OVER:
            return Account(RunState.RUNNING, None, f"Slurm is ending job {number}.", None)
        return slurm_ends.of_job(number, job, log, finish)

    def end(self, held: Held, grace_s: float) -> None:
        """Cancel the job: SIGTERM to all it runs, SIGKILL after the cluster's own KillWait.

        Waits ``grace_s`` seconds at most for its end. Raises ``Problem`` when it can't be cancelled.
        """
        self.quit(held)
        deadline = time.monotonic() + grace_s
        while _phase(self._row(held, fresh=True)) is Phase.RUNNING:
            if time.monotonic() >= deadline:
                return
            time.sleep(_LOOK_S)

    def quit(self, held: Held) -> None:
        """Cancel the job when it is not over."""
        number, cluster = _job_of(held)
        row = self._row(held, fresh=True)
        if row is None or row.state in slurm_ends.OVER | slurm_ends.ENDING:
            return
        answer = ask(held.place, "scancel", *on(cluster), number)
        if answer.returncode != 0 and _phase(self._row(held, fresh=True)) is Phase.RUNNING:
            raise Problem(
                f"Slurm did not cancel job {number}: {program.said(answer).rstrip('.')}.",
                f"Try `{self.words(held).kill}` by hand.",
            )

    def close(self, held: Held, own: tuple[Held, ...]) -> bool:
        """Cancel the job: nobody opens windows in it."""
        del own
        self.quit(held)
        return False

    def words(self, held: Held) -> Words:
        """What a person types."""
        number, cluster = _job_of(held)
        prefix = f"SLURM_CONF={shlex.quote(held.place)} " if held.place else ""
        return Words(
            attach=f"{prefix}{shlex.join(_shell(number, cluster))}",
            detach="exit (it ends the shell that Attach opened; the job goes on)",
            list=f"{prefix}{shlex.join(('squeue', *on(cluster)))} -u $USER",
            kill=f"{prefix}{shlex.join(('scancel', *on(cluster), number))}",
        )

    def attach_argv(self, held: Held) -> tuple[str, ...]:
        """A shell on the job's first node. Raises ``Problem`` while the job has none."""
        number, cluster = _job_of(held)
        row = self._row(held, fresh=True)
        if row is not None and slurm_ends.waits(row):
            raise Problem(
                f"There is nothing to attach to yet. {slurm_ends.of_row(number, row).reason}",
                "Attach once it runs.",
            )
        place = ("env", f"SLURM_CONF={held.place}") if held.place else ()
        return (*place, *_shell(number, cluster))

    def _row(self, held: Held, *, fresh: bool = False) -> Row | None:
        """The job in the queue; another job that got its number since does not count."""
        number, cluster = _job_of(held)
        row = self._queue.rows(held.place, cluster, fresh=fresh).get(number)
        if row is None and not fresh:
            row = self._queue.rows(held.place, cluster, fresh=True).get(number)
        return row if row is not None and row.name == held.session else None


def _sbatch(order: Order) -> tuple[str, ...]:
    """sbatch with all options but the script. Of an option given twice the last one counts."""
    log = _pattern(order.log)
    return (
        *("sbatch", "--parsable", *slurm_script.option_words(order.options)),
        # The first is what an option that lacks its value would swallow.
        *("--parsable", "--ignore-pbs", f"--job-name={order.session}", f"--chdir={order.cwd}"),
        *(f"--output={log}", f"--error={log}", "--open-mode=append"),
    )


def _pattern(log: Path) -> str:
    """``log`` where sbatch expands ``%j``, or nothing once there is a backslash."""
    path = str(log)
    return path.replace("\\", "\\\\") if "\\" in path else path.replace("%", "%%")


def _script(order: Order) -> Path:
    return order.text_file.with_suffix(".sbatch")


def _place(order: Order) -> str:
    return order.environ.get("SLURM_CONF") or os.environ.get("SLURM_CONF", "")


def _job_of(held: Held) -> tuple[str, str]:
    """Number and cluster, "" for the cluster of this host."""
    number, _, cluster = held.window.partition(";")
    return number, cluster


def _phase(row: Row | None) -> Phase:
    return Phase.GONE if row is None or row.state in slurm_ends.OVER else Phase.RUNNING


def _shell(number: str, cluster: str) -> tuple[str, ...]:
    # One shell and not one per task; beside what runs, in its very allocation.
    return ("srun", *on(cluster), "--jobid", number, "--overlap", "-N1", "-n1", "--pty", "bash")


BACKEND = Slurm()
