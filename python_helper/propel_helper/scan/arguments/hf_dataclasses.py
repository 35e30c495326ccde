"""transformers' ``HfArgumentParser``: the fields of the dataclasses that it is handed.

https://huggingface.co/docs/transformers/main/internal/trainer_utils#transformers.HfArgumentParser
"""

from __future__ import annotations

import ast

from propel_helper.facts.option import Option
from propel_helper.scan.arguments import Library, Script
from propel_helper.scan.literals import called
from propel_helper.scan.modules import Module
from propel_helper.scan.signatures import fields, inherited, long_option

_PARSERS = ("HfArgumentParser", "TrlParser", "H4ArgumentParser")


def _classes(node: ast.Call, module: Module) -> list[str]:
    given = node.args[0] if node.args else None
    if given is None and node.keywords:
        given = node.keywords[0].value
    if isinstance(given, ast.Name):
        given = module.assigned(given.id) or given
    parts = given.elts if isinstance(given, (ast.Tuple, ast.List)) else [given]
    return [called(part).rpartition(".")[2] for part in parts if part is not None]


def _options(module: Module, script: Script) -> tuple[Option, ...]:
    found = []
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Call) or called(node).rpartition(".")[2] not in _PARSERS:
            continue
        for name in _classes(node, module):
            target = script.modules.find(name, module)
            if target is None:
                found += [
                    long_option(field.name, field, module) for field in inherited(name, node.lineno)
                ]
            if target is None or not isinstance(target[1], ast.ClassDef):
                continue
            at, cls = target[0], target[1]
            found += [
                long_option(field.name, field, at) for field in fields(cls, at, script.modules)
            ]
    return tuple(found)


LIBRARY = Library("HfArgumentParser", "Parser", _options)
