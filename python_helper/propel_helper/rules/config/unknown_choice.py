"""unknown-choice: a setting's value is none of those that an enumeration of the code has.

## What happened
A value was turned into a member of an `Enum`, and the enumeration has no such member.

## Why it happens
The value is misspelt in the config or the command, or the code knows it under another name.

## What the fix changes
The value in the config, where it is written once and exactly one member's value is almost the same.
Otherwise nothing: the members stand beside the step.

## Fix safety
Ask: the near value may be another one than was meant.
"""

from __future__ import annotations

import ast
import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation, Fix, Place, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, config_keys, own_modules, slip_proofs, statements, texts
from propel_helper.rules.config_keys import Key
from propel_helper.rules.launch_text import launch_of
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code

# CPython's enum.py.
_WORDS = Wording(
    r"^(?P<quote>['\"])(?P<value>.+)(?P=quote) is not a valid (?:\w+\.)*(?P<enum>\w+)$"
)
_ENUM_FILE = re.compile(r"(?:^|/)enum\.py$|^<frozen enum>$")


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim a value that a config or the command has, and that an enumeration of the code refused."""
    found = _WORDS.match(crash.message)
    raised = bool(crash.frames) and _ENUM_FILE.search(crash.frames[-1].file.replace("\\", "/"))
    if found is None or not raised:
        return None
    value = found["value"]
    keys = [one for one in config_keys.all_keys(surroundings) if one.value.strip("'\"") == value]
    launch = launch_of(surroundings)
    given = [word for word in (launch.words if launch else ()) if _is_value(word.value, value)]
    if len(keys) + len(given) != 1:
        return None
    members = _members(found["enum"], crash, surroundings)
    fix = _respelt(keys[0], value, members, surroundings) if keys else None
    known = f"; it has {', '.join(map(code, members))}" if members else ""
    step = guide(
        "correct-the-value",
        "Correct the value",
        f"Give one of the values that {code(found['enum'])} has{': ' + ', '.join(map(code, members)) if members else ''}.",
    )
    where = f"in {keys[0].file}:{_line(keys[0], surroundings)}" if keys else "in the command"
    return Explanation(
        "a setting's value that the code does not know",
        f"{code(found['enum'])} has no {code(value)}, which is written {where}{known}",
        Place(keys[0].file, _line(keys[0], surroundings)) if keys else None,
        (fix or step,),
    )


def _is_value(word: str, value: str) -> bool:
    return word == value or word.rpartition("=")[2] == value


def _line(key: Key, surroundings: Surroundings) -> int:
    return (surroundings.text(key.file) or "").count("\n", 0, key.value_start) + 1


def _respelt(
    key: Key, value: str, members: tuple[str, ...], surroundings: Surroundings
) -> Fix | None:
    near = slip_proofs.meant_value(value, members)
    if near is None:
        return None
    start = key.value_start + key.value.index(value)
    edit = texts.edit_at(key.file, surroundings.text(key.file) or "", start, value, near)
    by = f"writing {code(near)} for {code(value)}, the one value that is almost the same"
    return Fix("respell-value", f"Write {near}", by, Safety.ASK, (edit,))


def _members(name: str, crash: Crash, surroundings: Surroundings) -> tuple[str, ...]:
    """The texts that the project's own enumeration of that name has; empty where two are called so."""
    classes = [
        node
        for tree in own_modules.reached(crash, surroundings).values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and node.name == name
    ]
    values = [
        statements.constant_text(node.value)
        for node in (classes[0].body if len(classes) == 1 else ())
        if isinstance(node, ast.Assign)
    ]
    return tuple(value for value in values if value is not None)


RULE = Rule("unknown-choice", Category.CONFIG, ("ValueError",), explain)
