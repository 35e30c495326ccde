"""Threads that stand at the same place, and which of them the others wait for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from propel_helper.facts.finding import Place
from propel_helper.facts.hang import Wait, WaitGroup
from propel_helper.hangs.subjects import Role, Subject, loads_data

FOR_OTHERS = frozenset({Wait.COLLECTIVE, Wait.MEETING})
"""What only ends when the other ranks come."""
MAYBE_FOR_OTHERS = frozenset({Wait.BACKWARD, Wait.GPU})
"""What may end only then: gradients are averaged in the backward pass, collectives run on GPUs."""


def groups(subjects: Sequence[Subject]) -> tuple[WaitGroup, ...]:
    """Everybody, grouped; the odd ones first, then ranks, workers, threads and the rest."""
    together: dict[tuple[object, ...], list[Subject]] = {}
    for subject in subjects:
        together.setdefault(_key(subject), []).append(subject)
    found = [_group(members, len(_trainers(subjects))) for members in together.values()]
    return tuple(sorted(_with_odd(found), key=_order))


def _trainers(subjects: Sequence[Subject]) -> set[int]:
    return {subject.process.pid for subject in subjects if subject.role is Role.RANK}


def _key(subject: Subject) -> tuple[object, ...]:
    line, doing = subject.line, subject.doing
    place = None if line is None else (line.file, line.line)
    # A worker belongs to its rank; what a file is called differs from process to process.
    owner = subject.process.rank if subject.role is not Role.RANK else None
    return (subject.role, owner, place, doing.wait, doing.call)


def _group(members: Sequence[Subject], trainers: int) -> WaitGroup:
    first = members[0]
    line, doing = first.line, first.doing
    many = len(members) > 1
    who = _who(members, trainers)
    at = None if line is None else Place(line.file, line.line)
    said = doing.many if many and not who.startswith("Thread") else doing.one
    moves = any(one.process.moves for one in members if first.role in (Role.RANK, Role.WORKER))
    where = f" at {at.file}:{at.line}" if at else ""
    going = "; it goes on" if moves and not many else "; they go on" if moves else ""
    return WaitGroup(
        who=who,
        text=f"{who} {said}{where}{going}.",
        doing=doing.gerund,
        wait=doing.wait,
        call=doing.call,
        ranks=tuple(sorted({one.process.rank for one in members if one.process.rank is not None})),
        pids=tuple(sorted({one.process.pid for one in members})),
        role=first.role.value,
        is_odd=False,
        moves=moves,
        at=at,
        frames=first.frames,
    )


def _who(members: Sequence[Subject], trainers: int) -> str:
    first = members[0]
    rank = first.process.rank
    of = "" if rank is None else f" of rank {rank}"
    if first.role is Role.WORKER:
        noun = "data loader worker" if loads_data(first) else "worker process"
        plural = "es" if noun.endswith("s") else "s"
        return f"{len(members)} {noun}{plural}{of}" if len(members) > 1 else f"A {noun}{of}"
    if first.role is Role.THREAD:
        return f"A thread{of}" if len(members) == 1 else f"{len(members)} threads{of}"
    if first.role is Role.HELPER or (rank is None and trainers > 1):
        return _named("Process", [one.process.pid for one in members])
    if rank is None:
        return "The process"
    return _named("Rank", [one.process.rank for one in members if one.process.rank is not None])


def _named(noun: str, numbers: Sequence[int]) -> str:
    ordered = sorted(set(numbers))
    plural = "Processes" if noun == "Process" else f"{noun}s"
    return f"{noun if len(ordered) == 1 else plural} {listed(ordered)}"


def listed(numbers: Sequence[int]) -> str:
    """``0, 1, 2``, ``0 to 6, 9``: four and more in a row are told by the ends."""
    rows: list[list[int]] = []
    for number in sorted(set(numbers)):
        if rows and number == rows[-1][-1] + 1:
            rows[-1].append(number)
        else:
            rows.append([number])
    parts = [f"{row[0]} to {row[-1]}" if len(row) > 3 else ", ".join(map(str, row)) for row in rows]
    return ", ".join(parts)


def _with_odd(found: Sequence[WaitGroup]) -> list[WaitGroup]:
    trainers = [group for group in found if group.role == Role.RANK.value]
    odd = _odd(trainers)
    return [replace(group, is_odd=any(group is one for one in odd)) for group in found]


def _odd(trainers: Sequence[WaitGroup]) -> list[WaitGroup]:
    """The groups that the other ranks wait for; none when nothing tells them."""
    if len(trainers) < 2:
        return []
    waiting = [group for group in trainers if group.wait in FOR_OTHERS]
    rest = [group for group in trainers if group.wait not in FOR_OTHERS | MAYBE_FOR_OTHERS]
    maybe = [group for group in trainers if group.wait in MAYBE_FOR_OTHERS]
    if waiting or maybe:
        if rest:
            return rest
        # All wait, but not in the same call: the fewer have taken the wrong turn.
        return _fewer(trainers)
    return _fewer(trainers)


def _fewer(trainers: Sequence[WaitGroup]) -> list[WaitGroup]:
    """All but the group that holds more than half of the processes."""
    total = sum(len(group.pids) for group in trainers)
    most = max(trainers, key=lambda group: len(group.pids))
    return [one for one in trainers if one is not most] if 2 * len(most.pids) > total else []


_ROLES = [role.value for role in (Role.RANK, Role.WORKER, Role.THREAD, Role.HELPER)]


def _order(group: WaitGroup) -> tuple[int, int, int, tuple[int, ...]]:
    return (_ROLES.index(group.role), not group.is_odd, -len(group.pids), group.pids)
