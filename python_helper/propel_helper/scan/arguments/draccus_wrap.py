"""draccus and pyrallis: ``@draccus.wrap()`` on a function of one config, ``parse(config_class=X)``.

A nested field is ``--a.b value``, and a switch takes a value too.

https://github.com/dlwh/draccus, https://github.com/eladrich/pyrallis
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from propel_helper.facts.option import Option
from propel_helper.scan.arguments import Library, Script
from propel_helper.scan.arguments.tyro_cli import spread
from propel_helper.scan.literals import called, keyword
from propel_helper.scan.modules import Module
from propel_helper.scan.signatures import annotation, long_option

_LIBRARIES = ("draccus", "pyrallis")


def _leads_there(owner: str, module: Module, script: Script) -> bool:
    """Whether ``owner`` is one of the libraries, or a module of the project that builds on one."""
    if owner in _LIBRARIES:
        return True
    dotted, name = module.imported.get(owner, ("", ""))
    if dotted.partition(".")[0] in _LIBRARIES:
        return True
    whole = ".".join(part for part in (dotted, name) if part) if dotted else ""
    path = script.modules.file_of(whole, module.path) if whole else ""
    own = script.modules.module(path) if path else None
    return own is not None and any(f"import {one}" in own.text for one in _LIBRARIES)


def _configs(module: Module, script: Script) -> Iterator[str]:
    """Names of the config classes that the module's commands are parsed into."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef) and node.args.args:
            for mark in node.decorator_list:
                owner, _, name = called(mark).rpartition(".")
                is_wrap = isinstance(mark, ast.Call) and name == "wrap"
                if is_wrap and _leads_there(owner, module, script):
                    yield annotation(node.args.args[0].annotation, module)[2]
        elif isinstance(node, ast.Call) and called(node).rpartition(".")[2] == "parse":
            given = keyword(node, "config_class") or (node.args[0] if node.args else None)
            owner = called(node).rpartition(".")[0]
            if given is not None and owner and _leads_there(owner, module, script):
                yield called(given)


def _options(module: Module, script: Script) -> tuple[Option, ...]:
    if "wrap()" not in module.text and "parse(" not in module.text:
        return ()
    found: list[Option] = []
    for name in _configs(module, script):
        target = script.modules.find(name.rpartition(".")[2], module)
        for field, about, at in spread(target[1], target[0], script.modules) if target else ():
            found.append(long_option(field, about, at))
    return tuple(found)


# The library itself may be imported by another module of the project alone.
LIBRARY = Library("draccus", "import", _options)
