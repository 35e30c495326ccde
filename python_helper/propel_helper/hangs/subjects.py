"""Who is who among a run's processes, and where each of them stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from propel_helper.facts.crash import Frame
from propel_helper.facts.finding import OwnedFrame
from propel_helper.facts.hang import Wait
from propel_helper.facts.stack import Pause, Standing, ThreadStack
from propel_helper.facts.wording import Wording
from propel_helper.hangs.doing import Doing, doing, plain_name

Owner = Callable[[Frame], OwnedFrame]
"""Says whose code a frame is and how its file is shown."""

_WORKER = Wording(r"/torch/utils/data/_utils/worker\.py$")
_POOL = Wording(r"/multiprocessing/pool\.py$|/concurrent/futures/process\.py$")
_QUEUE = Wording(r"/multiprocessing/(?:queues|pool|connection)\.py$")
_POOL_LOOPS = frozenset({"worker", "_process_worker"})
_SPAWNED = Wording(r"/torch/multiprocessing/spawn\.py$")
_STARTS = Wording(r"/multiprocessing/process\.py$")
_SERVICE = Wording(
    r"multiprocessing\.(?:resource_tracker|forkserver|semaphore_tracker)"
    r"|torch[/.]_inductor[/.]compile_worker|\bwandb\b|tensorboard"
)
_LAUNCHER = Wording(
    r"/torch/distributed/(?:elastic|run|launcher|launch)\b|/(?:accelerate|deepspeed)/\S*launch"
)


IDLE = Doing(Wait.DATA, "", "wait", "for work")
"""A worker that was asked for nothing."""


class Role(str, Enum):
    """What a thread is to the run."""

    RANK = "rank"
    """A rank's main thread, or that of the one process that trains."""
    WORKER = "worker"
    """A process of a data loader or of a pool."""
    THREAD = "thread"
    """A further thread with the person's own code in it."""
    HELPER = "helper"
    """A launcher, a service, a parent that waits for its children."""


@dataclass(frozen=True)
class Subject:
    """A thread with its role. ``at``: index of the innermost own frame, None without one."""

    process: Standing
    role: Role
    frames: tuple[OwnedFrame, ...]
    at: int | None
    doing: Doing

    @property
    def line(self) -> OwnedFrame | None:
        """The innermost line of the person's own code."""
        return None if self.at is None else self.frames[self.at]


def subjects(standings: Sequence[Standing], own: Owner) -> tuple[Subject, ...]:
    """Every thread that has something to say, in the order of the processes."""
    trainers = {standing.pid for standing in _trainers(standings)}
    ranked = len(trainers) > 1
    found = []
    for standing in standings:
        for thread in standing.threads:
            role = _role(standing, thread, trainers)
            subject = _subject(standing, thread, role, own, ranked=ranked)
            if role is not Role.THREAD or subject.at is not None:
                found.append(subject)
    return tuple(found)


def with_spawned_ranks(standings: Sequence[Standing]) -> tuple[Standing, ...]:
    """Ranks of ``torch.multiprocessing.spawn``, which no environment tells: the order of birth.

    It starts rank after rank (torch/multiprocessing/spawn.py, ``start_processes``).
    """
    spawned = [
        standing
        for standing in standings
        if standing.rank is None and _is_spawned(standing) and not _is_worker(standing)
    ]
    if any(standing.rank is not None for standing in standings) or not spawned:
        return tuple(standings)
    numbers = {standing.pid: number for number, standing in enumerate(spawned)}
    return tuple(
        Standing(**{**vars(standing), "rank": numbers.get(standing.pid)}) for standing in standings
    )


def own_part(frames: Sequence[Frame]) -> tuple[Frame, ...]:
    """A stack without what a forked process has of its parent's."""
    for index in range(len(frames) - 1, -1, -1):
        frame = frames[index]
        if plain_name(frame.function) == "_bootstrap" and _STARTS.search(frame.file):
            return tuple(frames[index + 1 :])
    return tuple(frames)


def _trainers(standings: Sequence[Standing]) -> list[Standing]:
    """The ranks; without any, the processes at the top that don't just wait for their children."""
    ranks = _ranks(standings)
    if ranks:
        return ranks
    able = [one for one in standings if one.threads and not _is_worker(one) and not _serves(one)]
    parents = {one.parent for one in able}
    top = [one for one in able if one.parent not in {other.pid for other in able}]
    waiting = {one.pid for one in top if one.pid in parents and _waits_for_children(one)}
    if waiting:
        return [one for one in able if one.parent in waiting] or top
    return top


def _ranks(standings: Sequence[Standing]) -> list[Standing]:
    """The topmost process of each rank: what it starts has its rank in the environment, too."""
    ranked = {one.pid: one for one in standings if one.rank is not None}
    return [
        one
        for one in ranked.values()
        if (above := ranked.get(one.parent or 0)) is None or above.rank != one.rank
    ]


def _role(standing: Standing, thread: ThreadStack, trainers: set[int]) -> Role:
    if _is_worker(standing):
        return Role.WORKER if thread.is_main else Role.HELPER
    if standing.pid not in trainers:
        return Role.HELPER
    return Role.RANK if thread.is_main else Role.THREAD


def _subject(
    standing: Standing, thread: ThreadStack, role: Role, own: Owner, *, ranked: bool
) -> Subject:
    kept = own_part(thread.frames)
    frames = tuple(own(frame) for frame in kept)
    at = max((index for index, frame in enumerate(frames) if frame.user), default=None)
    inner = kept if at is None else kept[at + 1 :]
    line = None if at is None else frames[at]
    code = None if line is None else Frame(line.file, line.line, line.function, line.code)
    deed = doing(inner, code, thread.deed, ranked=ranked)
    if role is Role.WORKER and at is None and any(_QUEUE.search(one.file) for one in inner):
        deed = IDLE
    return Subject(standing, role, frames, at, deed)


def loads_data(subject: Subject) -> bool:
    """Whether a worker is a data loader's."""
    main = subject.process.main
    return main is not None and any(_WORKER.search(frame.file) for frame in own_part(main.frames))


def _is_worker(standing: Standing) -> bool:
    main = standing.main
    return main is not None and any(
        _WORKER.search(frame.file)
        or (_POOL.search(frame.file) and plain_name(frame.function) in _POOL_LOOPS)
        for frame in own_part(main.frames)
    )


def _is_spawned(standing: Standing) -> bool:
    main = standing.main
    return main is not None and any(
        _SPAWNED.search(frame.file) and plain_name(frame.function) == "_wrap"
        for frame in main.frames
    )


def _serves(standing: Standing) -> bool:
    main = standing.main
    if _SERVICE.search(" ".join(standing.arguments[:8])):
        return True
    return main is not None and any(_LAUNCHER.search(frame.file) for frame in main.frames)


def _waits_for_children(standing: Standing) -> bool:
    main = standing.main
    if main is None or not main.frames:
        return False
    if main.deed.pause is Pause.CHILD:
        return True
    inner = main.frames[-6:]
    return doing(inner, None, main.deed, ranked=False).wait is Wait.CHILD
