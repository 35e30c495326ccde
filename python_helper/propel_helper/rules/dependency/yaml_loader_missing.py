"""yaml-loader-missing: `yaml.load` is called without a loader, which PyYAML 6 demands.

## What happened
`yaml.load(stream)` was called with the stream alone.

## Why it happens
Until PyYAML 5 the loader could be left out; since 6.0 it can't, because the old default let a file
run code. The code was written before.

## What the fix changes
`yaml.load(stream)` becomes `yaml.safe_load(stream)` wherever the file of the failing line calls it
without a loader. Where it is called by another name, nothing: a step says what to write.

## Fix safety
Safe: mappings, lists, numbers and texts are read the same. A file that makes Python objects by
`!!python/...` is refused with a message.
"""

from __future__ import annotations

import ast

from propel_helper.facts.crash import Crash, Frame
from propel_helper.facts.finding import Category, Explanation, Fix, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, call_edits, own, statements
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code

# CPython's words for yaml/__init__.py's `def load(stream, Loader)` of PyYAML 6.0.
_WORDS = Wording(r"^load(?:_all)?\(\) missing 1 required positional argument: 'Loader'")
_CALLS = {"yaml.load": "safe_load", "yaml.load_all": "safe_load_all"}


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
    """The safe loader in every such call of the file that failed."""
    text = surroundings.text(frame.file)
    tree = statements.parse(text) if text else None
    if text is None or tree is None:
        return None
    found = [
        node.func
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and statements.dotted(node.func) in _CALLS
        and len(node.args) == 1
        and not isinstance(node.args[0], ast.Starred)
        and not node.keywords
    ]
    if not any(node.lineno <= frame.line <= (node.end_lineno or 0) for node in found):
        return None
    edits = []
    for node in found:
        end = call_edits.end_of(text, node)
        new = _CALLS[statements.dotted(node)]
        edits.append(call_edits.between(frame.file, text, end - len(node.attr), end, new))
    edits.sort(key=lambda edit: (edit.line != frame.line, edit.line, edit.column))
    by = f"calling {code(f'yaml.{edits[0].new_text}')}, which brings its loader"
    return Fix("load-safely", f"Call {edits[0].new_text}", by, Safety.SAFE, tuple(edits))


RULE = Rule("yaml-loader-missing", Category.DEPENDENCY, ("TypeError",), explain)
