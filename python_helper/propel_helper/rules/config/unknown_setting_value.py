"""unknown-setting-value: the code does not know the value that a setting has.

## What happened
The code looked a setting's value up in its own table, or compared it with the values that it
knows, and found none.

## Why it happens
The value is misspelt in the config or the command, or means something that this version of the code
does not have.

## What the fix changes
Nothing by itself: which of the known values is meant is yours to say.

## Fix safety
There is nothing to apply.
"""

from __future__ import annotations

import ast

from propel_helper.facts.crash import Crash, Frame
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import (
    Rule,
    asserted,
    families,
    own,
    settings_in_code,
    statements,
    usage_text,
)
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line

_RAISE = Wording(r"^\s*raise \w+\(")
_UNKNOWN = Wording(
    r"\b(?:[Uu]nknown|[Uu]nrecogni[sz]ed|[Uu]nsupported|[Ii]nvalid|[Uu]nexpected)\b"
    r"|\b(?:not|n't) (?:supported|implemented|recogni[sz]ed|known|valid|defined|available|exist)\b"
    r"|\bmust be (?:one of|in)\b|\b(?:choose|select) (?:from|one of)\b|\bNo such\b"
)

_CONVERTED = Wording(r"^(?:could not convert string to|invalid literal for) (?:float|int)")
_CONVERTS = Wording(r"\b(?:float|int)\(")


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim look-ups by a setting's value, and lines that refuse one by name."""
    frame = own.deepest(crash, surroundings)
    if frame is None or crash.frames[-1] != frame or not frame.code:
        return None
    if not _is_refused(crash, frame.code, surroundings):
        return None
    known = _known(frame, surroundings)
    has = f"The code knows {usage_text.listed(known)}. " if known else ""
    return Explanation(
        error="a setting's value that the code does not know",
        because=f"it stopped with {code(first_line(crash.message))}",
        fixes=(
            guide(
                "correct-the-value",
                "Correct the value",
                f"{has}Compare the value in the config or the command with "
                + ("these." if known else "those that the code knows, beside the line shown."),
            ),
        ),
    )


def _known(frame: Frame, surroundings: Surroundings) -> tuple[str, ...]:
    """The keys of the table that the line looks a value up in, where its file writes it down once."""
    tree = statements.parse(surroundings.text(frame.file) or "")
    statement = statements.statement_at(tree, frame.line) if tree else None
    tables = {
        statements.dotted(node.value)
        for node in (statements.expressions(statement) if statement else ())
        if isinstance(node, ast.Subscript)
        and isinstance(node.slice, (ast.Attribute, ast.Subscript))
    }
    written = [
        node.value
        for node in (ast.walk(tree) if tree else ())
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Dict)
        and tables & set(map(statements.dotted, node.targets))
    ]
    if len(tables) != 1 or len(written) != 1:
        return ()
    return tuple(filter(None, map(statements.constant_text, written[0].keys)))


def _is_refused(crash: Crash, line: str, surroundings: Surroundings) -> bool:
    name = families.type_name(crash)
    if name == "KeyError":
        return settings_in_code.looks_up_value(line)
    if name == "AssertionError":
        test = asserted.tested(crash, surroundings)
        return test is not None and asserted.of_settings(test)
    if not settings_in_code.names_value(line):
        return False
    if name == "ValueError" and _CONVERTED.match(crash.message):
        return _CONVERTS.search(line) is not None
    return _RAISE.match(line) is not None and _UNKNOWN.search(crash.message) is not None


RULE = Rule(
    "unknown-setting-value",
    Category.CONFIG,
    (
        "KeyError",
        "AssertionError",
        "ValueError",
        "NotImplementedError",
        "RuntimeError",
        "Exception",
    ),
    explain,
    last=True,
)
