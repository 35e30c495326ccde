"""yaml-loader-missing: `yaml.load` is called without a loader, which PyYAML 6 demands.

## What happened
`yaml.load(stream)` was called with the stream alone.

## Why it happens
Until PyYAML 5 the loader could be left out; since 6.0 it can't, because the old default let a file
run code. The code was written before.

## What the fix changes
`yaml.load(stream)` becomes `yaml.safe_load(stream)` wherever the file of the failing line calls it
without a loader; where `load` was imported from `yaml`, its import as well. Where it is called by
another name, nothing: a step says what to write.

## Fix safety
Safe: mappings, lists, numbers and texts are read the same. A file that makes Python objects by
`!!python/...` is refused with a message.
"""

from __future__ import annotations

import ast

from propel_helper.facts.crash import Crash, Frame
from propel_helper.facts.finding import Category, Edit, Explanation, Fix, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, call_edits, imports, own, statements
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code

# CPython's words for yaml/__init__.py's `def load(stream, Loader)` of PyYAML 6.0.
_WORDS = Wording(r"^load(?:_all)?\(\) missing 1 required positional argument: 'Loader'")
_SAFE = {"load": "safe_load", "load_all": "safe_load_all"}


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wording above at the person's own line; another page has calls between packages."""
    frame = own.deepest(crash, surroundings)
    if _WORDS.search(crash.message) is None or frame is None or crash.frames[-1] != frame:
        return None
    step = guide(
        "name-the-loader",
        "Name the loader",
        "Call `yaml.safe_load(stream)`, or give `load` the loader: `Loader=yaml.SafeLoader`.",
    )
    return Explanation(
        "a call of `yaml.load` without a loader",
        "PyYAML 6 and later want one",
        fixes=(_safe_load(frame, surroundings) or step,),
    )


def _safe_load(frame: Frame, surroundings: Surroundings) -> Fix | None:
    """The safe loader in every such call of the file that failed, and its import where one is due."""
    text = surroundings.text(frame.file)
    tree = statements.parse(text) if text else None
    if text is None or tree is None:
        return None
    found = _calls(tree)
    if not any(node.lineno <= frame.line <= (node.end_lineno or 0) for node in found):
        return None
    edits = []
    for node in found:
        old = node.attr if isinstance(node, ast.Attribute) else statements.dotted(node)
        end = call_edits.end_of(text, node)
        edits.append(call_edits.between(frame.file, text, end - len(old), end, _SAFE[old]))
    edits.sort(key=lambda edit: (edit.line != frame.line, edit.line, edit.column))
    names = {id(node) for node in found if isinstance(node, ast.Name)}
    if names:
        edits += _imported(frame.file, text, tree, names)
    by = f"calling {code(f'yaml.{edits[0].new_text}')}, which brings its loader"
    return Fix("load-safely", f"Call {edits[0].new_text}", by, Safety.SAFE, tuple(edits))


def _calls(tree: ast.Module) -> list[ast.Attribute | ast.Name]:
    """What is called with a stream alone: ``yaml.load``, or ``load`` imported from it."""
    modules = {"yaml"} | imports.aliases(tree, "yaml")
    names = {alias.name for alias in _aliases(tree)}
    return [
        node.func
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and len(node.args) == 1
        and not isinstance(node.args[0], ast.Starred)
        and not node.keywords
        and (
            (isinstance(node.func, ast.Name) and node.func.id in names)
            or (
                isinstance(node.func, ast.Attribute)
                and node.func.attr in _SAFE
                and statements.dotted(node.func.value) in modules
            )
        )
    ]


def _aliases(tree: ast.Module) -> list[ast.alias]:
    """``load`` and ``load_all`` as ``from yaml import`` binds them, by their own names."""
    return [
        alias
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "yaml" and node.level == 0
        for alias in node.names
        if alias.name in _SAFE and alias.asname is None
    ]


def _imported(file: str, text: str, tree: ast.Module, called: set[int]) -> list[Edit]:
    """The import of what is called now; the old name stays where something else uses it."""
    used = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    changed = {node.id for node in used if id(node) in called}
    kept = {node.id for node in used if id(node) not in called}
    edits = []
    for alias in _aliases(tree):
        new = _SAFE[alias.name]
        if alias.name in changed and not imports.has_name(tree, "yaml", new, len(text)):
            start = call_edits.offset(text, alias.lineno, alias.col_offset)
            written = f"{alias.name}, {new}" if alias.name in kept else new
            end = start + len(alias.name)
            edits.append(call_edits.between(file, text, start, end, written))
    return edits


RULE = Rule("yaml-loader-missing", Category.DEPENDENCY, ("TypeError",), explain)
