"""Commands that a document shows, with the headings above and the ``cd`` lines before them."""

from __future__ import annotations

import re

from propel_helper.facts.wording import Wording
from propel_helper.scan.invocation import How
from propel_helper.scan.open_quotes import without_open_quotes
from propel_helper.scan.reading import Mention
from propel_helper.scan.spoken import Spoken, spoken

_NEWS = Wording(
    r"(?:^|/)(?:change[-_]?log|changes|history|release(?:s|[-_]?notes?))"
    r"(?:[-_.]?v?\d[\w.]*|[-_.][a-z]{2})?(?:\.[a-z]+)?$",
    re.IGNORECASE,
)


def tells_news(path: str) -> bool:
    """Whether a document tells what changed: its commands are of the past, or only mentioned."""
    return _NEWS.search(path) is not None


_USAGE = Wording(r"^\s*usage:\s*\S", re.IGNORECASE)
_HELP = Wording(r"^\s*(?:(?:\w+ )?(?:arguments|options):\s*$|-h, --help\b)", re.IGNORECASE)
_PROMPT = Wording(r"^\s*[$%>] ")


def _printed(lines: list[str]) -> int:
    """How many of ``lines``, the first of which says ``usage:``, argparse printed; 0 when none."""
    margin, helps = len(lines[0]) - len(lines[0].lstrip()), False
    for at, line in enumerate(lines):
        text = line.strip()
        title = text.endswith(":") or text.startswith("-")
        below = text and not title and len(line) - len(line.lstrip()) <= margin
        if _PROMPT.match(line) or (helps and below):
            return at if helps else 0
        helps = helps or _HELP.match(line) is not None
    return len(lines) if helps else 0


def _without_usage(text: str) -> str:
    """``text`` with the help that argparse printed into it left blank, its lines in their places."""
    if "usage:" not in text.lower():
        return text
    lines = text.split("\n")
    for begin, line in enumerate(lines):
        if _USAGE.match(line):
            printed = _printed(lines[begin:])
            lines[begin : begin + printed] = [""] * printed
    return "\n".join(lines)


_QUOTED = Wording(r"'[^']*'|\"[^\"]*\"|\[[^\]]*\]")
_ENUMERATED = Wording(r"(?:^|\s)[A-Za-z][\w/]*,\s+[A-Za-z][\w/]*,\s+[A-Za-z]")


def _enumerates(text: str) -> bool:
    """Whether ``text`` lists the values that an option may have: no shell parts words by commas."""
    return ", " in text and _ENUMERATED.search(_QUOTED.sub("", text)) is not None


class Document:
    """One pass over a document, top to bottom."""

    def __init__(self, path: str) -> None:
        name = path.rpartition("/")[2].lower()
        self._path = path
        self._source = "readme" if name.startswith("readme") else "docs"
        self._headings: list[tuple[int, str]] = []
        self._titled = False
        self._folders: list[str] = []
        self._sentence = ""
        self._found: list[Mention] = []

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Every command so far, in order."""
        return tuple(self._found)

    def heading(self, level: int, text: str) -> None:
        """A heading: what follows stands under it."""
        while self._headings and self._headings[-1][0] >= level:
            self._headings.pop()
        if self._titled or level > 1:
            self._headings.append((level, text))
        self._titled = True
        self._sentence = ""

    def sentence(self, text: str) -> None:
        """Prose: what the next command is introduced by."""
        self._sentence = text[-200:]

    def block(self, text: str, line: int) -> None:
        """A block of code, in whatever language it says it is."""
        shown = without_open_quotes(_without_usage(text))
        for one in spoken(shown, prompts=True, folders=self._folders, exports=True):
            self._add(one, line + one.line - 1)

    def quote(self, text: str, line: int) -> None:
        """A quoted paragraph: prose, or commands that stand in it without being marked as code."""
        known = len(self._found)
        for one in spoken(text, prompts=True, folders=self._folders):
            # What may be any word of prose is no program.
            if one.starts.how is not How.PROGRAM and one.text[-1] not in ".:,;":
                self._add(one, line + one.line - 1)
        if len(self._found) == known:
            self.sentence(text)

    def inline(self, text: str, line: int) -> None:
        """Code inside a sentence: a command only if it says enough."""
        if len(text.split()) < 2 and not text.startswith("."):
            return
        for one in spoken(text, prompts=True, folders=[*self._folders]):
            starts = one.starts
            if starts.how is not How.PROGRAM or starts.arguments:
                self._add(one, line, named=not starts.arguments)

    def _add(self, one: Spoken, line: int, *, named: bool = False) -> None:
        if _enumerates(one.text):
            return
        headings = tuple(text for _, text in reversed(self._headings))
        self._found.append(
            Mention(
                one.text,
                one.starts,
                self._source,
                self._path,
                line,
                one.folders,
                one.comment or self._sentence,
                headings,
                len(self._found),
                named=named,
            )
        )
