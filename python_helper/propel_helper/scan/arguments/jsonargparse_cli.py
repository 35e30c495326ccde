"""jsonargparse's ``CLI`` and Lightning's ``LightningCLI``: parameters of what they are handed.

https://jsonargparse.readthedocs.io/en/stable/#jsonargparse.CLI,
https://lightning.ai/docs/pytorch/stable/cli/lightning_cli.html
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from propel_helper.facts.option import Option
from propel_helper.scan.arguments import Library, Script
from propel_helper.scan.literals import called, text_of
from propel_helper.scan.modules import Definition, Module
from propel_helper.scan.signatures import Field, long_option, parameters

_CLIS = ("CLI", "auto_cli", "LightningCLI")


def _constructor(target: Definition) -> Definition:
    """The ``__init__`` of a class; a function itself."""
    inner = target.body if isinstance(target, ast.ClassDef) else []
    for node in inner:
        if isinstance(node, ast.FunctionDef) and node.name == "__init__":
            return node
    return target


def _chosen(
    given: ast.Dict, module: Module, arguments: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    """The function of a dict of sub-commands that the command names."""
    for key, value in zip(given.keys, given.values, strict=True):
        if text_of(key, module) in arguments[:2]:
            if isinstance(value, ast.Dict):
                yield from _chosen(value, module, arguments)
            else:
                yield "", called(value)


def _handed(node: ast.Call, module: Module, script: Script) -> Iterator[tuple[str, str]]:
    """Prefix and name of each thing that a CLI is handed."""
    lightning = called(node).endswith("LightningCLI")
    if not lightning:
        given = node.args[0] if node.args else None
        if isinstance(given, ast.Name):
            given = module.assigned(given.id) or given
        if isinstance(given, ast.Dict):
            yield from _chosen(given, module, script.arguments)
            return
        parts = given.elts if isinstance(given, (ast.List, ast.Tuple)) else [given]
        for part in parts:
            if part is not None:
                yield "", called(part)
        return
    for prefix, one in zip(("model.", "data."), node.args, strict=False):
        yield prefix, called(one)
    for keyword in node.keywords:
        if keyword.arg in ("model_class", "datamodule_class"):
            yield ("model." if keyword.arg == "model_class" else "data."), called(keyword.value)


def _option(prefix: str, field: Field, module: Module) -> Option:
    name = prefix + field.name
    return long_option(name, field, module)


def _options(module: Module, script: Script) -> tuple[Option, ...]:
    found = []
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Call) or called(node).rpartition(".")[2] not in _CLIS:
            continue
        config = Option("--config", "--name value", "path", takes_path=True, file=module.path,
                        help="a config file with any of these options", line=node.lineno)  # fmt: skip
        found.append(config)
        for prefix, name in _handed(node, module, script):
            target = script.modules.find(name.rpartition(".")[2], module) if name else None
            if target is not None:
                at, definition = target
                inner = parameters(_constructor(definition), at, script.modules)
                found += [_option(prefix, field, at) for field in inner]
    return tuple(found)


LIBRARY = Library("jsonargparse", "CLI(", _options)
