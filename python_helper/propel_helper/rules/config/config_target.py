"""config-target: the class that a config names can't be made.

## What happened
The config names a class or function and its arguments, and it could not be found, or did not
take them.

## Why it happens
The name is misspelt, its module can't be imported, or the config has a key that the class has
no parameter for.

## What the fix changes
The name in the config, where its module is the project's own and exactly one of its classes and
functions is called almost so, or exactly one of the modules there. Otherwise nothing.

## Fix safety
Ask: the near name may be another class than the one that was meant.
"""

from __future__ import annotations

import ast
import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation, Fix, Place, Safety
from propel_helper.facts.surroundings import PathKind, Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, hydra_calls, hydra_configs, slip_proofs, statements, texts
from propel_helper.rules.said import line_of, said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line

# hydra/_internal/instantiate/_instantiate2.py; lightning.pytorch.cli; mmengine's build functions.
_WORDS = Wording(
    r"Error locating target '(?P<a>[\w.]+)'"
    r"|Error in call to target '(?P<b>[\w.]+)'"
    r"|Error instantiating '(?P<c>[\w.]+)'"
    r"|Are you sure that '.*' is (?:importable|installed)"
    r"|Error loading '(?P<d>[\w.]+)'"
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    if "Could not import" in found.string and "libcuda" in found.string:
        return None
    name = next((part for part in found.groups() if part), "")
    fix, at = _respelt(name, surroundings) if found["a"] or found["d"] else (None, None)
    refused = hydra_calls.refused(found["b"] or "", found.string, surroundings)
    if refused is not None:
        return refused
    step = guide(
        "correct-config-target",
        "Correct the config's target",
        "Look at the node that `full_key` names: correct the class's name, or the keys that it has no parameters for. `HYDRA_FULL_ERROR=1` before the command shows the whole stack.",
    )
    return Explanation(
        "a class of the config that can't be made",
        f"it stopped with {code(hydra_calls.inner(found.string) or first_line(line_of(found)))}",
        at or (texts.place_in_configs(name, surroundings) if name else None),
        (fix or step,),
    )


def _respelt(name: str, surroundings: Surroundings) -> tuple[Fix | None, Place | None]:
    """The target with the one near name, where it is written just once in the configs."""
    right = _near(name, surroundings)
    files = [
        *texts.config_files(surroundings),
        *(one for one, _ in hydra_configs.files(surroundings)),
    ]
    found = [
        (file, text, match.start())
        for file in dict.fromkeys(files)
        if (text := surroundings.text(file))
        for match in re.finditer(rf"(?<![\w.]){re.escape(name)}(?![\w.])", text)
    ]
    if right is None or len(found) != 1:
        return None, None
    file, text, start = found[0]
    edit = texts.edit_at(file, text, start, name, right)
    by = f"writing {code(right)} for {code(name)}, the one name there that is almost the same"
    return Fix("respell-target", f"Write {right}", by, Safety.ASK, (edit,)), texts.place_of(edit)


def _near(name: str, surroundings: Surroundings) -> str | None:
    """``package.module.Name`` with the one part that is wrong respelt."""
    module, _, last = name.rpartition(".")
    path = module.replace(".", "/")
    for top in ("", "src/"):
        for file in (f"{top}{path}.py", f"{top}{path}/__init__.py"):
            tree = statements.parse(surroundings.text(file) or "")
            if module and surroundings.is_own(file) and tree is not None:
                near = slip_proofs.meant_value(last, _made_in(tree))
                return f"{module}.{near}" if near else None
        right = texts.near_path(f"{top}{path}.py", surroundings) if module else None
        tree = statements.parse(surroundings.text(right) or "") if right else None
        if right and tree and surroundings.kind(right) is PathKind.FILE and last in _made_in(tree):
            return f"{right.removeprefix(top).removesuffix('.py').replace('/', '.')}.{last}"
    return None


def _made_in(tree: ast.Module) -> tuple[str, ...]:
    """Classes and functions of a module, and what it imports by name."""
    names = [
        node.name
        for node in tree.body
        if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
    ]
    imported = [
        alias.asname or alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    ]
    return tuple(dict.fromkeys([*names, *imported]))


RULE = Rule("config-target", Category.CONFIG, ("exception", "usage"), explain)
