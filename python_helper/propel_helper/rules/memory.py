"""The numbers in the out-of-memory message of PyTorch's GPU allocators, and what they say.

Wordings (c10/cuda/CUDACachingAllocator.cpp 1.0 to 2.13, c10/xpu, CUDAMallocAsyncAllocator.cpp):
"Tried to allocate 338.00 MiB (GPU 0; 10.91 GiB total capacity; 9.64 GiB already allocated; 211.38 MiB
free; 489.12 MiB cached)" and "5.87 GiB reserved in total by PyTorch)"; since 2.1 "GPU 0 has a total
capacity of 44.42 GiB of which 405.31 MiB is free. Process 771 has 31.68 GiB memory in use. Including
non-PyTorch memory, this process has 44.02 GiB memory in use. 20.00 GiB allowed; Of the allocated
memory 43.11 GiB is allocated by PyTorch, and 402.77 MiB is reserved by PyTorch but unallocated";
"Currently allocated : 9.43 GiB", "Requested : 640.00 MiB", "Device limit : 11.59 GiB", "Free (according
to CUDA): 7.12 MiB".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from propel_helper.facts.wording import Wording

_UNITS = {
    "bytes": 1,
    "KiB": 1 << 10,
    "MiB": 1 << 20,
    "GiB": 1 << 30,
    "TiB": 1 << 40,
    "PiB": 1 << 50,
    "EiB": 1 << 60,
}
_SIZE = r"(\d+(?:\.\d+)?) (bytes|KiB|MiB|GiB|TiB|PiB)"
_PATTERNS = {
    "asked": rf"Tried to allocate {_SIZE}|Requested\s*: {_SIZE}",
    "total": rf"{_SIZE} total capacity|total capac(?:i)?ty of {_SIZE}|Device limit\s*: {_SIZE}",
    "free": rf"of which {_SIZE} is free|{_SIZE} free|Free \(according to CUDA\)\s*: {_SIZE}",
    "allocated": (
        rf"{_SIZE} already allocated|{_SIZE} is allocated by PyTorch|Currently allocated\s*: {_SIZE}"
    ),
    "reserved": rf"{_SIZE} reserved in total",
    "cached": rf"{_SIZE} cached",
    "unused": rf"{_SIZE} is reserved by PyTorch but unallocated",
    "mine": rf"this process has {_SIZE} memory in use",
    "allowed": rf"{_SIZE} allowed;",
}
_PROCESS = Wording(rf"Process \d+ has {_SIZE} memory in use")
_CONTEXT = 2 << 30
"""Bytes: at most so much of a process's GPU memory is CUDA's own (kernels, libraries, NCCL)."""
_NOTABLE = 512 << 20
"""Bytes: what others hold is worth a word from here on."""
_PIECES = 0.02
"""Of the card: what lies unused in pieces is worth a word from here on; some always does."""


class Fill(Enum):
    """What stood in the way of an allocation, by the message's own numbers."""

    TOO_LARGE = "more was asked for than the whole card has"
    FRAGMENTED = "PyTorch holds enough of it, and much, unused in pieces"
    OTHERS = "other processes hold more than was asked for"
    CAPPED = "the program's own limit was reached"
    FULL = "the program itself fills the card"
    UNKNOWN = "the message has no numbers"


@dataclass(frozen=True)
class Numbers:
    """Sizes in bytes; None where the message does not say.

    ``mine``: what this process holds, all told; ``others``: all other processes.
    """

    asked: float | None = None
    total: float | None = None
    free: float | None = None
    allocated: float | None = None
    unused: float | None = None
    allowed: float | None = None
    mine: float | None = None
    others: float = 0

    @property
    def fill(self) -> Fill:
        """Which of the reasons the numbers point to."""
        if self.asked is None or self.total is None or self.free is None:
            return Fill.UNKNOWN
        if self.asked > self.total:
            return Fill.TOO_LARGE
        pieces = self.unused or 0
        if pieces >= max(min(self.asked, self.total / 10), self.total * _PIECES):
            return Fill.FRAGMENTED
        if self.others >= max(self.asked, _NOTABLE):
            return Fill.OTHERS
        if self.allowed is not None and self.asked <= self.free:
            return Fill.CAPPED
        return Fill.FULL

    @property
    def alone(self) -> bool:
        """Whether this process is known to hold all that is not free."""
        if self.mine is None or self.total is None or self.free is None:
            return False
        return self.total - self.free - self.mine < _NOTABLE

    @property
    def outside(self) -> float:
        """What is neither free nor PyTorch's, where the message lists no processes (before 2.1); else 0.

        Less than a process's own context may be is nobody else's.
        """
        known = self.total and self.allocated is not None and self.unused is not None
        if not known or self.mine is not None or self.others or self.free is None:
            return 0
        rest = (self.total or 0) - self.free - (self.allocated or 0) - (self.unused or 0)
        return rest if rest >= _CONTEXT else 0

    @property
    def because(self) -> str:
        """Completes "because ..." with the numbers of the message."""
        if self.asked is None or self.total is None or self.free is None:
            return "an allocation on the GPU failed and nothing was left of its memory"
        asked, total = shown(self.asked), shown(self.total)
        words = f"{asked} were asked for and {shown(self.free)} of {total} were free"
        fill = self.fill
        if fill is Fill.TOO_LARGE:
            return f"{asked} were asked for at once and the whole card has {total}"
        if fill is Fill.FRAGMENTED and self.unused is not None:
            return (
                f"{words}, while {shown(self.unused)} that PyTorch holds lie unused in pieces "
                "(fragmentation)"
            )
        if fill is Fill.CAPPED and self.allowed is not None:
            return f"{words}, and the program lets itself have {shown(self.allowed)} at most"
        if fill is Fill.OTHERS:
            return f"{words}; other processes on the card hold {shown(self.others)}"
        if self.allocated is not None and self.allocated > self.total:
            # Counted with what was moved elsewhere (virtual memory that was let go of).
            return f"{words}; this process holds {shown(self.mine)}" if self.mine else words
        if self.allocated is not None and self.outside:
            return (
                f"{words}; the run's own tensors take {shown(self.allocated)}, and about {shown(self.outside)} "
                "are held outside of PyTorch, most likely by another process"
            )
        if self.allocated is not None:
            return f"{words}; the run's own tensors take {shown(self.allocated)}"
        return words


def read(message: str) -> Numbers:
    """The sizes that ``message`` names."""
    sizes = {name: _size(re.search(pattern, message)) for name, pattern in _PATTERNS.items()}
    allocated, unused = sizes["allocated"], sizes["unused"]
    if unused is None and allocated is not None and sizes["reserved"] is not None:
        unused = max(sizes["reserved"] - allocated, 0)
    # Up to 1.3 "cached" is what is reserved beyond what is allocated.
    unused = sizes["cached"] if unused is None else unused
    return Numbers(
        sizes["asked"],
        sizes["total"],
        sizes["free"],
        allocated,
        unused,
        sizes["allowed"],
        sizes["mine"],
        _others(message, sizes["mine"], (allocated or 0) + (unused or 0)),
    )


def _others(message: str, mine: float | None, reserved: float) -> float:
    """What the other processes that the message lists hold.

    In a container PyTorch does not know its own process among those that the driver lists, and
    lists it too: the smallest one that holds what PyTorch reserved is taken for its own.
    """
    listed = sorted(_size(found) or 0 for found in _PROCESS.finditer(message))
    if mine is None:
        own = next(
            (size for size in listed if reserved * 0.99 <= size <= reserved + _CONTEXT), None
        )
        if own is not None:
            listed.remove(own)
        elif len(listed) == 1:
            return 0
    return float(sum(listed))


def _size(found: re.Match[str] | None) -> float | None:
    if found is None:
        return None
    parts = [part for part in found.groups() if part is not None]
    return float(parts[0]) * _UNITS[parts[1]]


def size_of(text: str) -> float | None:
    """Bytes of a size such as ``7.28 TiB`` or NumPy's ``879. TiB``; None for anything else."""
    number, _, unit = text.partition(" ")
    if unit not in _UNITS or not re.fullmatch(r"\d+\.?\d*", number):
        return None
    return float(number) * _UNITS[unit]


def shown(size: float) -> str:
    """A size for people: ``2.25 GiB``."""
    for unit in ("EiB", "PiB", "TiB", "GiB", "MiB", "KiB"):
        if size >= _UNITS[unit]:
            return f"{size / _UNITS[unit]:.2f} {unit}"
    return f"{size:.0f} bytes"
