"""Whether a slip of the pen is proven well enough for a fix, or may be another name.

Letters that changed places, a letter doubled or single where it should not be, and one left out or put
in inside a word are what fingers do. Another letter in its place, or one more or less at an end, makes other words
(``decay`` and ``delay``, ``sparse`` and ``parse``, ``head`` and ``heads``): it proves nothing by itself.
A word that settings really have is never the misspelt one.
"""

from __future__ import annotations

from collections.abc import Iterable

from propel_helper.rules.real_words import is_real
from propel_helper.rules.slips import differing, first_word, is_slip, slip_of

_COUNTS = frozenset({"n", "num", "nb"})
"""``num_worker`` counts what ``num_workers`` counts."""
_INNER = 5
"""Letters that a word has at least where one left out inside it proves a slip: ``cart`` is no ``cat``.

A shorter one has to be a word that settings have.
"""
_LONG = 6
_SAME = (frozenset({"yml", "yaml"}), frozenset({"jpg", "jpeg"}), frozenset({"tif", "tiff"}))
"""Endings of file names that are one kind of file."""
_ENDINGS = (
    "s", "es", "n", "en", "d", "ed", "ing", "er", "or", "est", "y", "ly", "al", "ion", "able",
)  # fmt: skip
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def meant_name(wrong: str, names: Iterable[str]) -> str | None:
    """The one of ``names`` that ``wrong`` is, as the name of an option, a key or a program."""
    near = slip_of(wrong, names)
    return near if near is not None and is_proven(wrong, near) else None


def meant_value(wrong: str, names: Iterable[str]) -> str | None:
    """The one of ``names`` that ``wrong`` surely is, where each of them is another choice.

    Values of settings, options of a group, files of data, classes: a model, an optimizer, a loss or
    data may hang on it.
    """
    near = slip_of(wrong, names)
    return near if near is not None and is_sure(wrong, near) else None


def is_sure(wrong: str, right: str) -> bool:
    """Whether ``wrong`` is ``right`` with a slip that makes no other word."""
    one, two = differing(wrong, right)
    if not is_slip(wrong, right):
        return False
    if one == two or {one, two} in _SAME:
        return True
    if is_real(one) or is_plural(wrong, right):
        return False
    return _is_transposed(one, two) or _is_inside(one, two) or _is_cut_off(one, two)


def is_proven(wrong: str, right: str) -> bool:
    """Whether ``wrong`` is ``right`` misspelt, for names that a program has no two alike of."""
    if is_sure(wrong, right):
        return True
    one, two = differing(wrong, right)
    if not is_slip(wrong, right) or is_real(one) or _is_form(one, two):
        return is_plural(wrong, right) and first_word(wrong) in _COUNTS and is_slip(wrong, right)
    if len(one) == len(two):
        changed = [pair for pair in zip(one, two, strict=True) if pair[0] != pair[1]]
        by_finger = len(changed) == 1 and len(two) >= _LONG and _are_beside(*changed[0])
        return is_real(two) or by_finger
    if one[:1] != two[:1] and len(one) > len(two):
        return False
    return is_real(two)


def plural_of(name: str, names: Iterable[str]) -> str | None:
    """The one of ``names`` that ``name`` is the plural or the singular of.

    Often two settings (``head`` and ``heads``): a fix needs more to go by.
    """
    near = slip_of(name, names)
    return near if near is not None and is_plural(name, near) else None


def is_plural(one: str, two: str) -> bool:
    """Whether only an ``s`` at a word's end differs."""
    first, second = differing(one, two)
    return first != second and first.removesuffix("s") == second.removesuffix("s")


def _is_transposed(one: str, two: str) -> bool:
    """Whether two neighbours changed places."""
    at = [i for i, (a, b) in enumerate(zip(one, two, strict=False)) if a != b]
    if len(one) != len(two) or len(at) != 2 or at[1] != at[0] + 1:
        return False
    return one[at[0]] == two[at[1]] and one[at[1]] == two[at[0]]


def _is_inside(one: str, two: str) -> bool:
    """Whether one has a letter more inside, or twice in a row what the other has once."""
    short, long = sorted((one, two), key=len)
    if len(long) != len(short) + 1:
        return False
    places = [i for i in range(len(long)) if long[:i] + long[i + 1 :] == short]
    doubled = len(places) > 1
    inner = bool(places) and 0 < places[0] < len(long) - 1
    return doubled or (inner and (len(long) >= _INNER or (two == long and is_real(two))))


def _is_cut_off(one: str, two: str) -> bool:
    """Whether the last letter of a long word that settings have is missing."""
    return len(two) >= _LONG and two[:-1] == one and is_real(two) and not _is_form(one, two)


def _is_form(one: str, two: str) -> bool:
    """Whether one is the other with a grammatical ending: ``scale`` and ``scaled``."""
    short, long = sorted((one, two), key=len)
    return any(long in {short + end, short.removesuffix("e") + end} for end in _ENDINGS)


def _are_beside(one: str, two: str) -> bool:
    """Whether two letters are neighbours on a keyboard."""
    places = {letter: (row, at) for row, keys in enumerate(_ROWS) for at, letter in enumerate(keys)}
    if one not in places or two not in places:
        return False
    (row, at), (other_row, other_at) = places[one], places[two]
    # Each row is shifted to the right of the one above.
    shift = other_at - at
    if row == other_row:
        return abs(shift) == 1
    return abs(row - other_row) == 1 and shift in ((0, -1) if other_row > row else (0, 1))
