"""Variables that a shell script sets and uses: the use of one that only another name sets."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Fix, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import comments, texts
from propel_helper.rules.slip_proofs import is_proven
from propel_helper.rules.slips import slip_of
from propel_helper.rules.words import code

LINE = Wording(r"^(?P<file>[\w./~-]+): (?:line )?(?P<line>\d+): ", re.MULTILINE)
"""Where a shell says that it stopped."""
_SET = re.compile(
    r"(?:^|[;&|(]|\b(?:export|readonly|local|declare|typeset))[ \t]*(?:-\w+[ \t]+)*(?P<name>[A-Za-z_]\w*)=",
    re.MULTILINE,
)
_SOURCED = re.compile(r"^[ \t]*(?:source|\.)[ \t]+(?P<path>[^\n;#]+)", re.MULTILINE)
_MOST_FILES = 40
"""Files of code that are searched for a reader of a variable."""


@dataclass(frozen=True)
class Near:
    """A variable that is set, of almost the name that is asked for: its name and where."""

    name: str
    file: str
    line: int


def near(name: str, crash: Crash, surroundings: Surroundings) -> Near | None:
    """The one variable of almost that name that the stopped script, or what it sources, sets."""
    stopped = _stopped(crash, surroundings)
    if stopped is None:
        return None
    found: dict[str, Near] = {}
    for file in (stopped[0], *_sourced(*stopped, surroundings)):
        text = surroundings.text(file) or ""
        for match in _SET.finditer(text):
            line = text.count("\n", 0, match.start("name")) + 1
            found.setdefault(match["name"], Near(match["name"], surroundings.shown(file), line))
    right = slip_of(name, tuple(found)) if name not in found else None
    return found[right] if right else None


def respelt_use(name: str, crash: Crash, surroundings: Surroundings) -> Fix | None:
    """The script with the variable that is set wherever it uses ``name``, which nothing sets."""
    stopped, right = _stopped(crash, surroundings), near(name, crash, surroundings)
    if stopped is None or right is None or not is_proven(name, right.name):
        return None
    file, text = stopped
    bare = comments.masked(file if "." in file else f"{file}.sh", text)
    places = [
        match.start("name") for match in re.finditer(rf"\$\{{?(?P<name>{re.escape(name)})\b", bare)
    ]
    edits = tuple(texts.edit_at(file, text, place, name, right.name) for place in places)
    if not edits:
        return None
    by = f"using {code(right.name)}, which {right.file}:{right.line} sets, for {code(name)}"
    return Fix("respell-use", f"Use {right.name}", by, Safety.ASK, edits)


def is_read(name: str, texts_of_shell: str, surroundings: Surroundings) -> bool:
    """Whether a shell text uses the variable, or code beside the run's folder asks for it by name."""
    if re.search(rf"\$\{{?{re.escape(name)}\b", texts_of_shell):
        return True
    files = [one for one in surroundings.names(".") if one.endswith(".py")][:_MOST_FILES]
    asked = re.compile(rf"['\"]{re.escape(name)}['\"]")
    return any(asked.search(surroundings.text(file) or "") for file in files)


def _stopped(crash: Crash, surroundings: Surroundings) -> tuple[str, str] | None:
    """The script that the shell stopped in, and its text."""
    found = LINE.search(crash.message)
    text = surroundings.text(found["file"]) if found else None
    return (found["file"], text) if found and text is not None else None


def _sourced(script: str, text: str, surroundings: Surroundings) -> list[str]:
    """Files that a script reads in, by their path, else by their name beside it (``$(dirname $0)/x``)."""
    found = []
    for match in _SOURCED.finditer(text):
        path = match["path"].strip().strip("\"'")
        beside = posixpath.join(posixpath.dirname(script), posixpath.basename(path))
        found += [one for one in (path, beside) if surroundings.text(one) is not None][:1]
    return found
