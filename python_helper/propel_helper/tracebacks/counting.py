"""Lines that count: a program that goes on prints the same words with the next number, again and again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from propel_helper.tracebacks.lines import Line, bare

_NUMBER = re.compile(r"\d+")
_ENOUGH = 5
"""Lines in a row; what a program says while it ends has fewer."""
_LARGEST_STEP = 1000
_LONGEST = 200
# Stacks, and what launchers say of one process after the other.
_NO_COUNT = re.compile(
    r"\s*(?:frame #|#\d|File \"|Sending |Killing |Process )|.*\b(?:signal|SIG[A-Z]+|pid)\b"
)


class Counting:
    """Which streams of a log count on after an offset."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._series: dict[tuple[str, str], list[tuple[int, int]]] = {}
        for raw in lines:
            if len(raw.text) > _LONGEST:
                continue
            line = bare(raw)
            numbers = _NUMBER.findall(line.text[:_LONGEST])
            if not numbers or len(numbers) > 2 or _NO_COUNT.match(line.text):
                continue
            # "3 of 20": the first number counts, and the other stays.
            shape = _NUMBER.sub("0", line.text) + "".join(numbers[1:])
            found = self._series.setdefault((line.stream, shape), [])
            found.append((line.start, int(numbers[0])))

    def goes_on(self, offset: int, stream: str) -> bool:
        """Whether some words come back in ``stream`` after ``offset``, each time with the next number."""
        return any(
            _counts([number for start, number in found if start >= offset])
            for (where, _), found in self._series.items()
            if where == stream
        )


def _counts(numbers: list[int]) -> bool:
    if len(numbers) < _ENOUGH:
        return False
    steps = {later - earlier for earlier, later in pairwise(numbers)}
    return len(steps) == 1 and 0 < steps.pop() <= _LARGEST_STEP
