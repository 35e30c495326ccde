"""pattern-without-match: nothing is in the folder that the code looks into, and a near folder is there.

## What happened
The code listed a folder or a pattern and took the newest, the last or the first of what it found, and
there was nothing to take.

## Why it happens
The folder is misspelt in the command, the config or the code: listing what is not there gives nothing,
and no error.

## What the fix changes
The path, where it is written once and exactly one name in the nearest folder that exists is almost the
same. Where only near names are there, a step says them.

## Fix safety
Ask: the near name may be another folder than the one that was meant.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation, Fix, Safety
from propel_helper.facts.surroundings import PathKind, Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, families, own, statements, texts
from propel_helper.rules.launch_text import launch_of
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code

# CPython's words for the greatest, the last and the first of nothing.
_NOTHING = Wording(
    r"^(?:max|min)\(\) (?:arg is an empty sequence|iterable argument is empty)$|^list index out of range$"
    r"|^pop from empty list$"
)
_LISTS = re.compile(r"\b(?:i?glob|rglob|listdir|scandir|iterdir|walk)\(")
# datasets' builders take the first table of the files that a pattern gave.
_BUILDERS = "datasets/packaged_modules/"
_MAGIC = re.compile(r"[*?\[{]")


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim nothing found by code that lists files, where one path that was given is not there."""
    in_builder = families.type_name(crash) == "StopIteration"
    if in_builder:
        if not families.raised_in(crash).startswith(_BUILDERS):
            return None
    elif not (_NOTHING.match(crash.message) and _lists_files(crash, surroundings)):
        return None
    absent = {
        path: near
        for path, is_pattern in _given(crash, surroundings)
        if surroundings.kind(path) is PathKind.MISSING
        # Any other path may be one that the run is to write.
        if (near := texts.near_paths(path, surroundings)) or is_pattern
    }
    if len(absent) != 1:
        return None
    ((path, near),) = absent.items()
    fix = _respelt(path, crash, surroundings)
    there = f"There is {' and '.join(map(code, near))}, which may be meant or not. " if near else ""
    step = guide(
        "name-the-folder",
        "Name the folder",
        f"{there}List what is there from the folder that the run starts in, and correct {code(path)} where it is "
        "written.",
    )
    return Explanation(
        "a folder that is not there",
        f"the code looks for files, found none, and {code(path)}, which it was given, is not there",
        texts.place_of(fix.steps[0]) if fix else None,
        (fix or step,),
    )


def _lists_files(crash: Crash, surroundings: Surroundings) -> bool:
    """Whether the function that found nothing lists files itself."""
    frame = own.deepest(crash, surroundings)
    if frame is None or crash.frames[-1] != frame:
        return False
    text = surroundings.text(frame.file) or ""
    tree = statements.parse(text)
    around = [
        node
        for node in (ast.walk(tree) if tree else ())
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and node.lineno <= frame.line <= (node.end_lineno or 0)
    ]
    inner = max(around, key=lambda node: node.lineno, default=None)
    source = ast.get_source_segment(text, inner) if inner else frame.code
    return _LISTS.search(source or "") is not None


def _given(crash: Crash, surroundings: Surroundings) -> Iterator[tuple[str, bool]]:
    """Folders that the command and the lines of the stack name, and whether it is a pattern's."""
    launch = launch_of(surroundings)
    words = [word.value for word in launch.words[launch.script + 1 :]] if launch else []
    for frame in crash.frames:
        statement = (
            statements.parse_line(frame.code or "") if surroundings.is_own(frame.file) else None
        )
        words += [
            node.value
            for node in (ast.walk(statement) if statement else ())
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        ]
    for word in dict.fromkeys(words):
        path = word.rpartition("=")[2].rstrip("/")
        magic = _MAGIC.search(path)
        if magic is not None:
            path = path[: magic.start()].rpartition("/")[0]
        if "/" in path and "://" not in path and " " not in path:
            yield path, magic is not None


def _respelt(path: str, crash: Crash, surroundings: Surroundings) -> Fix | None:
    near = texts.near_path(path, surroundings)
    step = texts.replace_path(path, near, crash, surroundings) if near else None
    if near is None or step is None or texts.is_named_beside(near, step, surroundings):
        return None
    by = f"writing {code(near)} for {code(path)}, the one name there that is almost the same"
    return Fix("respell-path", f"Write {near}", by, Safety.ASK, (step,))


RULE = Rule(
    "pattern-without-match",
    Category.PATH,
    ("ValueError", "IndexError", "StopIteration"),
    explain,
)
