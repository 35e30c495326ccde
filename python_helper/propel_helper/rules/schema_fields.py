"""Keys of a config that a structured schema (OmegaConf's dataclasses) does not have."""

from __future__ import annotations

import ast

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Explanation, Fix, Place, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import config_keys, project_files, slips, statements, texts
from propel_helper.rules.said import said
from propel_helper.rules.words import code

# omegaconf/dictconfig.py, _validate_get and _validate_set.
_WORDS = Wording(
    r"Key '(?P<key>\w+)' not in '(?P<type>\w+)'\s+full_key: (?P<path>[\w.]+)\s+(?:reference_type=.*\s+)?object_type=(?P=type)\b"
)


def explained(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """The finding of a key that a file has and the one class of that name lacks, and its near field."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    keys = [key for key in config_keys.all_keys(surroundings) if key.path == found["path"]]
    classes = [
        (file, node)
        for file in project_files.of_crash(crash, surroundings)
        for node in _classes(file, found["type"], surroundings)
    ]
    if len(keys) != 1 or len(classes) != 1:
        return None
    (key,), ((file, node),) = keys, classes
    beside = {
        one.name
        for one in config_keys.all_keys(surroundings)
        if one.parent == key.parent and one.file == key.file
    }
    fields = _fields(node)
    near = slips.slip_of(key.name, fields)
    if near is None or near in beside:
        return None
    edit, by = config_keys.renamed(key, near, surroundings)
    where = f"{surroundings.shown(file)}:{node.lineno}"
    return Explanation(
        "a setting that the schema does not have",
        f"the config has {code(key.path)}, and {code(found['type'])} ({where}) has no such field",
        texts.place_of(edit) or Place(key.file, edit.line),
        (Fix("respell-key", f"Write {near}", by, Safety.ASK, (edit,)),),
    )


def _classes(file: str, name: str, surroundings: Surroundings) -> list[ast.ClassDef]:
    text = surroundings.text(file) or ""
    tree = statements.parse(text) if name in text else None
    return [
        node
        for node in (ast.walk(tree) if tree else ())
        if isinstance(node, ast.ClassDef) and node.name == name and not node.bases
    ]


def _fields(node: ast.ClassDef) -> tuple[str, ...]:
    return tuple(
        one.target.id
        for one in node.body
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)
    )
