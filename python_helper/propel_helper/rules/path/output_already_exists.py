"""output-already-exists: something is in the way of what the program wants to create.

## What happened
The program creates a folder or file that must not exist yet, and it does.

## Why it happens
The same output folder is used a second time, or several processes create it at the same moment.

## What the fix changes
Where the statement is `os.makedirs`, `os.mkdir` or `Path.mkdir` and the folder is empty: it gets
`exist_ok=True` (`os.mkdir` becomes `os.makedirs`). Where the folder holds anything, nothing: a run that
went on in it could overwrite what an earlier one left there, and no Revert brings that back.

## Fix safety
Ask: the code was written to stop there.
"""

from __future__ import annotations

import ast
import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation, Fix, Safety
from propel_helper.facts.surroundings import PathKind, Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, call_edits, own, statements
from propel_helper.rules.said import line_of, of_type, said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line

# CPython's errno 17.
_WORDS = Wording(
    r"\[Errno 17\] File exists: (?P<path>.+)"
    r"|\[Errno (?:39|66)\] Directory not empty: (?P<full>.+)"
    r"|[Oo]utput directory .* already exists and is not empty"
    r"|^Destination (?P<saved>/.+) already exists\.$"  # orbax/checkpoint, checkpointer.py
)
_QUOTED = Wording(r"(?P<quote>['\"])(?P<path>.+)(?P=quote)")
_MAKERS = frozenset({"makedirs", "mkdir"})


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS) or of_type(crash, "FileExistsError")
    if found is None:
        return None
    path = _path(found)
    held = _held(path, surroundings) if path else ()
    some = ", ".join(map(code, held[:3])) + (f" and {len(held) - 3} more" if len(held) > 3 else "")
    step = guide(
        "choose-new-output",
        "Choose another output folder",
        "Give the run an output folder of its own, or move the old one away.",
    )
    because = f"the program wants to create it anew: {first_line(line_of(found))}"
    if path and held:
        because = (
            f"the program wants to create {code(path)} anew, and an earlier run left {some} there"
        )
    empty = path is not None and surroundings.kind(path) is PathKind.FOLDER and not held
    fix = _existing_is_fine(crash, surroundings) if empty else None
    return Explanation("an output that already exists", because, fixes=(fix or step,))


def _path(found: re.Match[str]) -> str | None:
    """The path that the message names, None without one."""
    names = found.groupdict()
    quoted = _QUOTED.match(names.get("path") or "")
    return quoted["path"] if quoted else names.get("saved")


def _held(path: str, surroundings: Surroundings) -> tuple[str, ...]:
    """What a folder holds, but for the hidden files that keep an empty one in a repository."""
    return tuple(name for name in surroundings.names(path) if not name.startswith("."))


def _existing_is_fine(crash: Crash, surroundings: Surroundings) -> Fix | None:
    """``exist_ok=True`` for the one call of the failing statement that makes a folder."""
    frame = own.deepest(crash, surroundings)
    text = surroundings.text(frame.file) if frame else None
    tree = statements.parse(text) if text else None
    statement = statements.statement_at(tree, frame.line) if tree and frame else None
    if frame is None or text is None or statement is None:
        return None
    makers = [call for call in statements.calls(statement) if _name(call) in _MAKERS]
    if len(makers) != 1 or any(known.arg == "exist_ok" for known in makers[0].keywords):
        return None
    edit = call_edits.with_keyword(frame.file, text, makers[0], "exist_ok", "True")
    if edit is None:
        return None
    edits = [edit]
    if statements.dotted(makers[0].func) == "os.mkdir":
        end = call_edits.end_of(text, makers[0].func)
        edits.append(call_edits.between(frame.file, text, end - len("mkdir"), end, "makedirs"))
    by = "letting it go on where the folder exists (`exist_ok=True`): it is empty"
    return Fix("allow-existing", "Go on in the existing folder", by, Safety.ASK, tuple(edits))


def _name(call: ast.Call) -> str:
    return statements.dotted(call.func).rpartition(".")[2]


RULE = Rule("output-already-exists", Category.PATH, ("exception",), explain)
