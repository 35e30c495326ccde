"""Assignments of a shell script that a blank has torn apart: ``LR= 0.1`` runs a command ``0.1``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Fix, Place, Safety
from propel_helper.facts.lines import lines_of
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import texts
from propel_helper.rules.words import code

_NOT_FOUND = Wording(
    r"^(?P<file>[\w./~-]+): (?:line )?(?P<line>\d+): (?P<word>\S+): (?:command )?not found$"
)
_ASSIGNMENT = re.compile(
    r"^[ \t]*(?P<all>(?P<name>[A-Za-z_]\w*)(?:=[ \t]+|[ \t]+=[ \t]*)(?P<value>[^\s;&|]+))[ \t\r]*(?:#.*)?$"
)


@dataclass(frozen=True)
class Torn:
    """An assignment with blanks: as it is written, as it is meant, where, and the fix."""

    written: str
    meant: str
    place: Place
    fix: Fix


def before(crash: Crash, surroundings: Surroundings) -> Torn | None:
    """The one that the shell complained of, in ``crash`` itself or right above it."""
    for said in (*reversed(crash.above), crash.message.partition("\n")[0]):
        found = _NOT_FOUND.match(said.strip())
        text = surroundings.text(found["file"]) if found else None
        rows = lines_of(text) if text else []
        if found is None or text is None or not 0 < int(found["line"]) <= len(rows):
            continue
        row = _ASSIGNMENT.match(rows[int(found["line"]) - 1].rstrip("\n"))
        if row is None or found["word"] not in {row["name"], row["value"].strip("\"'")}:
            continue
        meant = f"{row['name']}={row['value']}"
        start = sum(len(one) for one in rows[: int(found["line"]) - 1]) + row.start("all")
        edit = texts.edit_at(found["file"], text, start, row["all"], meant)
        by = f"writing {code(meant)} for {code(row['all'])}: a shell takes no blank beside the `=`"
        fix = Fix("join-assignment", f"Write {meant}", by, Safety.ASK, (edit,))
        return Torn(row["all"], meant, Place(edit.file, edit.line), fix)
    return None
