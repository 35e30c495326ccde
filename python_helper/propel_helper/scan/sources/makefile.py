"""Makefile targets (GNU make manual, "Writing Rules"); conditionals and includes are not run."""

from __future__ import annotations

from propel_helper.facts.wording import Wording
from propel_helper.scan.reading import Mention, Reading
from propel_helper.scan.recipes import Task, recipe
from propel_helper.scan.sources import Source

_TARGET = Wording(r"^([A-Za-z][\w./-]*)\s*:(?![=:])([^#]*)(?:#+\s*(.*))?$")
_VARIABLE = Wording(r"^(?:export\s+)?(\w+)\s*(?::|\?|::|\+)?=\s*(.*?)\s*(?:#.*)?$")
_USE = Wording(r"\$[({](\w+)[)}]")


def _filled(text: str, variables: dict[str, str]) -> str:
    """``text`` with the file's own variables put in, three levels deep."""
    for _ in range(3):
        text = _USE.sub(lambda found: variables.get(found.group(1), found.group(0)), text)
    return text.replace("$$", "$")


def _body(lines: list[str], at: int) -> tuple[str, int]:
    """The recipe below a target, without ``@``, ``-`` and ``+``; and the line after it."""
    body = []
    while at < len(lines) and (lines[at].startswith("\t") or not lines[at].strip()):
        body.append(lines[at].strip().lstrip("@-+"))
        at += 1
    return "\n".join(body), at


def _read(path: str, text: str) -> Reading:
    lines = text.splitlines()
    variables: dict[str, str] = {}
    found: list[Mention] = []
    at, above = 0, ""
    while at < len(lines):
        line = lines[at]
        target, variable = _TARGET.match(line), _VARIABLE.match(line)
        if target:
            name = target.group(1)
            body, end = _body(lines, at + 1)
            said = target.group(3) or above
            body = _filled(body, variables)
            found.append(recipe(Task("make", name, f"make {name}", body, at + 1, said), path))
            at = end
        else:
            if variable:
                variables.setdefault(variable.group(1), variable.group(2))
            at += 1
        above = line.lstrip("# ") if line.startswith("#") else ""
    return Reading(tuple(found))


SOURCE = Source("makefile", _read, names=frozenset(("makefile", "gnumakefile")))
