"""fire: ``fire.Fire(f)`` (https://google.github.io/python-fire/guide/)."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from propel_helper.facts.option import Option
from propel_helper.scan.arguments import Library, Script
from propel_helper.scan.literals import called, text_of
from propel_helper.scan.modules import Definition, Module
from propel_helper.scan.signatures import long_option, parameters


def _methods(target: Definition, script: Script) -> Iterator[Definition]:
    """The function itself; of a class its constructor and the method that the command names."""
    if not isinstance(target, ast.ClassDef):
        yield target
        return
    for node in target.body:
        named = isinstance(node, ast.FunctionDef) and node.name in (
            "__init__",
            *script.arguments[:2],
        )
        if named and isinstance(node, ast.FunctionDef):
            yield node


def _targets(node: ast.Call, module: Module, script: Script) -> Iterator[tuple[Module, Definition]]:
    """What ``fire.Fire`` is handed: a function, a class, or a dict of them by sub-command."""
    given = node.args[0] if node.args else None
    if isinstance(given, ast.Dict):
        pairs = zip(given.keys, given.values, strict=True)
        named = [(text_of(key, module), called(value)) for key, value in pairs]
        chosen = [name for verb, name in named if verb in script.arguments[:2]]
        names = chosen or [name for _, name in named]
    elif given is not None:
        names = [called(given)]
    else:
        tops = [one for one in module.tree.body if isinstance(one, ast.FunctionDef)]
        names = [one.name for one in tops if one.name in script.arguments[:2]]
    for name in names:
        found = script.modules.find(name.rpartition(".")[2], module)
        if found is not None:
            yield found


def _options(module: Module, script: Script) -> tuple[Option, ...]:
    found = []
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and called(node) in ("fire.Fire", "Fire"):
            for at, target in _targets(node, module, script):
                for method in _methods(target, script):
                    found += [
                        long_option(field.name, field, at)
                        for field in parameters(method, at, script.modules)
                    ]
    return tuple(found)


LIBRARY = Library("fire", "Fire(", _options)
