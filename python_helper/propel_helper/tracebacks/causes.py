"""Which of many errors is the cause: the same ones together, consequences apart."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from propel_helper.facts.crash import Crash, CrashKind
from propel_helper.facts.wording import Wording
from propel_helper.tracebacks import ends
from propel_helper.tracebacks.launchers import Failure, failures
from propel_helper.tracebacks.lines import Line
from propel_helper.tracebacks.ranked import Level, Ranked
from propel_helper.tracebacks.stacks import Traceback

# ray/_private/worker.py and _raylet.pyx: a worker's process ends with what it printed above this.
_RAY_WORKER_DIED = "An unexpected internal error occurred while the worker was executing a task"
# Stacks, and what launchers and trackers print when a process has ended.
_NO_OUTPUT = Wording(
    r"^(?:\[[^\]]*\]:? ?)?(?:\s|File \"|frame #|#\d+ |Traceback |wandb:|\[?[WE]\d{4} |Sending process|Exception raised)"
    r"|.*(?:SIGTERM|torch[./]distributed|launch\.py|returned non-zero)"
)
_ABORTED = 128 + 6
_FAR = 40
"""Lines."""
_RANK_SAID = Wording(
    r"\[Rank (\d+)\]|\bRank (\d+)\b.{0,40}(?:timeout|Timeout|aborted)|\[PG [^\]]*\bRank (\d+)\]"
)


def cause(found: Sequence[Ranked], lines: Sequence[Line] = ()) -> Crash | None:
    """The crash that ended the run, from all errors of its last episode, or None.

    Ranks are told from each other by their streams; within one stream the last exception is the
    one that nobody caught. When a launcher speaks, several ranks may share one stream.
    """
    found, begin = _last_launch(found)
    found, begin = _last_cluster(found, lines, begin)
    if not found:
        return None
    if begin:
        lines = [line for line in lines if line.start >= begin]
    told = failures(lines)
    level = min(one.level for one in found)
    if level >= Level.LOST:
        killed = _killed_rank(told)
        aborting = [one for one in found if one.traceback.native]
        if killed is not None and killed.exit_status == _ABORTED and aborting:
            # An abort is a process's own: C++ has printed what for.
            found, level = aborting, aborting[0].level
        elif killed is not None:
            return killed
    if level == Level.LAUNCHER:
        unraised = _before_launcher(found[0], told, lines)
        if unraised is not None:
            return unraised
    near = [one for one in found if one.level == level]
    launched = bool(told) or any(one.level == Level.LAUNCHER for one in found)
    launched = launched or any(_RAY_WORKER_DIED in line.text for line in lines)
    if launched or len({one.rank for one in near}) > 1 or level == Level.NATIVE:
        first = near[0]
    else:
        first = next((one for one in near if one.starts_again), near[-1])
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
        if found[index].level == Level.LAUNCHER and seen:
            before = {_key(one) for one in found[:index] if one.level <= Level.WORKER_GONE}
            if seen.isdisjoint(before):
                return found[index + 1 :], found[index].traceback.end
            return found, 0
        if found[index].level <= Level.WORKER_GONE:
            seen.add(_key(found[index]))
    return found, 0


def _last_cluster(
    found: Sequence[Ranked], lines: Sequence[Line], begin: int
) -> tuple[Sequence[Ranked], int]:
    """Errors that stand together at the end, where they are others than those far above them.

    The processes of one launch fail together. Much ordinary output between two errors shows that
    the first has ended nothing (it was caught and printed), or that another launch began.
    """
    real = [one for one in found if one.level <= Level.WORKER_GONE]
    for index in range(len(real) - 1, 0, -1):
        above, here = real[index - 1].traceback, real[index].traceback
        if not _is_far(above.end, here.start, lines):
            continue
        before, after = ({_key(one) for one in part} for part in (real[:index], real[index:]))
        if after.isdisjoint(before):
            return [one for one in found if one.traceback.end > above.end], above.end
        break
    return found, begin


def _is_far(end: int, start: int, lines: Sequence[Line]) -> bool:
    """Whether much ordinary output stands between two offsets."""
    first = bisect_left(lines, end, key=lambda line: line.start)
    last = bisect_left(lines, start, key=lambda line: line.start)
    ordinary = 0
    for line in islice(lines, first, last):
        ordinary += bool(line.text) and _NO_OUTPUT.match(line.text) is None
        if ordinary >= _FAR:
            return True
    return False


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
    same: Sequence[Ranked], level: Level, told: Sequence[Failure], lines: Sequence[Line]
) -> tuple[int, ...]:
    named = {one.rank for one in same if one.rank is not None}
    failed = {failure.rank for failure in told if failure.by_itself}
    if level >= Level.LOST and failed:
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
