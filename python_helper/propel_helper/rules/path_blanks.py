"""Paths with a blank at an end, which quotes keep and nobody sees."""

from __future__ import annotations

import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import RerunStep, Step
from propel_helper.facts.surroundings import PathKind, Surroundings
from propel_helper.rules import project_files, texts


def without(path: str, surroundings: Surroundings) -> str | None:
    """The path without the blanks at its ends, if that is there."""
    bare = path.strip(" \t")
    there = bare != path and surroundings.kind(bare) in (PathKind.FILE, PathKind.FOLDER)
    return bare if bare and there else None


def away(path: str, crash: Crash, surroundings: Surroundings) -> Step | None:
    """The step that takes the blanks at an end of ``path`` away, where a quote stands next to them.

    They stand at the end of its last part, or before its first one; elsewhere no parser keeps them.
    """
    last, first = path.rpartition("/")[2], path.partition("/")[0]
    part = last if last != last.rstrip() else first
    bare = part.strip(" \t")
    pattern = re.compile(
        rf"(?<=[\"'/]){re.escape(part)}(?=[\"'])"
        if part == last
        else rf"(?<=[\"']){re.escape(part)}(?=/)"
    )
    command = surroundings.command or ""
    found = list(pattern.finditer(command))
    if found:
        changed = command[: found[0].start()] + bare + command[found[0].end() :]
        return RerunStep(command, changed) if len(found) == 1 else None
    for file in (
        *texts.files_of(crash, surroundings),
        *project_files.of_crash(crash, surroundings),
    ):
        text = texts.read(file, surroundings) or ""
        places = texts.uncommented(file, text, [one.start() for one in pattern.finditer(text)])
        if places:
            return texts.edit_at(file, text, places[0], part, bare) if len(places) == 1 else None
    return None
