"""absl flags and ml_collections config flags (https://abseil.io/docs/python/guides/flags)."""

from __future__ import annotations

import ast

from propel_helper.facts.option import Option
from propel_helper.scan.arguments import Library, Script
from propel_helper.scan.literals import called, keyword, text_of, texts_of
from propel_helper.scan.modules import Module
from propel_helper.scan.signatures import names_path

_TYPES = {"string": "str", "integer": "int", "float": "float", "bool": "bool", "boolean": "bool",
          "list": "list", "multi_string": "list", "multi_integer": "list", "enum": "str",
          "enum_class": "str", "config_file": "path", "config_dict": "dict", "spaceseplist": "list",
          "multi_enum": "list", "multi_float": "list"}  # fmt: skip


def _option(node: ast.Call, module: Module) -> Option | None:
    kind = called(node).rpartition("DEFINE_")[2]
    parts: list[ast.expr] = list(node.args)
    name = text_of(parts[0] if parts else keyword(node, "name"), module)
    if name is None or kind not in _TYPES:
        return None
    default = text_of(parts[1] if len(parts) > 1 else keyword(node, "default"), module)
    enum = kind in ("enum", "multi_enum")
    choices = texts_of(
        parts[2] if enum and len(parts) > 2 else keyword(node, "enum_values"), module
    )
    said = keyword(node, "help", "help_string")
    if said is None and len(parts) > 2 + enum:
        said = parts[2 + enum]
    kind = _TYPES[kind]
    return Option(
        name="--" + name,
        form="--name" if kind == "bool" else "--name=value",
        type=kind,
        default=default,
        choices=choices,
        help=" ".join((text_of(said, module) or "").split()),
        takes_path=names_path(name, kind),
        required=text_of(keyword(node, "required"), module) == "True",
        file=module.path,
        line=node.lineno,
    )


def _required(module: Module) -> set[str]:
    """Names given to ``flags.mark_flag_as_required`` or ``mark_flags_as_required``."""
    found: set[str] = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and "as_required" in called(node) and node.args:
            one = text_of(node.args[0], module)
            found.update(texts_of(node.args[0], module) or ((one,) if one else ()))
    return found


def _options(module: Module, _script: Script) -> tuple[Option, ...]:
    required = _required(module)
    calls = [
        node
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and "DEFINE_" in called(node)
    ]
    found = (_option(node, module) for node in sorted(calls, key=lambda node: node.lineno))
    return tuple(
        Option(**{**vars(one), "required": one.required or one.name[2:] in required})
        for one in found
        if one is not None
    )


LIBRARY = Library("absl", "DEFINE_", _options)
