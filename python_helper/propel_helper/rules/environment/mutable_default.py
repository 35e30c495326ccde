"""mutable-default: a dataclass has a default that its objects would share.

## What happened
Python refused a dataclass while its module was read: the default of a field is an object that can change.

## Why it happens
Since Python 3.11 a default has to be hashable, and an object of another dataclass is not unless that one is frozen:
code that was written for 3.10 or older stops there. A list, a dictionary or a set was never taken.

## What the fix changes
The default, where it is a call without arguments (`Log()`) or an empty list or dictionary: it becomes
`field(default_factory=Log)`, which makes the same object for each, and `field` is imported. The other defaults
of that class in the same dataclass go with it. Otherwise nothing: a step says what to write.

## Fix safety
Ask: each object gets a default of its own, where older Pythons let all of them share one.
"""

from __future__ import annotations

import ast

from propel_helper.facts.crash import Crash, Frame
from propel_helper.facts.finding import Category, Edit, Explanation, Fix, Safety
from propel_helper.facts.lines import lines_of
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, call_edits, imports, own, statements
from propel_helper.rules.said import said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code

# Lib/dataclasses.py _get_field, 3.7 to 3.14.
_WORDS = Wording(
    r"^mutable default <class '(?P<kind>[\w.<>]+)'> for field (?P<field>\w+) is not allowed: use default_factory"
)
_BUILTIN = frozenset({"list", "dict", "set"})


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the words of the dataclasses module."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    kind, name = found["kind"].rpartition(".")[2], found["field"]
    frame = own.deepest(crash, surroundings)
    fix = _edited(name, frame, surroundings) if frame else None
    since = "" if kind in _BUILTIN else "since 3.11 "
    step = guide(
        "write-default-factory",
        "Write a default factory",
        f"Write {code('field(default_factory=...)')} for the default of {code(name)}, with a function without "
        f"arguments that makes it, and import {code('field')} from {code('dataclasses')}.",
    )
    return Explanation(
        f"a default that can change, of the field {code(name)}",
        f"{since}Python takes no object of {code(kind)} as a dataclass's default: all would share the one",
        fixes=(fix or step,),
    )


def _edited(name: str, frame: Frame, surroundings: Surroundings) -> Fix | None:
    text = surroundings.text(frame.file)
    tree = statements.parse(text) if text else None
    around = _class_at(tree, frame.line) if tree else None
    if text is None or tree is None or around is None:
        return None
    made = {
        node.target.id: (node.value, factory)
        for node in around.body
        if isinstance(node, ast.AnnAssign)
        and isinstance(node.target, ast.Name)
        and node.value is not None
        and (factory := _factory(node.value))
    }
    if name not in made:
        return None
    call, imported = _field(frame.file, text, tree, around.lineno)
    if call is None:
        return None
    wanted = made[name][1]
    edits = [
        call_edits.replaced(frame.file, text, value, f"{call}(default_factory={factory})")
        for field, (value, factory) in made.items()
        if field == name or factory == wanted
    ]
    first = next(edit for edit in edits if edit.new_text.endswith(f"={wanted})"))
    ordered = [first, *(edit for edit in edits if edit is not first), *imported]
    by = f"writing {code(first.new_text)} for {code(first.old_text)}, which makes one for each object"
    return Fix("make-default", "Make the default for each object", by, Safety.ASK, tuple(ordered))


def _class_at(tree: ast.Module, line: int) -> ast.ClassDef | None:
    """The innermost class that, with its decorators, has ``line``."""
    found = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        and min([node.lineno, *(one.lineno for one in node.decorator_list)]) <= line
        and line <= (node.end_lineno or node.lineno)
    ]
    return max(found, key=lambda node: node.lineno, default=None)


def _factory(value: ast.expr) -> str:
    """What makes the value when it is called, as code; "" where that needs more than a name."""
    if isinstance(value, ast.Call) and not value.args and not value.keywords:
        name = statements.dotted(value.func)
        return "" if not name or name.startswith(".") or name.endswith("field") else name
    if isinstance(value, ast.List) and not value.elts:
        return "list"
    return "dict" if isinstance(value, ast.Dict) and not value.keys else ""


def _field(
    file: str, text: str, tree: ast.Module, before: int
) -> tuple[str | None, tuple[Edit, ...]]:
    """What the file calls ``field``, and the edit that imports it where nothing does."""
    if imports.has_name(tree, "dataclasses", "field", before):
        return "field", ()
    if imports.has_module(tree, "dataclasses", before):
        return "dataclasses.field", ()
    bound = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    for node in tree.body:
        if (
            isinstance(node, ast.ImportFrom)
            and node.module == "dataclasses"
            and "field" not in bound
        ):
            last = node.names[-1]
            row = lines_of(text)[(last.end_lineno or last.lineno) - 1]
            column = len(row.encode()[: last.end_col_offset or 0].decode("utf-8", "replace"))
            line = last.end_lineno or last.lineno
            return "field", (Edit(file, line, column, line, column, "", ", field"),)
    return None, ()


RULE = Rule("mutable-default", Category.ENVIRONMENT, ("ValueError",), explain)
