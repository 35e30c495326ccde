"""removed-argument: the code passes an argument that the installed package no longer takes.

## What happened
A function or class of a package was called with an argument of an earlier version.

## Why it happens
The package removed or renamed that argument, and the environment has the newer version.

## What the fix changes
Where the argument only got another name: the name, on the line shown. Otherwise nothing: what it did
is done in another way now.

## Fix safety
Safe: the new name means the same.
"""

from __future__ import annotations

import re

from propel_helper.facts.crash import Crash, Frame
from propel_helper.facts.finding import Category, Explanation, Fix, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, gone_arguments, own, texts
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, is_open_call

_WORDS = Wording(
    r"^(?:(?:[\w.]*\.)?(?P<callee>(?!__)\w+)(?:\.__init__|\.__new__)?|__init__)\(\) got an unexpected keyword argument "
    r"'(?P<name>\w+)'"
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim arguments that a package is known to have had, where a person's own line passes them."""
    found = _found(crash, surroundings)
    if found is None:
        return None
    package, callee, name, new = found
    fix = _renamed(name, new, crash, surroundings) if new else None
    instead = f"write {code(new)} for it" if new else "see the package's notes of that version"
    step = guide(
        "match-argument",
        "Match code and package",
        f"Install the version of {code(package)} that the project's requirements name, or {instead}.",
    )
    return Explanation(
        f"the removed argument {code(name)}",
        f"the installed {code(package)} no longer takes it in {code(callee)}",
        fixes=(fix, step) if fix else (step,),
    )


def _found(crash: Crash, surroundings: Surroundings) -> tuple[str, str, str, str] | None:
    match = _WORDS.match(crash.message)
    frame = own.deepest(crash, surroundings)
    if match is None or frame is None:
        return None
    if not surroundings.is_own(crash.frames[-1].file) and is_open_call(crash.frames[-1].code):
        return None  # one package calls the other
    # Before 3.10 Python says only "__init__()".
    callee, name = match["callee"], match["name"]
    for package, known, names, new in gone_arguments.GONE:
        called = re.search(rf"\b{known}\(", frame.code or "") if callee is None else known == callee
        if name in names and called and _is_of(package, known, frame, crash, surroundings):
            return package, known, name, new
    return None


def _is_of(
    package: str, callee: str, frame: Frame, crash: Crash, surroundings: Surroundings
) -> bool:
    """Whether it is the package's; a project may have a ``Trainer`` of its own."""
    module = gone_arguments.MODULES.get(package, package)
    if any(re.search(rf"/{module}/", one.file.replace("\\", "/")) for one in crash.frames):
        return True
    text = surroundings.text(frame.file)
    if text is not None:
        return re.search(rf"(?m)^\s*(?:from|import)\s+(?:[\w, ]+\b)?{module}\b", text) is not None
    return callee not in gone_arguments.COMMON


def _renamed(name: str, new: str, crash: Crash, surroundings: Surroundings) -> Fix | None:
    """The rename, where the file passes that argument in one place."""
    frame = own.deepest(crash, surroundings)
    text = surroundings.text(frame.file) if frame else None
    places = list(re.finditer(rf"\b{name}(?=\s*=(?!=))", text or ""))
    if frame is None or text is None or len(places) != 1:
        return None
    edit = texts.edit_at(frame.file, text, places[0].start(), name, new)
    by = f"writing {code(new)} for {code(name)}, its name now"
    return Fix("rename-argument", f"Write {new}", by, Safety.SAFE, (edit,))


RULE = Rule("removed-argument", Category.DEPENDENCY, ("TypeError",), explain)
