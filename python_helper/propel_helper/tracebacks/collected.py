"""What a collector of logs, or whoever quoted one, did to every line of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from propel_helper.facts.wording import Wording
from propel_helper.tracebacks.lines import Line

# Docker Compose; syslog and journalctl; GitHub's and Kubernetes' times; a quoted answer; srun --label.
_FORMS = (
    Wording(r"^(?P<who>[A-Za-z][\w.-]*) +\| ?"),
    Wording(r"^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d (?P<who>[\w.-]+ [\w./-]+(?:\[\d+\])?): ?"),
    Wording(
        r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d) ?(?P<who>std(?:err|out) [FP] )?"
    ),
    Wording(r"^(?P<who>)>(?: |$)"),
    Wording(r"^ *(?P<who>\d{1,5}):(?: |$)"),
)
_SRUN = _FORMS[-1]
_MOST_OTHERS = 0.1
"""Share of lines that a launcher prints beside them, without it."""
_FEWEST_INDENTED = 3


def plain(lines: list[Line]) -> list[Line]:
    """``lines`` without what stands before each of them, and whole again where a width broke them."""
    return _unbroken(_bare(lines))


def _bare(lines: list[Line]) -> list[Line]:
    said = [line for line in lines if line.text]
    first = said[0].text if said else ""
    for form in _FORMS:
        if form.match(first) is None:
            continue
        others = sum(form.match(line.text) is None for line in said)
        if others <= _MOST_OTHERS * len(said):
            return list(_without(form, lines))
    if first.startswith(" "):
        return _dedented(lines, said)
    return lines


def _without(form: Wording, lines: list[Line]) -> Iterator[Line]:
    for line in lines:
        match = form.match(line.text)
        if match is None:
            yield line
            continue
        who = match["who"] or ""
        rank = int(who) if form is _SRUN else line.rank
        yield replace(line, text=line.text[match.end() :], stream=line.stream + who, rank=rank)


def _dedented(lines: list[Line], said: list[Line]) -> list[Line]:
    indent = min(len(line.text) - len(line.text.lstrip()) for line in said)
    if indent == 0 or len(said) < _FEWEST_INDENTED:
        return lines
    return [replace(line, text=line.text[indent:]) for line in lines]


_NARROWEST, _WIDEST = 60, 250
_FEWEST_BROKEN = 3
_FRAME_BEGINS = Wording(r'^\s*File "')
_FRAME = Wording(r'^\s*File "[^"]+", line \d+(?:, in \S+)?$')


def _unbroken(lines: list[Line]) -> list[Line]:
    """``lines`` as they were before a terminal, or what they were copied to, broke them at its width.

    Proof is a stack's line of just that width that breaks off; a table has lines of one width too.
    """
    width = max((len(line.text) for line in lines), default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return lines
    full = {(one.text, two.text) for one, two in pairwise(lines) if len(one.text) == width}
    torn = [pair for pair in full if _FRAME_BEGINS.match(pair[0]) and not _FRAME.match(pair[0])]
    mended = any(_FRAME.match("".join(pair)) for pair in torn)
    if not mended and not (torn and len(full) >= _FEWEST_BROKEN):
        return lines
    whole: list[Line] = []
    goes_on = False
    for line in lines:
        if goes_on and line.text:
            whole[-1] = replace(whole[-1], text=whole[-1].text + line.text, end=line.end)
        else:
            whole.append(line)
        goes_on = len(line.text) == width
    return whole
