"""What the dumps of torch's Flight Recorder say: which collective each rank is in.

A dump is a pickle of plain dicts, lists, strings and numbers
(torch/csrc/distributed/c10d/FlightRecorder.hpp), or the same as JSON. It lies in a folder that
others may write to, so that a pickle that asks for any class or function is refused.
"""

from __future__ import annotations

import io
import json
import pickle
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from typing_extensions import override

from propel_helper.facts.crash import Frame
from propel_helper.hangs.grouping import listed

MOST_ENTRIES = 50_000
"""Newest entries of a dump that are looked at."""


class NoDump(ValueError):
    """These bytes are no Flight Recorder dump; the text says why."""


@dataclass(frozen=True)
class Collective:
    """One collective that a rank called.

    Attributes:
        number: counts the collectives of its process group, from 1; the same on every rank.
        name: ``all_reduce``.
        sizes: shapes of its inputs, as text.
        frames: where it was called, outermost first.
    """

    group: str
    number: int
    name: str
    done: bool
    sizes: str
    frames: tuple[Frame, ...]


Place = Callable[[Collective], str]
"""Names where a collective was called, "" when that is not known."""


class _Plain(pickle.Unpickler):
    """Loads what is made of builtins that a pickle names by opcodes; no class, no function.

    https://docs.python.org/3/library/pickle.html#restricting-globals
    """

    @override
    def find_class(self, module_name: str, global_name: str, /) -> NoReturn:
        raise NoDump(f"it asks for {module_name}.{global_name}")

    @override
    def persistent_load(self, pid: Any, /) -> NoReturn:
        raise NoDump("it refers to something outside")


def read_dump(data: bytes) -> tuple[Collective, ...]:
    """The collectives that a dump tells, oldest first.

    Raises:
        NoDump: it is none, or asks for something that no dump needs.
    """
    try:
        told = json.loads(data) if data[:1] == b"{" else _Plain(io.BytesIO(data)).load()
    except NoDump:
        raise
    except Exception as error:  # damaged pickles raise whatever their opcodes run into
        raise NoDump(f"it can't be read: {type(error).__name__}") from error
    entries = told.get("entries") if isinstance(told, dict) else None
    if not isinstance(entries, (list, tuple)):
        raise NoDump("it has no entries")
    try:
        found = [_collective(entry) for entry in entries[-MOST_ENTRIES:]]
    except (RecursionError, ValueError) as error:
        raise NoDump("its entries are no recorder's") from error
    return tuple(one for one in found if one is not None)


def _collective(entry: Any) -> Collective | None:  # noqa: ANN401 - whatever the file holds
    if not isinstance(entry, dict) or entry.get("is_p2p") is True:
        return None
    number, named = entry.get("collective_seq_id"), entry.get("process_group")
    name = str(entry.get("profiling_name", "")).rpartition(":")[2]
    if not isinstance(number, int) or not name or not 0 <= number < 2**63:
        return None
    group, about = map(str, named[:2]) if isinstance(named, (list, tuple)) else ("", "")
    return Collective(
        group=about if about and group == "0" else f"{about} {group}".strip(),
        number=number,
        name=name,
        done=entry.get("retired") is True or entry.get("state") == "completed",
        sizes=str(entry.get("input_sizes", ""))[:200],
        frames=tuple(_frames(entry.get("frames"))),
    )


def _frames(told: Any) -> list[Frame]:  # noqa: ANN401
    return [
        Frame(str(one.get("filename", "")), one["line"], str(one.get("name", "")))
        for one in (reversed(told) if isinstance(told, (list, tuple)) else ())
        if isinstance(one, dict) and isinstance(one.get("line"), int)
    ]


def compare(dumps: Mapping[int, Sequence[Collective]], place: Place) -> tuple[str, ...]:
    """One sentence for each process group in which a rank waits. ``dumps``: by rank."""
    names = dict.fromkeys(one.group for found in dumps.values() for one in found)
    return tuple(said for name in names if (said := _group(name, dumps, place)))


def _group(name: str, dumps: Mapping[int, Sequence[Collective]], place: Place) -> str:
    last = {
        rank: one
        for rank, found in dumps.items()
        if (one := max((o for o in found if o.group == name), key=lambda o: o.number, default=None))
    }
    pending = {rank: one for rank, one in last.items() if not one.done}
    if not pending:
        return ""
    newest = max(one.number for one in pending.values())
    behind = {rank: one for rank, one in last.items() if one.number < newest}
    there = {rank: one for rank, one in last.items() if one.number == newest}
    calls: dict[tuple[str, str], list[int]] = {}
    for rank, one in there.items():
        calls.setdefault((one.name, one.sizes), []).append(rank)
    parts = [
        f"{_ranks(ranks)} in {call} number {newest}{_at(there[ranks[0]], place)}"
        + (f" with sizes {sizes}" if len({c for c, _ in calls}) < len(calls) else "")
        for (call, sizes), ranks in calls.items()
    ]
    text = f"Flight Recorder, group {name}: {', '.join(parts)}"
    if len(calls) > 1:
        text += "; they called different things"
    for rank, one in sorted(behind.items()):
        state = "last finished" if one.done else "is still in"
        text += f"; rank {rank} {state} {one.name} number {one.number}{_at(one, place)}"
    return f"{text}."


def _ranks(ranks: Sequence[int]) -> str:
    return f"rank {ranks[0]} is" if len(ranks) == 1 else f"ranks {listed(ranks)} are"


def _at(one: Collective, place: Place) -> str:
    where = place(one)
    return f" ({where})" if where else ""
