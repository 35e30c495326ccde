"""Recipes of a justfile (https://just.systems/man/en/recipe-parameters.html)."""

from __future__ import annotations

from propel_helper.facts.wording import Wording
from propel_helper.scan.reading import Mention, Reading
from propel_helper.scan.recipes import Task, recipe
from propel_helper.scan.sources import Source

_RECIPE = Wording(r"^@?([A-Za-z_][\w-]*)(?:\s+[^:]*?)?\s*:(?!=)")


def _read(path: str, text: str) -> Reading:
    lines = text.splitlines()
    found: list[Mention] = []
    for at, line in enumerate(lines):
        named = _RECIPE.match(line)
        if not named or line[:1].isspace():
            continue
        body = []
        for below in lines[at + 1 :]:
            if below.strip() and not below[0].isspace():
                break
            body.append(below.strip().lstrip("@-"))
        name = named.group(1)
        above = lines[at - 1].lstrip("# ") if at and lines[at - 1].startswith("#") else ""
        found.append(
            recipe(Task("just", name, f"just {name}", "\n".join(body), at + 1, above), path)
        )
    return Reading(tuple(found))


SOURCE = Source("just", _read, names=frozenset(("justfile", ".justfile")))
