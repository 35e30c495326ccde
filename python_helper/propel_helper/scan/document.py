"""Commands that a document shows, with the headings above and the ``cd`` lines before them."""

from __future__ import annotations

from propel_helper.scan.invocation import How
from propel_helper.scan.reading import Mention
from propel_helper.scan.spoken import Spoken, spoken


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
        for one in spoken(text, prompts=True, folders=self._folders):
            self._add(one, line + one.line - 1)

    def inline(self, text: str, line: int) -> None:
        """Code inside a sentence: a command only if it says enough."""
        for one in spoken(text, prompts=True, folders=[*self._folders]):
            starts = one.starts
            if starts.how is not How.PROGRAM or starts.arguments:
                self._add(one, line)

    def _add(self, one: Spoken, line: int) -> None:
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
            )
        )
