"""Tracebacks that are drawn in another way, rewritten as Python's own.

Rich and Typer draw boxes, IPython shows source around each line, exception groups have a margin.
Each rewriting keeps the lines' offsets, so that a crash still says where in the log it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from propel_helper.facts.wording import Wording
from propel_helper.tracebacks import grammar
from propel_helper.tracebacks.lines import Line


def plain(lines: list[Line]) -> list[Line]:
    """``lines`` with every drawn traceback as a plain one."""
    for line in lines:
        if "Traceback" in line.text and grammar.HEADER.search(line.text):
            return list(_notebooks(list(_groups(list(_boxes(lines))))))
    return lines


# rich/traceback.py: a panel titled "Traceback (most recent call last)"; its ASCII form uses + - |.
_BOX_TOP = Wording(r"^\s*[╭┌+][─━-].*Traceback \(most recent call last\).*[╮┐+]?$")
_BOX_BOTTOM = Wording(r"^\s*[╰└+][─━-]+[╯┘+]?$")
_BOX_SIDE = Wording(r"^\s*[│|] ?(?P<inside>.*?)\s*[│|]?$")
# A file whose name begins with "<" is left out: "in __init__:122".
_BOX_FRAME = Wording(r"^(?!in \S+:\d+$)(?P<file>\S.*?):(?P<line>\d+)(?: in (?P<function>\S+))?$")
_BOX_CODE = Wording(r"^[❱>]\s*\d+\s*(?:[│|]\s*)?(?P<code>.*)$")


def _boxes(lines: Sequence[Line]) -> Iterator[Line]:
    inside = False
    torn: Line | None = None
    below = _Below()
    for line in lines:
        if not inside:
            inside = bool(_BOX_TOP.match(line.text))
            if inside:
                below = _Below(line.text)
                yield replace(line, text="Traceback (most recent call last):")
            else:
                yield from below.read(line)
            continue
        side = _BOX_SIDE.match(line.text)
        if _BOX_BOTTOM.match(line.text) or side is None:
            inside, torn = False, None
            if side is None and not _BOX_BOTTOM.match(line.text):
                yield from below.read(line)
            continue
        text = side["inside"]
        code = _BOX_CODE.match(text)
        if code is not None:
            yield replace(line, text=f"    {code['code']}")
            continue
        if not text or text[0] in " │╭╰|+" or re.match(r"\d+(?:\s|$)", text):
            torn = None
            continue
        # Rich breaks a header that is too long between its words, and a long path anywhere.
        space = " " if torn is not None and torn.text.endswith(" in") else ""
        whole = f"{torn.text}{space}{text}" if torn is not None else text
        frame = _BOX_FRAME.match(whole)
        torn = None if frame else replace(line, text=whole)
        if frame is not None:
            yield replace(line, text=_frame(frame["file"], frame["line"], frame["function"]))
    yield from below.end()


class _Below:
    """What stands below a box: the exception, as far to the right as the box, broken at its width.

    ``RichHandler`` draws its tracebacks in the column of its messages.
    """

    def __init__(self, top: str = "") -> None:
        self._indent = len(top) - len(top.lstrip())
        self._width = len(top.strip())
        self._held: Line | None = None

    def read(self, line: Line) -> Iterator[Line]:
        """``line`` where it stands by itself, what it is the end of, or nothing yet."""
        text = line.text[self._indent :]
        if not self._width or not text or line.text[: self._indent].strip() or text[0] == " ":
            yield from self.end()
            yield line
            return
        held = self._held
        if held is None:
            if grammar.exception(text, sure=True) is None:
                self._width = 0
            self._held = replace(line, text=text)
        elif len(held.text) <= self._width < len(held.text) + 1 + len(text.split()[0]):
            self._held = replace(line, text=f"{held.text} {text}", start=held.start)
            self._width += len(held.text) + 1
        else:
            yield from self.end()
            yield line
            return
        if not self._width:
            yield from self.end()

    def end(self) -> Iterator[Line]:
        """What is left."""
        if self._held is not None:
            yield self._held
        self._held, self._width = None, 0


def _frame(file: str, line: str, function: str | None) -> str:
    return f'  File "{file}", line {line}, in {function or "<module>"}'


# IPython/core/ultratb.py, VerboseTB in its styles from 5.x to 9.x.
_NOTEBOOK = Wording(
    r"^(?P<type>[A-Za-z_][\w.]*)\s{2,}Traceback \(most recent call last\)(?P<rest>.*)$"
)
_RULE = Wording(r"^-{60,}$")
_NEW_FRAME = Wording(
    r"^File (?P<file>.+?):(?P<line>\d+)(?:, in (?P<function>[\w.<>]+).*)?$"
    r"|^(?P<cell>(?:Cell|Input) In ?\[\d+\]), (?:line (?P<cellline>\d+)|in (?P<cellin><.*>\(\)|.*))$"
    r"|^File (?P<plain>\S.*?) in (?P<plainin>[\w.<>]+)(?:\(.*)?$"
)
_OLD_FRAME = Wording(
    r"^(?P<file>(?:<ipython-input|[~/.]|[A-Za-z]:\\)\S.*?) in (?P<function>[\w.<>]+).*$"
)
_ARROW = Wording(r"^-+> ?(?P<line>\d+)(?: (?P<code>.*))?$")
_SOURCE = Wording(r"^\s*\d+(?:\s|$)|^\s*\(\.\.\.\)")


def _notebooks(lines: Sequence[Line]) -> Iterator[Line]:
    inside = False
    waiting: tuple[str, str] | None = None
    for line in lines:
        header = _NOTEBOOK.match(line.text)
        if header is not None:
            inside, waiting = True, None
            yield replace(line, text="Traceback (most recent call last):")
            continue
        if not inside:
            if not _RULE.match(line.text):
                yield line
            continue
        new, old, arrow = (p.match(line.text) for p in (_NEW_FRAME, _OLD_FRAME, _ARROW))
        if new is not None:
            file = new["file"] or new["cell"] or new["plain"]
            number = new["line"] or new["cellline"]
            function = new["function"] or new["plainin"] or "<module>"
            waiting = None if number else (file, function)
            if number:
                yield replace(line, text=_frame(file, number, function))
        elif old is not None:
            waiting = (old["file"], old["function"])
        elif arrow is not None:
            if waiting is not None:
                text = _frame(waiting[0], arrow["line"], waiting[1])
                yield replace(line, text=f"{text}    {arrow['code'] or ''}")
                waiting = None
            else:
                yield replace(line, text=f"    {arrow['code'] or ''}")
        elif not line.text or _SOURCE.match(line.text):
            continue
        else:
            inside = grammar.exception(line.text, sure=True) is None
            yield line


# traceback.TracebackException.format, Python 3.11: a group's lines stand in a margin.
_GROUP = Wording(r"^(?P<margin>\s*)\+ Exception Group Traceback \(most recent call last\):")
_MARGIN = Wording(r"^[\s|]*(?:\| |\+ (?=Exception Group)|\|$|\+-[+-]*-{4,}(?: \d+ -+)?$)")
_SUB = Wording(r"^[\s|]*\+-[+-]*-{4,}")


def _groups(lines: Sequence[Line]) -> Iterator[Line]:
    """A group and the first of its exceptions, as if one had followed from the other."""
    inside = False
    subs = 0
    for line in lines:
        if _GROUP.match(line.text):
            inside, subs = True, 0
        elif inside and not (_MARGIN.match(line.text) or _SUB.match(line.text)):
            inside = False
        if not inside:
            yield line
        elif _SUB.match(line.text):
            subs += 1
            yield replace(line, text="")
        elif subs < 2:
            yield replace(line, text=_MARGIN.sub("", line.text, count=1))
