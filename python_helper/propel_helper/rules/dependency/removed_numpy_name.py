"""removed-numpy-name: a name that NumPy no longer has.

## What happened
The code uses an alias that the installed NumPy has removed, such as `np.float` or `np.NaN`.

## Why it happens
NumPy 1.24 removed its aliases of Python's own types, and NumPy 2.0 removed many more. Code, or a
package, that was written before still uses them.

## What the fix changes
The name, wherever the file of the failing line uses it, for the one that NumPy's own message names:
`np.float` becomes `float`, `np.NaN` becomes `np.nan`. When the line is in a package of somebody
else, nothing: a step says which versions fit.

## Fix safety
Safe: the removed alias meant exactly the name that it is replaced by. Ask for `np.in1d`: `np.isin`
does the same for arrays of one dimension and keeps the shape of others.
"""

from __future__ import annotations

import ast
import re

from propel_helper.facts.crash import Crash, Frame
from propel_helper.facts.finding import Category, Edit, Explanation, Fix, Safety
from propel_helper.facts.lines import lines_of
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, call_edits, modules, own, statements
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code

# numpy/__init__.py __former_attrs__ (1.24) and _expired_attrs_2_0.py (2.0): builtins, and names.
_BUILTINS = frozenset({"float", "int", "bool", "object", "str", "complex"})
_LATER = {
    "long": "int", "unicode": "str", "product": "np.prod", "cumproduct": "np.cumprod",
    "sometrue": "np.any", "alltrue": "np.all", "in1d": "np.isin", "trapz": "np.trapezoid",
    "row_stack": "np.vstack", "bool8": "np.bool_", "typeDict": "np.sctypeDict",
}  # fmt: skip
# Near in meaning, not the same: `isin` keeps the shape, `genfromtxt` has other defaults.
_ALMOST = frozenset({"in1d"})
_OTHER = frozenset({"recfromtxt", "recfromcsv"})
_PRINTED = Wording(r"Use `(?P<new>-?(?:np|numpy)\.\w+)` instead")


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim NumPy's own words about names that it removed."""
    name = modules.numpy_name(crash.message)
    if name is None:
        return None
    new = _new_name(name, crash.message)
    frame = own.deepest(crash, surroundings)
    fix = _edit(frame, name, new, surroundings) if frame and new and _shows(frame, name) else None
    step = guide(
        "match-numpy",
        "Match code and NumPy",
        f"Write {code(new)} for {code('np.' + name)} where it is used, or install a NumPy that "
        "still has it (`numpy<1.24` for Python's own types, `numpy<2` for the others)."
        if new
        else "Install a NumPy that still has it, or change the code to what the message names.",
    )
    return Explanation(
        f"the removed NumPy name {code('np.' + name)}",
        "the installed NumPy no longer has it",
        fixes=(fix or step,),
    )


def _new_name(name: str, message: str) -> str | None:
    if name in _OTHER:
        return None
    printed = _PRINTED.search(message)
    if printed is not None:
        return printed["new"].replace("numpy.", "np.")
    return name if name in _BUILTINS else _LATER.get(name)


def _shows(frame: Frame, name: str) -> bool:
    return frame.code is None or re.search(rf"\.{name}\b", frame.code) is not None


def _edit(frame: Frame, name: str, new: str, surroundings: Surroundings) -> Fix | None:
    """The replacement wherever the frame's file uses the name; None where its line does not."""
    text = surroundings.text(frame.file)
    tree = statements.parse(text) if text else None
    if text is None or tree is None:
        return None
    used = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and statements.dotted(node) in {f"np.{name}", f"numpy.{name}"}
    ]
    if not any(node.lineno <= frame.line <= (node.end_lineno or 0) for node in used):
        return None
    edits = [_replaced(frame.file, text, node, new) for node in used]
    edits.sort(key=lambda edit: (edit.line != frame.line, edit.line, edit.column))
    old, right = edits[0].old_text, edits[0].new_text
    everywhere = f" in {len(edits)} places" if len(edits) > 1 else ""
    same = name not in _ALMOST
    means = "which meant the same" if same else "which keeps the shape of arrays of two dimensions"
    by = f"writing {code(right)} for {code(old)}{everywhere}, {means}"
    safety = Safety.SAFE if same else Safety.ASK
    return Fix("replace-name", f"Write {right}", by, safety, tuple(edits))


def _replaced(file: str, text: str, node: ast.Attribute, new: str) -> Edit:
    alias = statements.dotted(node.value)
    start, end = call_edits.start_of(text, node), call_edits.end_of(text, node)
    right = new.replace("np.", f"{alias}.")
    if new.startswith("-") and "**" in lines_of(text)[node.lineno - 1]:
        right = f"({right})"
    return call_edits.between(file, text, start, end, right)


RULE = Rule("removed-numpy-name", Category.DEPENDENCY, ("AttributeError",), explain)
