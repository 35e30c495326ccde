"""tyro: ``tyro.cli(X)`` for a dataclass or a function, ``overridable_config_cli`` for ready configs.

https://brentyi.github.io/tyro/, https://brentyi.github.io/tyro/examples/overriding_configs/
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace

from propel_helper.facts.option import Option
from propel_helper.scan.arguments import Library, Script
from propel_helper.scan.literals import called, keyword
from propel_helper.scan.modules import Definition, Module, Modules
from propel_helper.scan.signatures import Field, fields, long_option, parameters

_DEEPEST = 4


def spread(
    definition: Definition, module: Module, modules: Modules, prefix: str = ""
) -> Iterator[tuple[str, Field, Module]]:
    """Every field by its dotted name, those of nested dataclasses included."""
    inner = fields if isinstance(definition, ast.ClassDef) else parameters
    for field in inner(definition, module, modules):  # type: ignore[arg-type]
        nested = modules.find(field.nested.rpartition(".")[2], module) if field.nested else None
        if (
            nested is not None
            and isinstance(nested[1], ast.ClassDef)
            and not field.choices
            and prefix.count(".") < _DEEPEST
        ):
            yield from spread(nested[1], nested[0], modules, f"{prefix}{field.name}.")
        else:
            yield prefix + field.name, field, module


def _is_tyro(node: ast.Call, module: Module, name: str) -> bool:
    return called(node) in (f"tyro.{name}", f"tyro.extras.{name}") or (
        called(node) == name and module.imported.get(name, ("",))[0].startswith("tyro")
    )


def _named_configs(
    node: ast.expr | None, module: Module, depth: int = 0
) -> Iterator[tuple[str, str]]:
    """Names of ready configs and of the class that each is made of."""
    if isinstance(node, ast.Name) and depth < _DEEPEST:
        yield from _named_configs(module.assigned(node.id), module, depth + 1)
    elif isinstance(node, ast.DictComp):
        over = node.generators[0].iter
        if isinstance(over, ast.Call) and isinstance(over.func, ast.Attribute):
            over = over.func.value
        yield from _named_configs(over, module, depth + 1)
    elif isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            made = value.elts[-1] if isinstance(value, ast.Tuple) and value.elts else value
            if isinstance(key, ast.Constant) and isinstance(made, ast.Call):
                yield str(key.value), called(made)
    elif isinstance(node, (ast.List, ast.Tuple)):
        for made in node.elts:
            name = keyword(made, "name") if isinstance(made, ast.Call) else None
            if isinstance(name, ast.Constant):
                yield str(name.value), called(made)


def _of(target: str, module: Module, script: Script) -> Iterator[Option]:
    """The options that tyro makes of a class or function."""
    found = script.modules.find(target.rpartition(".")[2], module)
    for name, field, at in spread(found[1], found[0], script.modules) if found else ():
        if field.type == "Suppress":
            continue
        is_missing = field.default == "tyro.MISSING"
        told = replace(field, default=None, required=True) if is_missing else field
        form = "--name" if field.type == "bool" else "--name value"
        yield long_option(name.replace("_", "-"), told, at, form)


def _options(module: Module, script: Script) -> tuple[Option, ...]:
    found: list[Option] = []
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        if _is_tyro(node, module, "cli"):
            found += _of(called(node.args[0]), module, script)
        elif _is_tyro(node, module, "overridable_config_cli"):
            ready = tuple(_named_configs(node.args[0], module))
            names = tuple(name for name, _ in ready)
            found.append(
                Option("CONFIG", "value", "str", None, names, required=True, file=module.path,
                       line=node.lineno)
            )  # fmt: skip
            for target in dict.fromkeys(target for _, target in ready):
                found += _of(target, module, script)
    return tuple(found)


LIBRARY = Library("tyro", "tyro", _options)
