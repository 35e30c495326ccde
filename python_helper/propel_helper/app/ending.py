"""Use case: how a run's last attempt ended, with the evidence for it."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import replace
from pathlib import Path

from propel_helper.app.background import runs_on, still_running
from propel_helper.app.memory_kills import logged_kill, memory_kills
from propel_helper.facts.container import container_run
from propel_helper.facts.end_mark import EndMark
from propel_helper.facts.run import RunState
from propel_helper.interpreter import ends_in_background, ends_in_sink
from propel_helper.runs.mark import find_mark
from propel_helper.runs.moved import inode
from propel_helper.runs.record import Attempt, Ending, Record
from propel_helper.sessions import named, processes
from propel_helper.sessions.port import Held, Phase
from propel_helper.sessions.scheduler import Scheduler
from propel_helper.sessions.window import orphans

_LOG_LAG_S = 1.0
"""What the log may be behind the end of the command (tmux writes it through another process)."""
_ROOM = 64 * 1024
"""Bytes; a disk with fewer left did not take all that a run printed."""
_MOVED = "It runs in a new session, because the one of the attempt before was gone."
_NO_LOG = "Its log was removed or moved away: what it prints is not seen."
_OUT_OF_MEMORY = "Killed by the kernel: out of memory."
_SIGKILLED = 128 + signal.SIGKILL
_ENDED_BY_SOMEBODY = {130: "SIGINT (Ctrl-C)", _SIGKILLED: "SIGKILL", 143: "SIGTERM"}


def ending_of(record: Record, attempt: Attempt) -> Ending:
    """What the record, the log and the session tell; ``RUNNING`` while there is no end."""
    ending = _told(record, attempt)
    if ending.state is not RunState.SUCCEEDED or not ends_in_sink(attempt.command):
        return ending
    # Few runs end in a pipe; the others are told without the reader of crashes.
    from propel_helper.app.piped import crash_in  # noqa: PLC0415

    crash = crash_in(attempt)
    if crash is None:
        return ending
    name = (crash.exception or "").rpartition(".")[2] or "an error of its options"
    reason = (
        "It ended with exit status 0, which is that of the last program of its pipeline; its log "
        f"ends in {name}, so what stands before it failed."
    )
    return replace(ending, state=RunState.FAILED, reason=reason)


def _told(record: Record, attempt: Attempt) -> Ending:
    if attempt.refused is not None:
        return Ending(RunState.FAILED, None, attempt.refused, attempt.started)
    if attempt.window is None:
        return _unstarted(record, attempt)
    held = Held(**vars(attempt.window))
    backend = named(record.backend)
    if isinstance(backend, Scheduler):
        return _scheduled(record, backend, held)
    log = Path(attempt.log)
    mark = find_mark(log, attempt.nonce, tail_only=True)
    if mark is None and elsewhere(record):
        mark = find_mark(log, attempt.nonce)
        if mark is None:
            return running(f"It runs on {record.host}; its session can't be seen from here.")
    if mark is None:
        phase = backend.phase(held, attempt.nonce)
        if phase is Phase.RUNNING:
            said = (_MOVED if attempt.moved else "", "" if log.exists() else _NO_LOG)
            return running(" ".join(filter(None, said)))
        # After a restart of the machine their ids are other processes'.
        here = attempt.boot in ("", processes.boot_id())
        if phase is Phase.ORPHANED and here and attempt.killed is None:
            return running(_orphaned(record, held))
        mark = _late_mark(log, attempt)
        server = processes.parent(held.pid) if phase is not Phase.GONE else None
        if mark is None and server is not None and processes.is_stopped(server):
            return running(
                f"Its {record.backend} process {server} is stopped: how it goes, or went, is told when "
                f"that goes on (`kill -CONT {server}`)."
            )
        if mark is None:
            # A session on its way out still has its shell for a moment: the mark never came, so
            # what stands now is what counts.
            return _without_mark(record, attempt, backend.phase(held, attempt.nonce))
    if mark.exit_status == 0 and attempt.killed is None and ends_in_background(attempt.command):
        if runs_on(held, mark.ended):
            return running("What it put in the background still runs.")
        return Ending(
            RunState.SUCCEEDED,
            0,
            "It ended with exit status 0; what it put in the background is no more in its "
            "session, and nothing tells how that ended.",
            mark.ended,
        )
    ending = _with_mark(record, attempt, mark)
    left = (
        "" if attempt.killed is not None or elsewhere(record) else still_running(held, mark.ended)
    )
    return replace(ending, reason=f"{ending.reason} {left}") if left else ending


def _orphaned(record: Record, held: Held) -> str:
    """What is said of a program that has outlived its session."""
    left = orphans(held)
    seen = [one for pid in left if (one := processes.seen(pid)) is not None]
    names = ", ".join(f"{Path(one.arguments[0]).name} (process {one.pid})" for one in seen[:3])
    return (
        f"Its {record.backend} session is gone and it runs on without one: {names or 'its processes'}. "
        "What it prints is lost."
    )


def running(reason: str = "") -> Ending:
    """No end yet."""
    return Ending(RunState.RUNNING, None, reason, None)


def elsewhere(record: Record) -> bool:
    """Whether the run belongs to another host: its processes can't be seen from here."""
    return record.host != processes.host()


def _unstarted(record: Record, attempt: Attempt) -> Ending:
    """An attempt without a window, and nobody is opening one."""
    if elsewhere(record):
        return running(f"It is being started on {record.host}.")
    if attempt.killed is not None:
        return Ending(RunState.KILLED, None, "Ended by you before it had started.", attempt.killed)
    return Ending(RunState.LOST, None, "Its launch was cut off before its session came up.", None)


def _scheduled(record: Record, backend: Scheduler, held: Held) -> Ending:
    """A last attempt whose scheduler tells how it is, whichever host asks."""
    attempt = record.last
    log = Path(attempt.log)
    mark = find_mark(log, attempt.nonce, tail_only=True)
    told = backend.account(held, log, mark)
    if told is not None:
        by_you = attempt.killed is not None and told.state is RunState.KILLED
        reason = f"Ended by you. {told.reason}" if by_you else told.reason
        return Ending(told.state, told.exit_status, reason, told.ended)
    if mark is not None:
        return _with_mark(record, attempt, mark)
    if attempt.killed is not None:
        return Ending(RunState.KILLED, None, "Ended by you.", attempt.killed)
    reason = "The scheduler has forgotten it, and its log does not tell how it ended."
    return Ending(RunState.LOST, None, reason, None)


def _late_mark(log: Path, attempt: Attempt) -> EndMark | None:
    """The mark of a window that has ended; waits a moment for a log that is behind."""
    # One that is gone, or that another file stands in for, is not behind.
    there = attempt.inode is None or inode(attempt.log) == attempt.inode
    deadline = time.monotonic() + (_LOG_LAG_S if there else 0.0)
    mark = find_mark(log, attempt.nonce)
    while mark is None and attempt.killed is None and time.monotonic() < deadline:
        time.sleep(0.05)
        mark = find_mark(log, attempt.nonce, tail_only=True)
    return mark


def _with_mark(record: Record, attempt: Attempt, mark: EndMark) -> Ending:
    status = mark.exit_status
    if attempt.killed is not None:
        reason = f"Ended by you; its exit status was {status}."
        return Ending(RunState.KILLED, status, reason, mark.ended)
    if status == 0:
        return Ending(RunState.SUCCEEDED, 0, "It ended with exit status 0.", mark.ended)
    told = memory_kills(record.host, attempt)
    if status == _SIGKILLED:
        told = told or logged_kill(record.host, attempt, mark.ended)
    if status == _SIGKILLED and told:
        reason = f"{_OUT_OF_MEMORY} It ended with exit status {status}; while it ran, {told}."
        return Ending(RunState.KILLED, status, reason, mark.ended)
    inside = container_run(attempt.command) if status == _SIGKILLED else None
    if inside is not None:
        reason = (
            f"It ended with exit status {status}, that of its {inside.engine} container: killed in "
            f"there, for want of memory or by `{inside.engine} kill` or `stop`. {inside.who_killed}"
        )
        return Ending(RunState.KILLED, status, reason, mark.ended)
    if status in _ENDED_BY_SOMEBODY:
        reason = (
            f"It ended with exit status {status}, which stands for {_ENDED_BY_SOMEBODY[status]}; "
            "Propel did not send it."
        )
        return Ending(RunState.KILLED, status, reason, mark.ended)
    reason = f"It ended with exit status {status}{_signal_name(status)}."
    if told:
        reason += f" While it ran, {told}; that may have been one of its own, or another program's."
    return Ending(RunState.FAILED, status, reason, mark.ended)


def _full_disk(attempt: Attempt) -> str:
    """Why a log may lack its end."""
    try:
        disk = os.statvfs(Path(attempt.log).parent)
    except OSError:
        return ""
    return "; the disk that holds it is full" if disk.f_bavail * disk.f_frsize < _ROOM else ""


def _signal_name(status: int) -> str:
    # Above them there are none that end a program by their name.
    if not 128 < status < 128 + signal.SIGSYS + 1:
        return ""
    try:
        return f" ({signal.Signals(status - 128).name})"
    except ValueError:
        return ""


def _without_mark(record: Record, attempt: Attempt, phase: Phase) -> Ending:
    """The log holds no mark and the command runs no more."""
    if attempt.killed is not None:
        return Ending(RunState.KILLED, None, "Ended by you.", attempt.killed)
    if phase is not Phase.GONE:
        what = (
            "does not hold"
            if Path(attempt.log).exists()
            else "was removed or moved away, so that nothing tells"
        )
        reason = f"It has ended, but its log {what} the exit status{_full_disk(attempt)}."
        # Its session is still there and may yet write it.
        return Ending(RunState.LOST, None, reason, None, final=False)
    if attempt.boot and attempt.boot != processes.boot_id():
        return Ending(RunState.LOST, None, "The machine was restarted while it ran.", None)
    told = memory_kills(record.host, attempt)
    gone = f"Its {record.backend} session went away without an exit status"
    if told:
        return Ending(
            RunState.KILLED, None, f"{_OUT_OF_MEMORY} {gone}; while it ran, {told}.", None
        )
    reason = f"{gone}."
    return Ending(RunState.LOST, None, reason, None)
