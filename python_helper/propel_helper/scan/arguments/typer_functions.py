"""typer: parameters of commands (https://typer.tiangolo.com/tutorial/options/)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from propel_helper.facts.option import Option
from propel_helper.scan.arguments import Library, Script
from propel_helper.scan.literals import called, keyword, text_of
from propel_helper.scan.modules import Definition, Module
from propel_helper.scan.signatures import Field, names_path, parameters


@dataclass(frozen=True)
class _Mark:
    """``typer.Option(...)`` or ``typer.Argument(...)`` of a parameter.

    ``annotated``: it stands in the annotation, so that the parameter's own default counts.
    """

    call: ast.Call
    annotated: bool


def _is_mark(node: ast.AST | None) -> bool:
    return isinstance(node, ast.Call) and called(node).split(".")[-1] in ("Option", "Argument")


def _marks(function: Definition) -> dict[str, _Mark]:
    """The mark of each parameter that has one."""
    if isinstance(function, ast.ClassDef):
        return {}
    arguments = function.args
    plain = [*arguments.posonlyargs, *arguments.args]
    defaults = [*[None] * (len(plain) - len(arguments.defaults)), *arguments.defaults]
    pairs = [*zip(plain, defaults, strict=True)]
    pairs += zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    found = {}
    for one, default in pairs:
        inside = ast.walk(one.annotation) if one.annotation is not None else iter(())
        for node in (default, *inside):
            if isinstance(node, ast.Call) and _is_mark(node):
                found[one.arg] = _Mark(node, annotated=node is not default)
    return found


def _default(field: Field, mark: _Mark | None, module: Module) -> tuple[str | None, bool]:
    """The default, and whether a value must be given."""
    if mark is None or mark.annotated:
        return field.default, field.required
    given = mark.call.args[0] if mark.call.args else keyword(mark.call, "default")
    missing = isinstance(given, ast.Constant) and given.value is ...
    return text_of(given, module), missing or given is None


def _option(field: Field, mark: _Mark | None, module: Module) -> Option:
    words = [text_of(one, module) for one in (mark.call.args if mark else ())]
    named = [word for word in words if word and word.startswith("--")]
    default, required = _default(field, mark, module)
    argument = called(mark.call).endswith("Argument") if mark else field.required
    name = named[0].partition("/")[0] if named else "--" + field.name.replace("_", "-")
    flag = field.type == "bool"
    said = text_of(keyword(mark.call, "help"), module) if mark else None
    return Option(
        name=field.name.upper() if argument else name,
        form="value" if argument else "--name" if flag else "--name value",
        type=field.type,
        default=default,
        choices=field.choices,
        help=" ".join((said or field.help).split()),
        takes_path=names_path(field.name, field.type),
        required=required,
        file=module.path,
        line=field.line,
    )


def _commands(module: Module) -> Iterator[Definition]:
    ran = {
        text
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and called(node) == "typer.run" and node.args
        for text in [called(node.args[0])]
    }
    for node in ast.walk(module.tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            marks = [called(mark).split(".")[-1] for mark in node.decorator_list]
            if node.name in ran or "command" in marks or "callback" in marks:
                yield node


def _options(module: Module, script: Script) -> tuple[Option, ...]:
    commands = list(_commands(module))
    chosen = [one for one in commands if one.name.replace("_", "-") in script.arguments[:2]]
    found = []
    for command in chosen or commands:
        marks = _marks(command)
        found += [
            _option(field, marks.get(field.name), module)
            for field in parameters(command, module, script.modules)
        ]
    return tuple(found)


LIBRARY = Library("typer", "typer", _options)
