"""A field that an object of settings lacks: a dataclass of the person's, or the options of a parser."""

from __future__ import annotations

import ast

from propel_helper.facts.crash import Crash, Frame
from propel_helper.facts.finding import Explanation, Fix
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import (
    own,
    project_files,
    setting_names,
    settings_in_code,
    slip_proofs,
    statements,
)
from propel_helper.rules.launch_text import launch_of
from propel_helper.rules.said import said
from propel_helper.rules.words import code

# CPython's Objects/object.c; the suggestion comes from traceback.py since 3.10.
_WORDS = Wording(
    r"^'(?P<kind>\w+)' object has no attribute '(?P<name>\w+)'(?:\. Did you mean: '(?P<near>\w+)'\?)?$"
)
_BASES = frozenset({"BaseModel", "BaseSettings", "NamedTuple"})
# What a model, a loss, the data or an optimiser is made of: no line of theirs is changed.
_OF_TRAINING = ("Module", "Dataset", "Sampler", "Optimizer", "Loss", "Model", "Scheduler", "Layer")
_OF_MODELS = frozenset(
    {"forward", "__getitem__", "__iter__", "collate", "collate_fn", "compute_loss", "loss"}
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim it where the field that is meant is proven, by a slip and by the class or the parser itself."""
    found = said(crash, _WORDS)
    frame = own.deepest(crash, surroundings)
    if found is None or frame is None or frame != crash.frames[-1]:
        return None
    kind, name = found["kind"], found["name"]
    if not settings_in_code.reads_attribute(frame.code or "", name):
        return None
    fields = _options(surroundings) if kind == "Namespace" else _fields(kind, crash, surroundings)
    if name in fields or (found["near"] and found["near"] not in fields):
        return None
    near = slip_proofs.meant_name(name, (found["near"],) if found["near"] else fields)
    fix = _respelt(name, near, kind, frame, surroundings) if near else None
    if near is None or fix is None:
        return None
    what = "the program's options have" if kind == "Namespace" else f"{code(kind)} has"
    return Explanation(
        f"a setting that is not there, {code(name)}",
        f"the code reads {code(name)}, and {what} no such field but {code(near)}",
        None,
        (fix,),
    )


def _fields(kind: str, crash: Crash, surroundings: Surroundings) -> tuple[str, ...]:
    """Fields of the person's one class of that name; none where it may have others."""
    found = [
        node
        for file in project_files.of_crash(crash, surroundings)
        if kind in (text := surroundings.text(file) or "") and (tree := statements.parse(text))
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and node.name == kind
    ]
    if len(found) != 1 or not _is_record(found[0]):
        return ()
    return tuple(
        node.target.id
        for node in found[0].body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    )


def _is_record(node: ast.ClassDef) -> bool:
    bases = {statements.dotted(base).rpartition(".")[2] for base in node.bases}
    decorated = any("dataclass" in ast.dump(one) for one in node.decorator_list)
    return bases <= _BASES and (decorated or bool(bases))


def _options(surroundings: Surroundings) -> tuple[str, ...]:
    """What the options of the program's parsers are called in code."""
    launch = launch_of(surroundings)
    found: list[str] = []
    for parser in project_files.parsers(launch, surroundings) if launch else ():
        for call in parser.calls:
            words = [statements.constant_text(one) or "" for one in call.args]
            long = next((word for word in words if word.startswith("--")), "".join(words[:1]))
            dest = statements.constant_text(statements.argument(call, -1, "dest"))
            found.append(dest or long.lstrip("-").replace("-", "_"))
    return tuple(dict.fromkeys(found))


def _respelt(
    name: str, near: str, kind: str, frame: Frame, surroundings: Surroundings
) -> Fix | None:
    tree = statements.parse(surroundings.text(frame.file) or "")
    if tree is None or frame.function in _OF_MODELS or _is_of_training(tree, frame.line):
        return None
    having = "as the options have it" if kind == "Namespace" else f"as {code(kind)} has it"
    return setting_names.in_file(name, near, frame, surroundings, having)


def _is_of_training(tree: ast.Module, line: int) -> bool:
    """Whether the line stands in a class that a model, a loss, the data or an optimiser is made of."""
    return any(
        isinstance(node, ast.ClassDef)
        and node.lineno <= line <= (node.end_lineno or 0)
        and any(statements.dotted(base).endswith(_OF_TRAINING) for base in node.bases)
        for node in ast.walk(tree)
    )
