"""The answer to "Why is it stuck?": a sentence or two over the groups."""

from __future__ import annotations

from collections.abc import Sequence

from propel_helper.facts.hang import Wait, WaitGroup
from propel_helper.hangs.grouping import FOR_OTHERS, MAYBE_FOR_OTHERS, listed
from propel_helper.hangs.subjects import IDLE

_CAUSES = {
    Wait.TYPING: "Attach to the session and type, or take the breakpoint out.",
    Wait.STOPPED: "`kill -CONT` with its process id lets it go on, and so does leaving the debugger.",
}


def answer(groups: Sequence[WaitGroup], missing: Sequence[int] = ()) -> str:
    """What a person wants to know first.

    ``missing``: ranks that belong here by the environment of the others and have no process.
    """
    ranks = [group for group in groups if group.role == "rank"]
    if not ranks:
        return "No process that trains is there, only what starts it."
    if all(group.moves for group in ranks) and not missing:
        return f"It is not stuck at one line: {_places(ranks)}"
    sentences = [_ranks(ranks)]
    if missing:
        noun = "Rank" if len(missing) == 1 else "Ranks"
        has = "has" if len(missing) == 1 else "have"
        sentences.append(f"{noun} {listed(missing)} {has} no process any more.")
    elif len(ranks) == 1 and ranks[0].wait in FOR_OTHERS and len(ranks[0].pids) > 1:
        sentences.append("None of them is missing here.")
    for group in ranks:
        sentences += _behind(group, groups)
    sentences += [said for group in ranks if (said := _CAUSES.get(group.wait))]
    return " ".join(dict.fromkeys(sentences))


def _places(ranks: Sequence[WaitGroup]) -> str:
    if len(ranks) == 1 and len(ranks[0].pids) == 1:
        at = ranks[0].at
        where = f", now at {at.file}:{at.line}" if at else ""
        return f"it went on between two looks{where}."
    return "every process went on between two looks."


def _ranks(ranks: Sequence[WaitGroup]) -> str:
    odd = [group for group in ranks if group.is_odd]
    usual = [group for group in ranks if not group.is_odd]
    if not odd or not usual:
        count = sum(len(group.pids) for group in ranks)
        if len(ranks) == 1 and count > 1:
            group = ranks[0]
            noun = "ranks" if group.ranks else "processes"
            return group.text.replace(group.who, f"All {count} {noun}", 1)
        return f"{'; '.join(_inside(group.text, index) for index, group in enumerate(ranks))}."
    said = "; ".join(_inside(group.text, index) for index, group in enumerate(usual))
    return f"{said}; {'; '.join(_elsewhere(group) for group in odd)}."


def _elsewhere(group: WaitGroup) -> str:
    """``rank 3 is elsewhere: data.py:12 (reading a file)``."""
    be = "is" if len(group.pids) == 1 else "are"
    place = f"{group.at.file}:{group.at.line}" if group.at else group.doing
    if group.at and group.doing:
        place += f" ({group.doing})"
    also = FOR_OTHERS | MAYBE_FOR_OTHERS
    each = ", so that each waits for the others" if group.wait in also else ""
    moves = ", and " + ("goes" if be == "is" else "go") + " on" if group.moves else ""
    return f"{_lower(group.who)} {be} elsewhere: {place}{moves}{each}"


def _behind(group: WaitGroup, groups: Sequence[WaitGroup]) -> list[str]:
    """What stands behind a wait for data, for other processes or for a thread."""
    roles = {Wait.DATA: "worker", Wait.CHILD: "worker", Wait.LOCK: "thread"}
    role = roles.get(group.wait)
    return [
        one.text
        for one in groups
        if one.role == role and set(one.ranks) <= set(group.ranks) and _tells(one)
    ]


def _tells(group: WaitGroup) -> bool:
    return group.at is not None or group.doing == IDLE.gerund


def _inside(sentence: str, index: int) -> str:
    text = sentence.removesuffix(".")
    return _lower(text) if index else text


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
