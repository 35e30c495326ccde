"""How a job is and ended, in words: from what Slurm remembers, else from what it left in the log.

States: https://slurm.schedmd.com/job_state_codes.html, reasons:
https://slurm.schedmd.com/job_reason_codes.html
"""

from __future__ import annotations

import os
import re
import signal
import time
from pathlib import Path

from propel_helper.facts.end_mark import EndMark
from propel_helper.facts.run import RunState
from propel_helper.regular import stream
from propel_helper.sessions.scheduler import Account
from propel_helper.sessions.slurm_queue import TIME, Job, Row

_TAIL = 64 * 1024

OVER = frozenset(
    """BOOT_FAIL CANCELLED COMPLETED DEADLINE FAILED NODE_FAIL OUT_OF_MEMORY PREEMPTED REVOKED
    TIMEOUT""".split()
)
_WAITING = frozenset(
    """CONFIGURING PENDING REQUEUED REQUEUE_FED REQUEUE_HOLD RESV_DEL_HOLD SPECIAL_EXIT
    STAGE_OUT""".split()
)
ENDING = frozenset(("COMPLETING", "SIGNALING"))

_SIGNALS = 128
"""Above it a signal ended the text."""
_KILL_S = 30
"""Seconds from SIGTERM to SIGKILL (``KillWait`` of slurm.conf, where nothing else is set)."""

# What a person has to do something about; all others pass by themselves.
_HINTS = {
    "JobHeldUser": "`scontrol release {job}` lets it go",
    "JobHeldAdmin": "those who run the cluster hold it",
    "PartitionTimeLimit": "it asks for more time than its partition allows: `--time`",
    "PartitionNodeLimit": "it asks for more nodes than its partition has: `--nodes`",
    "BadConstraints": "nothing there fits what it asks for",
    "DependencyNeverSatisfied": "what it depends on has failed",
    "BeginTime": "not before the time it was given, or Slurm put it back into the queue",
}

# slurmstepd writes it (slurmd/slurmstepd/req.c) before it signals anybody; the time is local.
_CANCELLED = (
    r"error: \*\*\* JOB {job} ON \S+ CANCELLED AT (?P<at>[0-9T:-]{{19}})"
    r"(?: DUE TO (?P<due>[A-Z ,]+?))? ?\*\*\*"
)
_MEMORY = (
    r"error: (?P<said>StepId={job}\.\S+ exceeded memory limit \([^)\n]*\)[^\n]*"
    r"|Detected [0-9]+ oom[_-]kill event[^\n]* [Ss]tep(?:Id=| ?){job}\b[^\n]*"
    r"|Exceeded job memory limit)"
)


def waits(row: Row) -> bool:
    """Whether the job has not started, or waits to start again."""
    return row.state in _WAITING


def of_row(job: str, row: Row) -> Account:
    """A job that is not over."""
    if waits(row):
        reason = _waiting(job, row)
    elif row.state in {"SUSPENDED", "STOPPED"}:
        reason = f"Slurm has suspended job {job}."
    elif row.state in ENDING:
        reason = f"Slurm is ending job {job}."
    else:
        reason = f"Slurm job {job} runs on {row.nodes}."
    return Account(RunState.RUNNING, None, reason, None)


def of_job(number: str, job: Job, log: Path, finish: EndMark | None) -> Account | None:
    """A job that is over and remembered; None when the mark tells more."""
    named = f"Slurm job {number}"
    memory = _memory(number, _tail(log))
    if job.state == "OUT_OF_MEMORY" or (memory and job.state in {"FAILED", "CANCELLED"}):
        status = finish.exit_status if finish else 128 + (job.signal or 9)
        return Account(RunState.KILLED, status, _out_of_memory(number, job.state, memory), job.end)
    if job.state in {"COMPLETED", "FAILED"}:
        if finish is not None:
            return None
        status = 128 + job.signal if job.signal else job.exit_code
        told = f"{named} is {job.state}, exit code {job.exit_code}:{job.signal}{_because(job)}."
        state = RunState.SUCCEEDED if job.state == "COMPLETED" else RunState.FAILED
        return Account(state, status, told, job.end)
    if job.state in {"NODE_FAIL", "BOOT_FAIL", "REVOKED"}:
        where = job.nodes or "its node"
        told = {
            "NODE_FAIL": f"{where} failed while {named} ran on it (NODE_FAIL).",
            "BOOT_FAIL": f"{where} did not start for {named} (BOOT_FAIL).",
            "REVOKED": f"{named} went to another cluster of the federation (REVOKED).",
        }[job.state]
        return Account(RunState.LOST, None, told, job.end)
    told = {
        "TIMEOUT": f"Time limit: Slurm ended job {number} after its {job.time_limit} (TIMEOUT).",
        "DEADLINE": f"Slurm ended job {number} at its deadline (DEADLINE).",
        "PREEMPTED": f"Slurm ended job {number} to make room for another (PREEMPTED).",
    }.get(job.state, f"{named} was cancelled with scancel ({job.state}{_because(job)}).")
    return Account(RunState.KILLED, None, told, job.end)


def counts(finish: EndMark, job: str, row: Row, log: Path) -> bool:
    """Whether the mark tells how a job that is not over ends.

    Not one of a start before this one: Slurm may put a job back into the queue. Not one by a
    signal, of which Slurm may say more in a moment. Not one behind Slurm's own word of an end:
    Slurm signals one process after the other, and the text may end well before its turn comes.
    """
    if waits(row) or row.start is None or finish.ended < row.start or finish.exit_status > _SIGNALS:
        return False
    last = _last_word(job, _tail(log)[1])
    return last is None or (_seconds(last["at"]) or 0.0) < row.start


def of_log(job: str, log: Path, finish: EndMark | None) -> Account | None:
    """A job that is forgotten, or that nobody can be asked about: what stands last in its log.

    None when that is the mark, or when nothing tells.
    """
    start, tail = _tail(log)
    last = _last_word(job, tail)
    if last is None:
        return None
    due = last["due"] or ""
    # The text may end behind such a word and before its turn comes to be signalled. Without a
    # limit it may also mean: put back into the queue, or a SIGTERM that the text had asked for.
    ended = _seconds(last["at"])
    later = finish is not None and finish.offset > start + last.start()
    if later and not due.startswith("TIME LIMIT") and not _is_of_it(finish, due, ended):
        return None
    memory = _memory(job, (start, tail))
    if memory:
        told = _out_of_memory(job, "", memory)
        return Account(RunState.KILLED, 128 + 9, told, ended)
    said = f"its log says `CANCELLED AT {last['at']}{' DUE TO ' + due if due else ''}`"
    if due.startswith("TIME LIMIT"):
        return Account(RunState.KILLED, None, f"Time limit: {said} (Slurm job {job}).", ended)
    if due.startswith("NODE FAILURE"):
        return Account(RunState.LOST, None, f"A node of Slurm job {job} failed: {said}.", ended)
    told = f"Slurm job {job} was cancelled: {said}."
    return Account(RunState.KILLED, None, told, ended)


def _is_of_it(finish: EndMark | None, due: str, ended: float | None) -> bool:
    """Whether the mark is of a text whose program got the cancelled job's SIGTERM before its shell did."""
    if finish is None or due or ended is None:
        return False
    return finish.exit_status == _SIGNALS + signal.SIGTERM and 0 <= finish.ended - ended <= _KILL_S


def _waiting(job: str, row: Row) -> str:
    # "None" is what it says before the scheduler has looked at the job.
    reason = row.reason if row.reason != "None" else ""
    told = f"Waiting for resources{f' ({reason})' if reason else ''}, Slurm job {job}"
    if reason in _HINTS:
        told += ": " + _HINTS[reason].format(job=job)
    if row.start is not None and row.start > time.time():
        told += time.strftime("; expected to start at %Y-%m-%d %H:%M", time.localtime(row.start))
    return told + "."


def _out_of_memory(job: str, state: str, said: str) -> str:
    evidence = "; ".join(filter(None, (state, f"its log says `{said}`" if said else "")))
    return f"Out of memory: Slurm job {job} used more than it had asked for ({evidence})."


def _last_word(job: str, tail: str) -> re.Match[str] | None:
    last = None
    for match in re.finditer(_CANCELLED.format(job=job), tail):
        last = match
    return last


def _because(job: Job) -> str:
    # JobLaunchFailure is what Slurm says of every batch script that a signal ended.
    dull = {"", "None", "NonZeroExitCode", "JobLaunchFailure"}
    return "" if job.reason in dull or job.reason.startswith("RaisedSignal") else f", {job.reason}"


def _memory(job: str, tail: tuple[int, str]) -> str:
    found = re.search(_MEMORY.format(job=job), tail[1])
    return "".join(char for char in found["said"] if char.isprintable())[:200] if found else ""


def _tail(log: Path) -> tuple[int, str]:
    """Offset and text of a log's last 64 KiB, one character a byte; nothing when it is gone."""
    try:
        with stream(log) as handle:
            start = max(0, handle.seek(0, os.SEEK_END) - _TAIL)
            handle.seek(start)
            return start, handle.read().decode("latin-1")
    except OSError:
        return 0, ""


def _seconds(text: str) -> float | None:
    try:
        return time.mktime(time.strptime(text, TIME))
    except ValueError:
        return None
