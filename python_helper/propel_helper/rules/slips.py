"""Whether a name is a slip of the pen for another, or the name of another thing.

A slip changes letters inside one word, its case, or how words are joined. Another number
(``fold0``, ``beta2``), another whole word (``min_lr``, ``train_x``, ``no-aug``) or another known
word (``adam`` and ``adamw``) is a choice that somebody made: no fix may turn it into its neighbour.
Two names that look like a slip are not yet proven to be one: ``slip_proofs`` has what a fix needs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from propel_helper.rules.real_words import is_real

_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W_a-zA-Z\d]+|[^\w\s./-]")
"""Words, also those of ``camelCase``; numbers; signs that do not join words (``unet++``)."""


def slip_of(name: str, names: Iterable[str]) -> str | None:
    """The one of ``names`` that ``name`` is a slip of; None when there is none or a choice.

    Another name that is as close leaves a choice, also where it is no slip itself.
    """
    apart = {
        other: distance(_joined(_parts(name)), _joined(_parts(other)))
        for other in names
        if other != name
    }
    found = [other for other in apart if is_slip(name, other)]
    least = min((apart[other] for other in found), default=0)
    close = [other for other in apart if apart[other] <= least]
    return close[0] if len(close) == 1 and close[0] in found else None


def is_slip(name: str, other: str) -> bool:
    """Whether two different names are one name, written wrong once."""
    one, two = _parts(name), _parts(other)
    if name == other or not one or not two:
        return False
    if _joined(one) == _joined(two):
        return True
    if [part for part in one if not part.isalpha()] != [part for part in two if not part.isalpha()]:
        return False
    if len(one) == len(two):
        differing = [pair for pair in zip(one, two, strict=True) if pair[0] != pair[1]]
        return len(differing) == 1 and _in_word(*differing[0], shortest=3 if len(one) > 1 else 4)
    letters = [{part for part in parts if len(part) == 1} for parts in (one, two)]
    return letters[0] == letters[1] and _across_words(_joined(one), _joined(two))


def differing(one: str, two: str) -> tuple[str, str]:
    """The one word in which two names differ, as each has it; the whole names where it is none."""
    parts, others = _parts(one), _parts(two)
    if len(parts) == len(others):
        pairs = [pair for pair in zip(parts, others, strict=True) if pair[0] != pair[1]]
        if len(pairs) == 1:
            return pairs[0]
    return _joined(parts), _joined(others)


def first_word(name: str) -> str:
    """The first word of a name, in small letters; "" where it has none."""
    return next(iter(_parts(name)), "")


def _parts(name: str) -> list[str]:
    return [part.casefold() for part in _PARTS.findall(name)]


def _joined(parts: list[str]) -> str:
    return "".join(parts)


def _in_word(one: str, two: str, shortest: int) -> bool:
    """Whether two words are a letter apart, or two in a long one, and begin alike.

    ``shortest``: letters that the longer of them has at least.
    """
    if is_real(one) and is_real(two) and one.rstrip("s") != two.rstrip("s"):
        return False
    longest = max(len(one), len(two))
    if _is_comparative(one, two) or _is_comparative(two, one):
        return False
    return (
        longest >= shortest and _begin_alike(one, two) and distance(one, two) <= 1 + (longest >= 7)
    )


def _is_comparative(word: str, other: str) -> bool:
    """Whether ``other`` is more of the same (``small`` and ``smaller``): another thing."""
    return other in {f"{word.removesuffix('e')}{ending}" for ending in ("er", "est")}


def _across_words(one: str, two: str) -> bool:
    return min(len(one), len(two)) >= 8 and one[0] == two[0] and distance(one, two) == 1


def _begin_alike(one: str, two: str) -> bool:
    """Whether the first letter is the same, was left out, or changed places with the second."""
    short, long = sorted((one, two), key=len)
    return one[0] == two[0] or one[:2] == two[1::-1] or (len(short) >= 4 and long[1:] == short)


def distance(one: str, two: str) -> int:
    """Letters to put in, leave out, change or swap with their neighbour (Damerau's distance)."""
    above: list[int] = []
    row = list(range(len(two) + 1))
    for i, letter in enumerate(one, start=1):
        last, above, row = above, row, [i]
        for j, other in enumerate(two, start=1):
            costs = [above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != other)]
            if i > 1 and j > 1 and letter == two[j - 2] and one[i - 2] == other:
                costs.append(last[j - 2] + 1)
            row.append(min(costs))
    return row[-1]
