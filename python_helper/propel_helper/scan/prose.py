"""Lines that look like commands and are none: help texts, tables and logs that a document shows."""

from __future__ import annotations

from itertools import pairwise

from propel_helper.facts.wording import Wording

_TOLD = Wording(r"^[A-Za-z][\w'-]*[,:]$")
_CAPITALS = Wording(r"^[A-Z][A-Z0-9_]+$")
_BINDING = frozenset("the of is are was and this that".split())


def is_prose(program: str, arguments: tuple[str, ...]) -> bool:
    """Whether a line whose first word no rule knows is a sentence about something.

    Names in capitals are variables' by custom, not programs'. A shell gives no meaning to the
    comma or colon behind a word, and hardly a program to the words that bind a sentence together;
    what stands behind an option may be any text.
    """
    if _CAPITALS.match(program):
        return True
    plain = [word for before, word in pairwise((program, *arguments)) if before[:1] != "-"]
    return any(word in _BINDING or bool(_TOLD.match(word)) for word in plain)
