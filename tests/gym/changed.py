"""Whether files changed on no other lines than a fix has stated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from typing import Any


def elsewhere(
    before: Mapping[str, bytes], after: Mapping[str, bytes], stated: Iterable[Mapping[str, Any]]
) -> list[str]:
    """``file:line`` of each change that no place of ``stated`` (``file``, ``line``) tells of.

    Lines are those of the old file; something inserted stands at the line that it came before.
    Files that training wrote itself are not in ``before`` and are left alone.
    """
    told = {(str(place["file"]), int(place["line"])) for place in stated}
    found = []
    for file, old in before.items():
        new = after.get(file)
        if new is None:
            found.append(f"{file} is gone")
        elif new != old:
            found += [f"{file}:{n}" for n in _lines(old, new) if (file, n) not in told]
    return found


def _lines(old: bytes, new: bytes) -> set[int]:
    rows, others = old.splitlines(keepends=True), new.splitlines(keepends=True)
    lines: set[int] = set()
    for tag, begin, end, _, _ in SequenceMatcher(None, rows, others, autojunk=False).get_opcodes():
        if tag != "equal":
            lines |= set(range(begin + 1, max(end, begin + 1) + 1))
    return lines
