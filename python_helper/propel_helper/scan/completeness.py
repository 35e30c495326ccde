"""A command with all that its program needs stands before one that stops for want of something."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from propel_helper.scan.context import of_context
from propel_helper.scan.invocation import How
from propel_helper.scan.placeholders import placeholders
from propel_helper.scan.prominence import is_clustered, is_elsewhere, unset
from propel_helper.scan.same_call import Found
from propel_helper.scan.told import DOCUMENTED
from propel_helper.scan.variants import is_tried, is_varied, of_heading
from propel_helper.scan.vocabulary import says_other

_BARE = ("script", "console")
_CUT = ("inside", "docstring")
_APART = 0.02
"""What two rows differ by that change places."""

_FAR = 1.5
"""A command that stands this far behind is hardly the training that is looked for."""


def in_order(found: Iterable[Found], filled: Callable[[Found], Iterable[str]]) -> tuple[Found, ...]:
    """``found``, where what lacks something changes places with what gives its program all.

    A bare script gives way to any complete command of its program, what documents show only to
    another that they show. ``filled``: the programs that a script or task starts completely.
    """
    rows = _own_first(_plain_first(_first_shown(found)))
    wanting = [at for at, one in enumerate(rows) if _program(one) and _lacks(one)]
    complete: dict[str, list[int]] = {}
    for at, one in enumerate(rows) if wanting else ():
        for program in _complete(one, filled):
            complete.setdefault(program, []).append(at)
    for at in sorted(wanting, key=lambda at: -rows[at].score):
        one = rows[at]
        others = [at for at in complete.get(_program(one), ()) if _leads_to(one, rows[at])]
        best = max(others, key=lambda other: rows[other].score, default=None)
        near = best is not None and rows[best].score > one.score - _FAR
        if best is not None and near and rows[best].score < one.score + _APART:
            rows[at] = replace(one, score=min(rows[best].score, one.score) - _APART)
            rows[best] = replace(rows[best], score=one.score)
    return tuple(rows)


def _first_shown(found: Iterable[Found]) -> list[Found]:
    """``found``, where of one page's commands for one program the first complete one leads.

    What a page shows later of the same program is a variant of it.
    """
    rows = list(found)
    pages: dict[tuple[str, str], list[int]] = {}
    for at, one in enumerate(rows):
        if one.mention.source in DOCUMENTED and _program(one):
            pages.setdefault((one.mention.file, _program(one)), []).append(at)
    for ats in pages.values():
        ats.sort(key=lambda at: rows[at].mention.order)
        first = next((at for at in ats if _leads(rows[at])), None)
        best = max(ats, key=lambda at: rows[at].score)
        if first is not None and ats.index(first) < ats.index(best):
            score = rows[best].score
            rows[best] = replace(rows[best], score=rows[first].score)
            rows[first] = replace(rows[first], score=score)
    return rows


def _plain_first(rows: list[Found]) -> list[Found]:
    """``rows``, where what documents show as a variant follows the plain command of its program."""
    programs: dict[str, list[int]] = {}
    for at, one in enumerate(rows):
        started = one.place.entry if one.mention.starts.how is not How.TASK else ""
        if one.mention.source in DOCUMENTED and started:
            programs.setdefault(started, []).append(at)
    for ats in programs.values():
        best = max(ats, key=lambda at: rows[at].score)
        if not _varies(rows[best]):
            continue
        open_ = len(placeholders(rows[best].mention.text))
        plain = [
            at
            for at in ats
            if not (_varies(rows[at]) or _is_aside(rows[at]) or _lacks(rows[at]))
            and len(placeholders(rows[at].mention.text)) <= open_
        ]
        first = max(plain, key=lambda at: rows[at].score, default=None)
        if first is not None and rows[first].score > rows[best].score - _FAR:
            score = rows[best].score
            rows[best] = replace(rows[best], score=rows[first].score)
            rows[first] = replace(rows[first], score=score)
    return rows


def _varies(one: Found) -> bool:
    mention = one.mention
    heading = mention.headings[0] if mention.headings else ""
    varied = is_varied(mention.starts.arguments, heading, mention.said)
    return varied or is_clustered(mention.text)


def _own_first(rows: list[Found]) -> list[Found]:
    """``rows``, where a form of a program that the project lacks follows what the page starts of it.

    ``mycli train <name>`` may show how the commands of a project could look.
    """
    own: dict[str, float] = {}
    for one in rows:
        if one.mention.source in DOCUMENTED and one.place.entry:
            own[one.mention.file] = max(one.score, own.get(one.mention.file, one.score))
    for at, one in enumerate(rows):
        foreign = one.mention.source in DOCUMENTED and not one.place.entry
        best = own.get(one.mention.file, one.score)
        if foreign and best < one.score and placeholders(one.mention.text):
            rows[at] = replace(one, score=best - _APART)
    return rows


def _leads(one: Found) -> bool:
    """Whether a documented command may stand for its program: nothing is left to fill in or told aside."""
    return not (_lacks(one) or _is_open(one) or _is_aside(one) or not one.place.written)


def _is_aside(one: Found) -> bool:
    """Whether a command is told aside, only named, or for another machine."""
    mention = one.mention
    heading = mention.headings[0] if mention.headings else ""
    aside = is_tried(mention.starts.arguments) or of_heading(heading) < 0 or says_other(heading)
    elsewhere = is_clustered(mention.text) or is_elsewhere(mention)
    return aside or elsewhere or mention.named or of_context(mention) < 0


def _lacks(one: Found) -> bool:
    return bool(one.lacks or one.missing)


def _program(one: Found) -> str:
    """The Python file that a command starts itself, "" for scripts and tasks."""
    return one.place.entry if one.mention.starts.how in (How.FILE, How.MODULE, How.PROGRAM) else ""


def _leads_to(bare: Found, whole: Found) -> bool:
    """Whether ``bare``, which lacks something, gives way to ``whole``.

    A bare script says less of what it needs than a documented command with values to fill in.
    """
    if bare.mention.source in _BARE:
        return True
    shown = bare.mention.source in DOCUMENTED and whole.mention.source in DOCUMENTED
    return shown and not _is_open(whole)


def _is_open(one: Found) -> bool:
    return bool(placeholders(one.mention.text) or unset(one.mention.text))


def _complete(one: Found, filled: Callable[[Found], Iterable[str]]) -> Iterable[str]:
    """The programs that a command starts with all that they need."""
    own = _program(one)
    shown = own and one.mention.source in DOCUMENTED
    if one.mention.source in _CUT or _lacks(one) or (_is_open(one) and not shown):
        return ()
    return (own,) if own else filled(one)
