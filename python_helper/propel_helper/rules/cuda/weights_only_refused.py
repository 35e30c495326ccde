"""weights-only-refused: a checkpoint holds Python objects, and this PyTorch loads only weights.

## What happened
`torch.load` found something in the file that is no tensor and no plain container, and refused to
build it, because a pickle can run any code while it is read.

## Why it happens
Since PyTorch 2.6 `torch.load` reads weights only, unless it is told otherwise. Checkpoints of older
programs often hold more: their options (`argparse.Namespace`), NumPy numbers, a config, or the model
object itself.

## What the fix changes
The call that loads, where the traceback shows it. When the message names a class of Python's own
that only holds values, one line before the call allows that class and nothing else. Otherwise, or as
the second choice, the call gets `weights_only=False`: it reads the file as before 2.6. Beside that a step
tells how to allow a class that the message names alone. For a file that would call a function of the system
(`posix.system`) nothing that loads it is offered.

## Fix safety
Ask. With `weights_only=False` the file may run any code on your machine when it is read: say yes
only if you wrote it yourself, or trust whoever did. What training computes stays the same.
"""

from __future__ import annotations

import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Edit, Explanation, Fix, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, call_edits, imports, loading
from propel_helper.rules.said import said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code

# torch/serialization.py _get_wo_message and torch/_weights_only_unpickler.py, 2.0 to 2.13.
_WORDS = Wording(
    r"Weights only load failed(?=[\s\S]*(?:Unsupported (?:global|class)|was not an allowed global"
    r"|is not trusted|Trying to (?:call|instantiate)|Can only (?:build|create|SETITEM)))"
)
# The same: a module that runs programs and reaches files (`os`, `posix`, `nt`, `sys`) is never loaded. PyTorch names
# it below two empty lines, and of this kind alone it asks nobody to file an issue.
_BLOCKED = Wording(
    r"^Weights only load failed\. In PyTorch 2\.6[^\n]*trusted source\.\s*"
    r"(?:\Z|Trying to load unsupported GLOBAL (?P<name>\S+) whose module \S+ is blocked)"
)
_GLOBAL = Wording(r"GLOBAL (?P<name>[A-Za-z_][\w.]*) was not an allowed global")
# Classes that hold values and run nothing when they are built.
_HARMLESS = {
    "argparse.Namespace": "argparse",
    "collections.defaultdict": "collections",
    "collections.deque": "collections",
    "datetime.date": "datetime",
    "datetime.datetime": "datetime",
    "datetime.timedelta": "datetime",
    "pathlib.PosixPath": "pathlib",
    "pathlib.PurePosixPath": "pathlib",
    "types.SimpleNamespace": "types",
}
_GUIDE = guide(
    "say-what-may-be-loaded",
    "Say what may be loaded",
    "If you trust the file, give the call that loads it `weights_only=False` (it can run any code "
    "that the file carries), or allow the class that the message names with "
    "`torch.serialization.add_safe_globals`.",
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim refusals of objects; a file that is no checkpoint at all is another kind of crash."""
    blocked = said(crash, _BLOCKED)
    if blocked is not None:
        return _harmful(code(blocked["name"]) if blocked["name"] else "a function of the system")
    found = said(crash, _WORDS)
    if found is None:
        return None
    named = _GLOBAL.search(found.string)
    thing = code(named["name"]) if named else "a Python object"
    load = loading.load_call(crash, surroundings)
    fixes = [fix for fix in (_allow(load, named), _trust(load)) if fix is not None]
    if len(fixes) == 1 and fixes[0].id == "trust-the-file" and named:
        fixes.append(_allow_by_hand(named["name"]))
    return Explanation(
        error="a checkpoint with more than weights",
        because=f"it holds {thing}, and `torch.load` builds only weights unless it is told otherwise",
        fixes=tuple(fixes) or (_GUIDE,),
    )


def _harmful(name: str) -> Explanation:
    """A file that calls what no checkpoint needs; nothing that would load it is offered."""
    return Explanation(
        error="a checkpoint that would run code of its own",
        because=f"reading it would call {name}, which no weights need and PyTorch refuses",
        fixes=(
            guide(
                "leave-the-file",
                "Don't load this file",
                "Don't load it, and not with `weights_only=False` either: it may be made to harm whoever reads "
                "it. Get the checkpoint anew from a source that you trust, as safetensors if there is one.",
            ),
        ),
    )


def _allow(load: loading.Load | None, named: re.Match[str] | None) -> Fix | None:
    module = _HARMLESS.get(named["name"]) if named else None
    if load is None or module is None or named is None:
        return None
    line = load.statement.lineno
    row = load.text.split("\n")[line - 1]
    indent = row[: len(row) - len(row.lstrip())]
    before = row[: load.statement.col_offset].strip()
    if before or not imports.has_module(load.tree, "torch", line):
        return None
    added = f"torch.serialization.add_safe_globals([{named['name']}])"
    edits = [Edit(load.file, line, 0, line, 0, "", f"{indent}{added}\n")]
    if not imports.has_module(load.tree, module, line):
        edits.append(imports.add_import(load.file, load.tree, f"import {module}"))
    by = f"allowing {code(named['name'])}, and nothing else, with {code(added)} on the line before"
    return Fix("allow-this-class", "Allow this class alone", by, Safety.ASK, tuple(edits))


def _allow_by_hand(name: str) -> Fix:
    allowed = f"`torch.serialization.add_safe_globals([{name}])`"
    return guide(
        "allow-this-class-yourself",
        "Allow this class alone",
        f"If you don't trust the whole file, import {code(name)} and allow it alone with {allowed} before "
        "the call that loads the file; where that holds more, the next message names it.",
    )


def _trust(load: loading.Load | None) -> Fix | None:
    if load is None:
        return None
    edit = call_edits.with_keyword(load.file, load.text, load.call, "weights_only", "False")
    if edit is None:
        return None
    by = (
        f"giving {code(load.name)} the argument `weights_only=False`, which lets the file run any "
        "code when it is read (right only if you trust where it comes from)"
    )
    return Fix("trust-the-file", "Trust this file", by, Safety.ASK, (edit,))


RULE = Rule("weights-only-refused", Category.CUDA, ("exception",), explain)
