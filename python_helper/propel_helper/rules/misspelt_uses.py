"""A variable of a shell script that is read by a slip of the name that the script sets."""

from __future__ import annotations

import posixpath
import re

from propel_helper.facts.crash import Crash, CrashKind
from propel_helper.facts.finding import Fix, Safety
from propel_helper.facts.shell import simple_commands
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import comments, slips, texts
from propel_helper.rules.words import code

# bash's and dash's words under `set -u`.
_UNSET = Wording(
    r"^(?P<file>[\w./~-]+): (?:line )?\d+: (?P<name>\w+): (?:unbound variable|parameter (?:null or )?not set)"
)
_SET = re.compile(r"(?P<name>[A-Za-z_]\w*)=")
_SOURCED = re.compile(
    r"(?:^|[;&])[ \t]*(?:source|\.)[ \t]+[\"']?(?:[^\n;&|]*/)?(?P<file>[\w.-]+\.(?:sh|bash|env))[\"']?",
    re.MULTILINE,
)


def respelt(crash: Crash, surroundings: Surroundings) -> Fix | None:
    """The one use of the variable by the name that the script, or one that it sources, sets."""
    found = _UNSET.search(crash.message) if crash.kind is CrashKind.SHELL else None
    text = surroundings.text(found["file"]) if found else None
    if found is None or text is None:
        return None
    file, name = found["file"], found["name"]
    bare = comments.masked(file if "." in file else f"{file}.sh", text)
    uses = list(re.finditer(rf"\$\{{?(?P<name>{name})\b", bare))
    scripts = [bare, *_sourced(file, bare, surroundings)]
    known = {other: value for script in scripts for other, value in _set_in(script).items()}
    near = slips.slip_of(name, known) if name not in known else None
    if len(uses) != 1 or near is None:
        return None
    if _is_plural(near, name) and not _is_left_over(near, known[near], scripts):
        return None
    edit = texts.edit_at(file, text, uses[0].start("name"), name, near)
    by = f"reading {code(near)} there, the one variable of almost that name that the script sets"
    return Fix("respell-use", f"Read {near}", by, Safety.ASK, (edit,))


def _is_plural(one: str, two: str) -> bool:
    """Whether one is the other's plural (``DIR`` and ``DIRS``), which scripts have side by side."""
    parts = [[part.rstrip("sS") for part in name.split("_")] for name in (one, two)]
    return parts[0] == parts[1]


def _is_left_over(name: str, value: str, scripts: list[str]) -> bool:
    """Whether a variable is one thing, and nothing reads it yet: what reads it is what failed."""
    read = any(re.search(rf"\$\{{?{name}\b", script) for script in scripts)
    return not read and not re.search(r"[\s,;:()]", value)


def _set_in(text: str) -> dict[str, str]:
    """Variables that a script's commands set, with their values: alone, exported, or for one program."""
    return {
        match["name"]: word.value[match.end() :]
        for command in simple_commands(text)
        for word in command.words
        if (match := _SET.match(word.value))
    }


def _sourced(file: str, text: str, surroundings: Surroundings) -> list[str]:
    """Texts of the scripts beside it that a script reads into its own shell."""
    paths = [
        posixpath.join(posixpath.dirname(file), match["file"]) for match in _SOURCED.finditer(text)
    ]
    return [more for path in paths if (more := surroundings.text(path)) is not None]
