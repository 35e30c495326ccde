"""Whether what a config holds can be what a field's annotation says."""

from __future__ import annotations

import ast
import re

from propel_helper.rules.config_keys import Key

_INT = re.compile(r"[-+]?\d[\d_]*")
_NUMBER = re.compile(
    r"[-+]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|[-+]?\.?(?:inf|nan)", re.IGNORECASE
)
# References, anchors and tags of YAML; `???` is OmegaConf's value that is still to be given.
_OPEN = re.compile(r"[$&*!|>]|\?\?\?$")
_SCALARS = {
    "int": {"int"},
    "float": {"int", "float"},
    "bool": {"bool", "int"},
    "str": {"str", "int", "float"},
    "Path": {"str"},
}
_MANY = frozenset({"list", "tuple", "set", "Sequence", "List", "Tuple", "Set", "Iterable"})
_NAMED = frozenset({"dict", "Dict", "Mapping"})


def can_have(annotation: ast.expr | None, key: Key) -> bool | None:
    """Whether a field annotated so can have the key's value; None where one of the two is not known.

    Nothing turns a config's text into a number on its way into a dataclass or a function.
    """
    kinds = _kinds(annotation)
    value = _kind(key)
    if kinds is None or value is None:
        return None
    return value in kinds


def _kind(key: Key) -> str | None:
    value = key.value
    if not value or _OPEN.match(value) or key.file.endswith((".ini", ".cfg")):
        return None  # nothing, or what stands on the lines below; INI has texts only
    if value[0] in "[{":
        return "many" if value[0] == "[" else "named"
    if value[0] in "\"'":
        return "str"
    if value.casefold() in {"null", "~", "none"}:
        return None
    if value.casefold() in {"true", "false", "yes", "no", "on", "off"}:
        return "bool"
    if _INT.fullmatch(value):
        return "int"
    return "float" if _NUMBER.fullmatch(value) else "str"


def _kinds(annotation: ast.expr | None) -> set[str] | None:
    """What kinds an annotation allows; None where another type is in it."""
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        try:
            return _kinds(ast.parse(annotation.value, mode="eval").body)
        except SyntaxError:
            return None
    if isinstance(annotation, ast.Constant) and annotation.value is None:
        return set()
    if isinstance(annotation, ast.BinOp) and isinstance(annotation.op, ast.BitOr):
        one, two = _kinds(annotation.left), _kinds(annotation.right)
        return None if one is None or two is None else one | two
    if isinstance(annotation, ast.Subscript):
        name = _name(annotation.value)
        if name == "Optional":
            return _kinds(annotation.slice)
        return _of_name(name) if name in _MANY | _NAMED else None
    return _of_name(_name(annotation))


def _of_name(name: str) -> set[str] | None:
    if name in _MANY:
        return {"many"}
    return {"named"} if name in _NAMED else _SCALARS.get(name)


def _name(node: ast.expr | None) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
