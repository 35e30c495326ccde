"""removed-numpy-name: a name that NumPy no longer has.

## What happened
The code uses an alias that the installed NumPy has removed, such as `np.float` or `np.NaN`.

## Why it happens
NumPy 1.24 removed its aliases of Python's own types, and NumPy 2.0 removed many more. Code, or a
package, that was written before still uses them.

## What the fix changes
The name, and others that went with it, wherever the file of the failing line uses them, for what is
the same thing there now: `np.float` becomes `float`, `np.NaN` becomes `np.nan`, `np.product` becomes
`np.prod`, and `np.asfarray(x)` becomes `np.asarray(x, dtype=float)`. When nothing is quite the same, or the line is in a package of somebody
else, nothing: a step says what NumPy's message names and which versions fit.

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
from propel_helper.rules import Rule, call_edits, imports, modules, numpy_names, own, statements
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code

# numpy/_expired_attrs_2_0.py: names whose line there names nothing that stands for them alone.
_PRINTED = Wording(r"Use `(?P<new>-np\.\w+|-?0\.0)` instead")


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim NumPy's own words about names that it removed."""
    name = modules.numpy_name(crash.message)
    if name is None:
        return None
    new = _new_name(name, crash.message)
    frame = own.deepest(crash, surroundings)
    fix = None
    if frame and _shows(frame, name):
        fix = _edit(frame, name, new, surroundings) if new else _called(frame, name, surroundings)
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
    """What to write: ``float``, ``np.inf`` or ``-np.inf``; None where nothing is the same."""
    below = numpy_names.SAME.get(name) or numpy_names.SIMILAR.get(name)
    if below is not None:
        return f"np.{below}"
    printed = _PRINTED.search(message)
    return printed["new"] if printed else numpy_names.BUILTINS.get(name)


def _shows(frame: Frame, name: str) -> bool:
    return frame.code is None or re.search(rf"\.{name}\b", frame.code) is not None


def _edit(frame: Frame, name: str, new: str, surroundings: Surroundings) -> Fix | None:
    """The replacement wherever the frame's file uses the name; None where its line does not."""
    text = surroundings.text(frame.file)
    tree = statements.parse(text) if text else None
    if text is None or tree is None:
        return None
    names, known = _together(name, new), _numpy_names(tree)
    used = [
        (node, names[node.attr])
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in names
        and statements.dotted(node.value) in known
    ]
    lines = [(node.lineno, node.end_lineno or 0) for node, _ in used if node.attr == name]
    if not any(first <= frame.line <= last for first, last in lines):
        return None
    edits = [_replaced(frame.file, text, node, right) for node, right in used]
    edits.sort(key=lambda edit: (edit.line != frame.line, edit.line, edit.column))
    same = name not in numpy_names.SIMILAR
    means = "which meant the same" if same else "which keeps the shape of arrays of two dimensions"
    by = f"writing {_pairs(edits)}, {means}"
    safety = Safety.SAFE if same else Safety.ASK
    return Fix("replace-name", f"Write {edits[0].new_text}", by, safety, tuple(edits))


def _called(frame: Frame, name: str, surroundings: Surroundings) -> Fix | None:
    """Every call of a function of ``CALLS`` in the frame's file, by what it did; None where one gives it more."""
    text = surroundings.text(frame.file)
    tree = statements.parse(text) if text else None
    if text is None or tree is None or name not in numpy_names.CALLS:
        return None
    right, keyword, value = numpy_names.CALLS[name]
    known = _numpy_names(tree)
    used = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr == name
        and statements.dotted(node.value) in known
    ]
    calls = {id(node.func): node for node in ast.walk(tree) if isinstance(node, ast.Call)}
    edits: list[Edit] = []
    for node in used:
        call = calls.get(id(node))
        alone = call and len(call.args) == 1 and not isinstance(call.args[0], ast.Starred)
        given = (
            call_edits.with_keyword(frame.file, text, call, keyword, value)
            if call and alone and not call.keywords
            else None
        )
        if given is None:
            return None
        edits += [_replaced(frame.file, text, node, f"np.{right}"), given]
    edits.sort(key=lambda edit: (edit.line != frame.line, edit.line, edit.column))
    if not edits or edits[0].line != frame.line:
        return None
    by = f"writing {code(f'{edits[0].new_text}(..., {keyword}={value})')}, which is what it did"
    return Fix("replace-name", f"Write {edits[0].new_text}", by, Safety.SAFE, tuple(edits))


def _numpy_names(tree: ast.Module) -> set[str]:
    """What the file calls NumPy: as its imports do, and a name that is given it and nothing else."""
    known = {"np", "numpy"} | imports.aliases(tree, "numpy")
    given: dict[str, list[ast.expr | None]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                given.setdefault(statements.dotted(target), []).append(node.value)
        elif isinstance(node, (ast.AnnAssign, ast.AugAssign, ast.NamedExpr, ast.For, ast.AsyncFor)):
            given.setdefault(statements.dotted(node.target), []).append(None)
        elif isinstance(node, ast.arg):
            given.setdefault(node.arg, []).append(None)
    return known | {
        name
        for name, values in given.items()
        if len(values) == 1 and values[0] is not None and statements.dotted(values[0]) in known
    }


def _together(name: str, new: str) -> dict[str, str]:
    """The names that are gone as well where ``name`` is, each with what to write for it."""
    if name in numpy_names.SAME:
        return {old: f"np.{below}" for old, below in numpy_names.SAME.items()}
    if name in numpy_names.BUILTINS:
        return {name: new} | {old: old for old in numpy_names.GONE_FOR_GOOD}
    return {name: new}


def _pairs(edits: list[Edit]) -> str:
    """``new for old`` of each name, with how often when it is one name."""
    pairs = list(dict.fromkeys((edit.new_text, edit.old_text) for edit in edits))
    everywhere = f" in {len(edits)} places" if len(pairs) == 1 < len(edits) else ""
    told = [f"{code(new)} for {code(old)}" for new, old in pairs]
    return f"{' and '.join(told)}{everywhere}"


def _replaced(file: str, text: str, node: ast.Attribute, new: str) -> Edit:
    alias = statements.dotted(node.value)
    start, end = call_edits.start_of(text, node), call_edits.end_of(text, node)
    right = new.replace("np.", f"{alias}.")
    if new.startswith("-") and "**" in lines_of(text)[node.lineno - 1]:
        right = f"({right})"
    return call_edits.between(file, text, start, end, right)


RULE = Rule("removed-numpy-name", Category.DEPENDENCY, ("AttributeError",), explain)
