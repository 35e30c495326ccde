"""click: ``@click.option`` and ``@click.argument`` (https://click.palletsprojects.com/options/)."""

from __future__ import annotations

import ast

from propel_helper.facts.option import Option
from propel_helper.scan.arguments import Library, Script
from propel_helper.scan.literals import called, keyword, text_of, texts_of
from propel_helper.scan.modules import Module
from propel_helper.scan.signatures import names_path

_TYPES = {"int": "int", "float": "float", "str": "str", "bool": "bool", "IntRange": "int",
          "FloatRange": "float", "Path": "path", "File": "path", "INT": "int", "FLOAT": "float",
          "STRING": "str", "BOOL": "bool"}  # fmt: skip


def _option(node: ast.Call, module: Module) -> Option | None:
    names = [text for text in (text_of(one, module) for one in node.args) if text]
    argument = called(node).endswith("argument")
    if not names:
        return None
    dashed = [name for name in names if name.startswith("-")]
    long = next((name for name in dashed if name.startswith("--")), names[0])
    written = keyword(node, "type")
    kind = _TYPES.get(called(written).rpartition(".")[2]) if written is not None else None
    choices: tuple[str, ...] = ()
    if isinstance(written, ast.Call) and called(written).endswith("Choice") and written.args:
        choices, kind = texts_of(written.args[0], module), "str"
    flag = text_of(keyword(node, "is_flag"), module) == "True" or "/" in long
    default = text_of(keyword(node, "default"), module)
    if flag and default is None:
        default = "False"
    if kind is None and default in ("True", "False"):
        kind = "bool"
    required = text_of(keyword(node, "required"), module)
    return Option(
        name=names[0] if argument else long.partition("/")[0],
        form="value" if argument else "--name" if flag else "--name value",
        type="bool" if flag else kind,
        default=default,
        choices=choices,
        help=" ".join((text_of(keyword(node, "help"), module) or "").split()),
        takes_path=names_path(long.lstrip("-"), kind),
        required=required == "True" or (argument and required != "False" and default is None),
        file=module.path,
        line=node.lineno,
    )


def _options(module: Module, script: Script) -> tuple[Option, ...]:
    commands = [
        node
        for node in ast.walk(module.tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and any(
            called(mark).endswith((".option", ".argument", "command"))
            for mark in node.decorator_list
        )
    ]
    chosen = [one for one in commands if one.name.replace("_", "-") in script.arguments[:2]]
    found = (
        _option(mark, module)
        for command in (chosen or commands)
        for mark in command.decorator_list
        if isinstance(mark, ast.Call) and called(mark).split(".")[-1] in ("option", "argument")
    )
    return tuple(one for one in found if one is not None)


LIBRARY = Library("click", "click", _options)
