"""Which of many errors is the cause: the same ones together, consequences apart."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from propel_helper.facts.crash import Crash, CrashKind, Raised
from propel_helper.facts.wording import Wording
from propel_helper.tracebacks import ends
from propel_helper.tracebacks.drawings import plain
from propel_helper.tracebacks.launchers import Failure, failures
from propel_helper.tracebacks.lines import Line
from propel_helper.tracebacks.native import native_ends
from propel_helper.tracebacks.stacks import Traceback, tracebacks

# What a launcher raises once a process that it started has failed.
_LAUNCHER_TYPES = frozenset({"ChildFailedError", "CalledProcessError", "ProcessExitedException"})
# What a process raises because another one died (torch.distributed.elastic, gloo, NCCL,
# multiprocessing): never the cause while any other error is in the log.
_CONSEQUENCE_TYPES = frozenset(
    {
        "SignalException",
        "RendezvousClosedError",
        "RendezvousGracefulExitError",
        "BrokenPipeError",
        "ConnectionResetError",
        "EOFError",
        "ActorDiedError",
        "RayActorError",
        "WorkerCrashedError",
        "gloo::EnforceNotMet",
    }
)
_CONSEQUENCE = Wording(
    r"Connection (?:closed|reset) by peer|Broken pipe|remote process exited"
    r"|[Ww]atchdog caught collective operation timeout|NCCL communicator was aborted"
    r"|Timed out waiting \d+ms for (?:recv|send)|Socket Timeout|Application timeout caused pair"
    r"|the coordination service|another task died|NCCL watchdog thread terminated"
    r"|ProcessGroupNCCL's watchdog got stuck|Tcp connection (?:closed|reset)"
    r"|background workers are no longer alive"
)
# ray/_private/worker.py and _raylet.pyx: a worker's process ends with what it printed above this.
_RAY_WORKER_DIED = "An unexpected internal error occurred while the worker was executing a task"
_REAL, _NATIVE, _LOST, _NATIVE_LOST, _LAUNCHER = range(5)
STOPPED = frozenset({"KeyboardInterrupt", "SystemExit", "GeneratorExit"})
"""A person or the program itself ended the run: no crash."""
_RANK_SAID = Wording(
    r"\[Rank (\d+)\]|\bRank (\d+)\b.{0,40}(?:timeout|Timeout|aborted)|\[PG [^\]]*\bRank (\d+)\]"
)


@dataclass(frozen=True)
class Ranked:
    """A traceback and the rank whose stream it stood in."""

    traceback: Traceback
    rank: int | None

    @property
    def name(self) -> str:
        """Last component of the exception's name."""
        return last_component(self.traceback.raised.exception)

    @property
    def level(self) -> int:
        """How far from the cause such an error is; the lowest that is there is the cause."""
        if self.name in _LAUNCHER_TYPES:
            return _LAUNCHER
        if is_consequence(self.traceback.raised):
            return _NATIVE_LOST if self.traceback.native else _LOST
        return _NATIVE if self.traceback.native else _REAL


def ranked(streams: Mapping[str, Sequence[Line]]) -> list[Ranked]:
    """Every error of all ``streams`` that can have ended a program, in order."""
    found = []
    for lines in streams.values():
        stream = plain(list(lines))
        every = [*tracebacks(stream), *native_ends(stream)]
        found += [
            Ranked(one, stream[one.first].rank)
            for one in every
            if not one.harmless and not _stopped(one.raised)
        ]
    return sorted(found, key=lambda one: one.traceback.start)


def _stopped(raised: Raised) -> bool:
    """Whether a person or the program ended the run; pybind11 puts the type into its message."""
    return last_component(raised.exception) in STOPPED or raised.message.startswith(
        "KeyboardInterrupt:"
    )


def last_component(name: str | None) -> str:
    """``torch.OutOfMemoryError`` -> ``OutOfMemoryError``; ``RayTaskError(X)`` -> ``RayTaskError``."""
    return (name or "").partition("(")[0].rpartition(".")[2]


def is_consequence(raised: Raised) -> bool:
    """Whether another process's death explains this exception."""
    return last_component(raised.exception) in _CONSEQUENCE_TYPES or bool(
        _CONSEQUENCE.search(raised.message)
    )


def is_aftermath(crash: Crash) -> bool:
    """Whether ``crash`` is what one process's end did to others, or names no exception at all."""
    raised = Raised(crash.exception, crash.message)
    launcher = last_component(crash.exception) in _LAUNCHER_TYPES
    return crash.exception is None or launcher or is_consequence(raised)


def cause(found: Sequence[Ranked], lines: Sequence[Line] = ()) -> Crash | None:
    """The crash that ended the run, from all errors of its last episode, or None.

    Ranks are told from each other by their streams; within one stream the last exception is the
    one that nobody caught. When a launcher speaks, several ranks may share one stream.
    """
    found, begin = _last_launch(found)
    if not found:
        return None
    if begin:
        lines = [line for line in lines if line.start >= begin]
    told = failures(lines)
    level = min(one.level for one in found)
    if level >= _LOST:
        killed = _killed_rank(told)
        if killed is not None:
            return killed
    if level == _LAUNCHER:
        unraised = _before_launcher(found[0], told, lines)
        if unraised is not None:
            return unraised
    near = [one for one in found if one.level == level]
    launched = bool(told) or any(one.level == _LAUNCHER for one in found)
    launched = launched or any(_RAY_WORKER_DIED in line.text for line in lines)
    if launched or len({one.rank for one in near}) > 1 or level == _NATIVE:
        first = near[0]
    else:
        first = near[-1]
    same = [one for one in near if _key(one) == _key(first)]
    best = max(same, key=lambda one: (len(one.traceback.raised.frames), -one.traceback.start))
    return _crash(best.traceback, _ranks(same, level, told, lines))


def _last_launch(found: Sequence[Ranked]) -> tuple[Sequence[Ranked], int]:
    """Errors of the last of several launches that one log holds, and where in the log it begins.

    A launcher's own error is the last that its launch prints. What other processes raise after it,
    and none has raised before, belongs to the next launch.
    """
    seen: set[tuple[str, str]] = set()
    for index in range(len(found) - 1, -1, -1):
        if found[index].level == _LAUNCHER and seen:
            before = {_key(one) for one in found[:index] if one.level <= _NATIVE}
            if seen.isdisjoint(before):
                return found[index + 1 :], found[index].traceback.end
            return found, 0
        if found[index].level <= _NATIVE:
            seen.add(_key(found[index]))
    return found, 0


def _before_launcher(
    launcher: Ranked, told: Sequence[Failure], lines: Sequence[Line]
) -> Crash | None:
    """What ended the processes without an exception of their own, as far as the log says."""
    before = [line for line in lines if line.end <= launcher.traceback.start]
    crash = ends.end(before)
    if crash is None:
        return None
    ranks = tuple(sorted(one.rank for one in told if one.by_itself))
    raised = launcher.traceback.raised
    name = crash.exception or raised.exception
    return replace(crash, exception=name, frames=raised.frames, ranks=ranks)


def _key(one: Ranked) -> tuple[str, str]:
    first_line = one.traceback.raised.message.partition("\n")[0]
    return one.name, re.sub(r"\d+", "N", first_line)


def _ranks(
    same: Sequence[Ranked], level: int, told: Sequence[Failure], lines: Sequence[Line]
) -> tuple[int, ...]:
    named = {one.rank for one in same if one.rank is not None}
    failed = {failure.rank for failure in told if failure.by_itself}
    if level >= _LOST and failed:
        return tuple(sorted(failed))
    if any(one.rank is None for one in same):
        named |= failed
    if any(one.traceback.native for one in same):
        kind = re.sub(r"\d+", "N", same[0].traceback.raised.message.partition("\n")[0])
        watchdog = "atchdog" in kind or "NCCL" in kind
        for line in lines if watchdog else ():
            match = _RANK_SAID.search(line.text)
            if match is not None:
                named.add(int(match[1] or match[2] or match[3]))
    return tuple(sorted(named))


def _killed_rank(told: Sequence[Failure]) -> Crash | None:
    """The end of a rank that a signal killed while the others only lost it."""
    killed = [one for one in told if one.by_itself and one.code < 0 and one.said]
    first = next((one for one in killed if one.root), killed[0] if killed else None)
    if first is None:
        return None
    ranks = tuple(sorted(one.rank for one in killed if one.code == first.code))
    return Crash(
        CrashKind.EXIT,
        None,
        first.said,
        ranks=ranks,
        exit_status=128 - first.code,
        start=first.start,
        end=first.end,
    )


def _crash(traceback: Traceback, ranks: tuple[int, ...]) -> Crash:
    raised = traceback.raised
    kind = CrashKind.EXCEPTION if raised.exception or not traceback.native else CrashKind.EXIT
    return Crash(
        kind,
        raised.exception,
        raised.message,
        raised.frames,
        traceback.chain,
        ranks,
        start=traceback.start,
        end=traceback.end,
    )


def with_status(crash: Crash, exit_status: int | None) -> Crash:
    """``crash`` with the run's exit status, where it is known."""
    return replace(crash, exit_status=exit_status) if exit_status is not None else crash
