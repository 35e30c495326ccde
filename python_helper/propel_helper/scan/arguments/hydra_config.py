"""Hydra: ``key=value`` overrides of the composed config, groups of the defaults list as choices.

https://hydra.cc/docs/advanced/defaults_list/ and https://hydra.cc/docs/advanced/override_grammar/basic/
"""

from __future__ import annotations

import ast
import posixpath
from collections.abc import Iterator

from propel_helper.facts.option import Option
from propel_helper.scan.arguments import Library, Script
from propel_helper.scan.arguments.tyro_cli import spread
from propel_helper.scan.literals import called, keyword, text_of
from propel_helper.scan.modules import Module
from propel_helper.scan.signatures import names_path
from propel_helper.scan.tree import joined
from propel_helper.scan.yaml_text import entries, leaves

_SUFFIXES = (".yaml", ".yml")


def _given(script: Script, *names: str) -> str | None:
    """Value of an option in the command, as two words or joined by ``=``."""
    for at, word in enumerate(script.arguments):
        option, equals, value = word.partition("=")
        if option in names:
            following = script.arguments[at + 1 : at + 2]
            return value if equals else following[0] if following else None
    return None


def _file(script: Script, folder: str, name: str) -> str:
    """The config file ``name`` in ``folder``, "" when there is none."""
    for suffix in ("", *_SUFFIXES):
        path = posixpath.normpath(posixpath.join(folder, name + suffix))
        if path in script.modules.files.tree and path.endswith(_SUFFIXES):
            return path
    return ""


def _values(path: str, prefix: str, text: str) -> Iterator[Option]:
    for leaf in leaves(text):
        if leaf.key.startswith(("defaults", "hydra.")) or leaf.key.endswith("_target_"):
            continue
        yield Option(
            name=prefix + leaf.key,
            form="name=value",
            type=leaf.type or None,
            default=leaf.value,
            takes_path=names_path(leaf.key.rpartition(".")[2], leaf.type),
            required=leaf.value == "???",
            file=path,
            line=leaf.line,
        )


def _composed(script: Script, folder: str, path: str, text: str) -> Iterator[Option]:
    """The groups of the defaults list, then the values of the file and of the groups chosen."""
    inner: list[tuple[str, str]] = []
    for written, chosen in entries(text, "defaults"):
        group = written.removeprefix("optional ").removeprefix("override ").lstrip("/")
        if not group or group.startswith("hydra/"):
            continue
        group, _, package = group.partition("@")
        names = script.modules.files.tree.names(posixpath.join(folder, group))
        choices = tuple(name.rpartition(".")[0] for name in names if name.endswith(_SUFFIXES))
        if choices:
            default = None if chosen in ("null", "") else chosen
            required = chosen == "???"
            yield Option(group, "name=value", "str", default, choices, required=required, file=path)
        inner.append(
            (package or group.replace("/", "."), _file(script, folder, f"{group}/{chosen}"))
        )
    yield from _values(path, "", text)
    for package, file in inner:
        found = script.modules.files.text(file) if file else None
        if found is not None:
            whole = found.lstrip().startswith("# @package _global_")
            yield from _values(file, "" if whole else f"{package}.", found)


def _stored(module: Module, script: Script) -> Iterator[Option]:
    """Fields of dataclasses that are stored as configs: ``cs.store(name=..., node=Config)``."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and called(node).endswith(".store"):
            target = keyword(node, "node")
            found = script.modules.find(called(target), module) if target is not None else None
            if found is None or keyword(node, "group") is not None:
                continue
            for name, field, at in spread(found[1], found[0], script.modules):
                yield Option(
                    name,
                    "name=value",
                    field.type,
                    field.default,
                    field.choices,
                    field.help,
                    names_path(name, field.type),
                    field.default in ("MISSING", "???"),
                    file=at.path,
                    line=field.line,
                )


def _options(module: Module, script: Script) -> tuple[Option, ...]:
    marks = [
        mark
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef)
        for mark in node.decorator_list
        if isinstance(mark, ast.Call) and called(mark) == "hydra.main"
    ]
    found: list[Option] = []
    for mark in marks:
        written = [text_of(one, module) for one in mark.args]
        path = text_of(keyword(mark, "config_path"), module) or (written[0] if written else None)
        name = text_of(keyword(mark, "config_name"), module) or (
            written[1] if written[1:] else None
        )
        path = _given(script, "--config-path", "-cp", "--config-dir", "-cd") or path
        name = _given(script, "--config-name", "-cn") or name
        folder = joined(posixpath.dirname(module.path), path) if path else None
        file = _file(script, folder, name) if folder is not None and name else ""
        text = script.modules.files.text(file) if file else None
        if text is not None and folder is not None:
            found += _composed(script, folder, file, text)
    return tuple(found) or tuple(_stored(module, script))


LIBRARY = Library("hydra", "hydra", _options)
