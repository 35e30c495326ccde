"""What the documents of a project tell of its files: which they start, and which they only name."""

from __future__ import annotations

import math
import posixpath
from collections.abc import Iterable, Mapping

from propel_helper.scan.arguments_text import learns
from propel_helper.scan.context import under_training, under_use
from propel_helper.scan.invocation import SHELL_SUFFIXES, How
from propel_helper.scan.judge import Judge
from propel_helper.scan.reading import Mention, Reading
from propel_helper.scan.resolve import Place

DOCUMENTED = ("readme", "docs")
_BARE = ("script", "shell")


class Told:
    """What is told of the files that commands lead to.

    Attributes:
        learn: files that are started with options of a training.
    """

    def __init__(
        self,
        placed: Iterable[tuple[Mention, Place]],
        readings: Mapping[str, tuple[Reading, ...]],
        judge: Judge,
    ) -> None:
        self.learn: set[str] = set()
        self._pages: dict[str, set[str]] = {}
        self._programs: set[str] = set()
        self._trained: set[str] = set()
        self._named = _linked(readings)
        self._folders = _of_scripts(readings)
        for one, at in placed:
            if one.source in DOCUMENTED and at.entry and not at.rivals:
                self._pages.setdefault(at.entry, set()).add(one.file)
                if one.starts.how is How.PROGRAM:
                    self._programs.add(one.starts.target)
                if learns(one.starts.arguments):
                    self.learn.add(at.entry)
                if under_training(one):
                    self._trained.add(at.entry)
        self._started = {
            at.entry
            for file in readings
            if file.endswith(SHELL_SUFFIXES)
            and (file in self._named or file in self._pages or self._is_in_folder(file))
            for starts, at in judge.inside(file)
            if starts.arguments
        }
        """What scripts that are told of start with options."""

    def is_use(self, mention: Mention, at: Place) -> bool:
        """Whether a command uses what was trained: its file has headings for both."""
        documented = mention.source in DOCUMENTED and at.entry in self._trained
        return documented and under_use(mention)

    def weight(self, mention: Mention, at: Place) -> float:
        """What it is worth that documents start or name the file of a command."""
        pages = self._pages.get(at.entry, ())
        score = 0.15 * math.log2(1 + min(len(pages), 30))
        order = self._named.get(at.entry, self._named.get(at.entry.partition("/")[0]))
        if order is not None:
            score += max(0.6 - 0.02 * order, 0.2)
        lifted = at.entry in self._named and mention.source in _BARE
        lifted = lifted or (mention.source == "shell" and self._is_in_folder(at.entry))
        score += 0.6 * (lifted and not pages)
        if at.entry in self._started and mention.source == "script" and not pages:
            # A script that the documents show knows with what this is started.
            score -= 0.7
        return score

    def _is_in_folder(self, file: str) -> bool:
        return bool(self._folders) and posixpath.dirname(file) in self._folders

    def says(self, mention: Mention, at: Place) -> str:
        """What the documents do with the file that a command starts, or with the program."""
        if mention.source == "console":
            return "starts it too" if mention.starts.target in self._programs else ""
        if self._pages.get(at.entry):
            return "starts it too"
        if at.entry in self._named:
            return "names it"
        in_folder = mention.source == "shell" and self._is_in_folder(at.entry)
        return "names its folder" if in_folder else ""


def _linked(readings: Mapping[str, tuple[Reading, ...]]) -> dict[str, int]:
    """Files and top folders that the project's own README names, with their place in it."""
    found: dict[str, int] = {}
    for file, parts in readings.items():
        if "/" not in file and file.lower().startswith("readme"):
            for link in (link for part in parts for link in part.links):
                found.setdefault(link.partition("/")[0], len(found))
                found.setdefault(link.rstrip("/"), len(found))
    return found


def _of_scripts(readings: Mapping[str, tuple[Reading, ...]]) -> frozenset[str]:
    """Folders of which the project's own README says that they hold scripts of the training."""
    pages = (parts for file, parts in readings.items() if "/" not in file)
    return frozenset(one for parts in pages for part in parts for one in part.folders)
