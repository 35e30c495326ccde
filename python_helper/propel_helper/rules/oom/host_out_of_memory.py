"""host-out-of-memory: the machine's own memory could not hold an array.

## What happened
An allocation in the machine's memory (not the GPU's) failed at once.

## Why it happens
One array is larger than the memory that is free, or than a limit of the run (`ulimit -v`) allows: the whole dataset at once, a shape with one
size too many, or many workers that each hold a copy.

## What the fix changes
Where a data loader's worker ran out and the launch says how many workers there are: half as many.
Where the array is as long as the batch that the command asks for: half the batch, as a changed command,
unless half of it is more than the machine has as well.
Otherwise nothing: the size is in the code and its data.

## Fix safety
Safe for workers: fewer load the same data, more slowly. Ask for the batch: it changes what training
learns.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation, Fix
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, batch_size, memory, platforms, ulimits, workers
from propel_helper.rules.said import line_of, said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line

# c10/core/impl/alloc_cpu.cpp; numpy/_core/_exceptions.py; CPython's MemoryError and errno 12; libstdc++.
_WORDS = Wording(
    r"can't allocate memory: you tried to allocate \d+ bytes"
    r"|Unable to allocate .+ for an array with shape"
    r"|Cannot allocate memory"
    r"|std::bad_alloc"
    r"|malloc of size \d+ failed"
    r"|Failed to allocate \d+ bytes in function"
    r"|Insufficient memory"
    r"|not enough memory: you tried to allocate"
    r"|defaultcpuallocator"
    r"|paging file is too small|Not enough memory resources are available"
)
# The size that was asked for: ATen, NumPy, Arrow.
_BYTES = Wording(r"tried to allocate (?P<bytes>\d+) bytes|malloc of size (?P<arrow>\d+) failed")
_NUMPY = Wording(
    r"Unable to allocate (?P<size>[\d.]+ \w+) for an array with shape (?P<shape>\([^)]*\)) and data "
    r"type (?P<type>\S+)"
)
_SET = Wording(r"(?P<call>(?:resource\.)?setrlimit\(\s*(?:resource\.)?RLIMIT_(?:AS|DATA)\b)")
_KIB = 1 << 10
"""Bytes: what `ulimit` counts memory in."""
_ABSURD = 64 << 40
"""Bytes: more than any one machine has (64 TiB)."""


def _hold_less(crash: Crash) -> Fix:
    has = "`free -g` and `ulimit -v`"
    if platforms.is_windows(crash):
        has = "the free memory that the Task Manager shows, and with the paging file's size"
    return guide(
        "hold-less-in-memory",
        "Hold less in memory",
        f"Compare the size in the message with {has}. If it is absurd, a shape is wrong; if it is the "
        "dataset, read it piece by piece or memory-mapped; if it only fails with many workers, start "
        "fewer.",
    )


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    bare = (crash.exception or "").rpartition(".")[2] == "MemoryError"
    if found is None and not bare:
        return None
    limit = _limit(crash, surroundings)
    size = _asked(found)
    beyond = limit is not None and limit.size is not None and size is not None and size > limit.size
    hold_less = _raise(limit, size if beyond else None) if limit else _hold_less(crash)
    smaller = _smaller_batch(found, surroundings)
    in_worker = "DataLoader worker process" in crash.message
    return Explanation(
        error=_error(limit, beyond=beyond),
        because=_because(found, limit),
        fixes=(
            *(workers.fewer(surroundings) if in_worker else ()),
            *((*smaller, hold_less) if _half_fits(found, limit, surroundings) else (hold_less,)),
        ),
    )


def _error(limit: _Limit | None, *, beyond: bool) -> str:
    if beyond:
        return "an allocation larger than the run's whole memory limit"
    return "a run at its memory limit" if limit else "a machine that is out of memory"


def _asked(found: re.Match[str] | None) -> float | None:
    """Bytes that were asked for at once, where the message says so."""
    array, plain = (one.search(found.string) if found else None for one in (_NUMPY, _BYTES))
    if array is not None:
        return memory.size_of(array["size"])
    return float(plain["bytes"] or plain["arrow"]) if plain is not None else None


@dataclass(frozen=True)
class _Limit:
    """What a process of the run may have at most: as it is written, where, and in bytes."""

    written: str
    where: str
    size: float | None


def _limit(crash: Crash, surroundings: Surroundings) -> _Limit | None:
    """The limit of memory that the launch or the code sets itself, which comes before the machine's."""
    set_here = [one for one in ulimits.of("vd", surroundings) if one.value is not None]
    if set_here:
        last = set_here[-1]
        return _Limit(last.written, last.where, (last.value or 0) * _KIB)
    for frame in reversed(crash.frames):
        text = surroundings.text(frame.file) if surroundings.is_own(frame.file) else None
        found = _SET.search(text) if text else None
        if text and found:
            line = text.count("\n", 0, found.start()) + 1
            return _Limit(
                f"{found['call']}, ...)", f"{surroundings.shown(frame.file)}:{line}", None
            )
    return None


def _raise(limit: _Limit, alone: float | None) -> Fix:
    """``alone``: bytes of one allocation that no process under the limit could have."""
    if alone is not None:
        return guide(
            "hold-less-in-memory",
            "Hold less in memory",
            f"Compare {memory.shown(alone)} with what the machine has (`free -g`): where it has less, the size is "
            "what is wrong, and no higher limit helps; compute it piece by piece, or look for the shape that is "
            f"too large. Only where it has more, raise {code(limit.written)} in {limit.where}.",
        )
    return guide(
        "raise-the-memory-limit",
        "Raise the limit, or hold less",
        f"The limit is {code(limit.written)} in {limit.where}, whatever `free -g` says: raise it if "
        "the machine has the memory and you may use it, or hold less in memory at once.",
    )


def _smaller_batch(found: re.Match[str] | None, surroundings: Surroundings) -> tuple[Fix, ...]:
    """Half the batch of the command, where the array's first size is that very batch."""
    array = _NUMPY.search(found.string) if found else None
    if array is None:
        return ()
    first = array["shape"].strip("()").split(",")[0].strip()
    fixes = batch_size.halved(surroundings)
    return fixes if fixes and batch_size.given(surroundings) == first else ()


def _half_fits(
    found: re.Match[str] | None, limit: _Limit | None, surroundings: Surroundings
) -> bool:
    """Whether half of the array could be held at all, as far as that is known."""
    array = _NUMPY.search(found.string) if found else None
    size = memory.size_of(array["size"]) if array else None
    sizes = [one for one in (surroundings.memory, limit.size if limit else None) if one]
    return size is None or size / 2 < min(sizes, default=_ABSURD)


def _because(found: re.Match[str] | None, limit: _Limit | None) -> str:
    refused = "and the system did not give it"
    if limit is not None:
        most = (
            f"lets a process have {memory.shown(limit.size)}"
            if limit.size
            else "limits the process"
        )
        refused = f"and {code(limit.written)} in {limit.where} {most}"
    if found is None:
        words = "an allocation in main memory failed"
        return f"{words}, {refused}" if limit else f"{words}, and Python does not say of how much"
    array, size = _NUMPY.search(found.string), _asked(found)
    if array is not None:
        words = (
            f"{array['size'].replace('. ', ' ')} were asked for, one array of shape {array['shape']} "
            f"and type {array['type']}"
        )
    elif size is not None:
        words = f"{memory.shown(size)} were asked for at once"
    else:
        return f"an allocation in main memory failed: {first_line(line_of(found))}"
    if size is not None and size >= _ABSURD:
        return f"{words}: more than any machine has, so a dimension is most likely wrong"
    return f"{words}, {refused}"


RULE = Rule("host-out-of-memory", Category.OOM, ("exception", "exit", "shell"), explain)
