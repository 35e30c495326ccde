"""What is told of a path at which nothing is: near names, links that lead nowhere, a ``~`` as it is written."""

from __future__ import annotations

from dataclasses import dataclass

from propel_helper.facts.finding import Fix
from propel_helper.facts.surroundings import Surroundings
from propel_helper.rules import moved_files, platforms, texts
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code


@dataclass(frozen=True)
class Told:
    """Why nothing is there, as the gate says it behind "and", and what to do."""

    because: str
    fix: Fix


def told(path: str, surroundings: Surroundings) -> Told | None:
    """What the path itself says of why nothing is there."""
    if path.startswith("~"):
        step = guide(
            "write-the-home-folder",
            "Write the home folder",
            "Write `$HOME` for `~`, in double quotes or in none, or the whole path; a path of a config is "
            "expanded by nobody unless the code calls `os.path.expanduser`.",
        )
        return Told(
            "`~` was not expanded: a shell does that only where an unquoted word begins", step
        )
    link = surroundings.dangling(path)
    if link is None:
        return None
    at, target = link
    step = guide(
        "mend-the-link",
        "Mend the link",
        f"Bring {code(target)} back (an unmounted disk, a folder that was moved), or let {code(at)} lead to "
        f"where the data is: `ln -sfn TARGET {at}`.",
    )
    subject = "that" if at == path else code(at)
    return Told(f"{subject} is a symbolic link to {code(target)}, where nothing is", step)


def look(path: str | None, surroundings: Surroundings) -> Fix:
    """What is there instead, as far as it is near; what to do about it is the person's to say."""
    near = texts.near_paths(path, surroundings) if path else ()
    beside = f"There is {' and '.join(map(code, near))}. " if near else ""
    now = moved_files.now_at(path, surroundings) if path else None
    if now is not None and now not in near:
        beside += f"The one file of that name in the project is {code(now)}. "
    return guide(
        "look-for-the-file",
        "Look where the file is",
        f"{beside}Look for {code(platforms.shown(path)) if path else 'it'} from the folder that the run starts in, and "
        "correct the path in the command, the config or the code; or fetch what is missing.",
    )
