"""One call that several files name is one row: which of them is shown."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from propel_helper.scan.invocation import How
from propel_helper.scan.judge import Evidence
from propel_helper.scan.placeholders import placeholders
from propel_helper.scan.reading import Mention
from propel_helper.scan.resolve import Place
from propel_helper.scan.told import DOCUMENTED


@dataclass(frozen=True)
class Found:
    """A command that trains: where it leads, what speaks for it, and the options it lacks.

    ``missing``: configs that it needs and the project does not have.
    """

    mention: Mention
    place: Place
    evidence: Evidence
    score: float
    lacks: tuple[str, ...]
    missing: tuple[str, ...] = ()


def better(known: Found | None, found: Found) -> Found:
    """The better of two of the same call; of a page and its translation the page is named."""
    if known is None:
        return found
    worse, best = sorted((found, known), key=lambda one: one.score)
    (folder, name), (own, other) = (posixpath.split(one.mention.file) for one in (worse, best))
    page = folder == own and name.lower() == "readme.md" != other.lower()
    if page and best.mention.source == "readme" and worse.mention.text == best.mention.text:
        return replace(best, mention=worse.mention)
    return best


def without_forms(found: Iterable[Found]) -> Iterator[Found]:
    """Without the forms of scripts to fill in which documents show filled in, in the same folder."""
    every = list(found)
    shown: dict[tuple[str, str], int] = {}
    for one in every:
        if one.mention.source in DOCUMENTED and one.mention.starts.how is How.SHELL:
            given, at = len(one.mention.starts.arguments), (one.place.entry, one.place.cwd)
            shown[at] = max(given, shown.get(at, 0))
    for one in every:
        asked = len(placeholders(one.mention.text)) if one.mention.source == "shell" else 0
        if not asked or shown.get((one.place.entry, one.place.cwd), 0) < asked:
            yield one
