"""Regular expressions that are compiled when they are first asked.

There are hundreds of them and a crash is shown to a few rules: compiling all would take longer
than reading the log.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from functools import cached_property


class Wording:
    """Stands for ``re.compile(pattern, flags)``."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = pattern
        self._flags = flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The compiled expression."""
        return re.compile(self.pattern, self._flags)

    def search(self, text: str) -> re.Match[str] | None:
        """As ``re.Pattern.search``."""
        return self.compiled.search(text)

    def match(self, text: str) -> re.Match[str] | None:
        """As ``re.Pattern.match``."""
        return self.compiled.match(text)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """As ``re.Pattern.fullmatch``."""
        return self.compiled.fullmatch(text)

    def finditer(
        self, text: str, start: int = 0, end: int = sys.maxsize
    ) -> Iterator[re.Match[str]]:
        """As ``re.Pattern.finditer``."""
        return self.compiled.finditer(text, start, end)

    def findall(self, text: str) -> list[str]:
        """As ``re.Pattern.findall`` of an expression with at most one group."""
        found: list[str] = self.compiled.findall(text)
        return found

    def groups(self, text: str) -> list[tuple[str, ...]]:
        """As ``re.Pattern.findall`` of an expression with several groups."""
        return [found.groups("") for found in self.compiled.finditer(text)]

    def sub(self, new: str | Callable[[re.Match[str]], str], text: str, count: int = 0) -> str:
        """As ``re.Pattern.sub``."""
        return self.compiled.sub(new, text, count)

    def split(self, text: str) -> list[str]:
        """As ``re.Pattern.split`` of an expression without groups."""
        return [part for part in self.compiled.split(text) if part is not None]
