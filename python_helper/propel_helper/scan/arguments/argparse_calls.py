"""argparse and what keeps its interface: configargparse, ``simple_parsing``'s and torch's parsers.

https://docs.python.org/3/library/argparse.html#the-add-argument-method
"""

from __future__ import annotations

import ast

from propel_helper.facts.option import Option
from propel_helper.scan.arguments import Library, Script
from propel_helper.scan.literals import called, keyword, text_of, texts_of
from propel_helper.scan.modules import Module
from propel_helper.scan.signatures import names_path

_TYPES = {"int": "int", "float": "float", "str": "str", "bool": "bool", "Path": "path",
          "pathlib.Path": "path", "argparse.FileType": "path", "FileType": "path"}  # fmt: skip
_FLAGS = ("store_true", "store_false", "store_const", "count", "append_const")
_NOT_ONE = ("help", "version", "parsers")


def _type(node: ast.Call, action: str, module: Module) -> str | None:
    if action in _FLAGS or "BooleanOptionalAction" in action:
        return "bool"
    written = keyword(node, "type")
    if written is None:
        default = keyword(node, "default")
        value = default.value if isinstance(default, ast.Constant) else None
        if text_of(keyword(node, "nargs"), module) in ("+", "*"):
            return "list"
        return "str" if value is None or isinstance(value, str) else None
    name = called(written)
    if "bool" in name.lower():
        return "bool"
    return _TYPES.get(name, name.rpartition(".")[2] or None)


def _option(node: ast.Call, module: Module) -> Option | None:
    names = [str(one.value) for one in node.args if isinstance(one, ast.Constant) and one.value]
    if not names or any(" " in name for name in names):
        return None
    action = text_of(keyword(node, "action"), module) or called(keyword(node, "action") or node)
    if action in _NOT_ONE:
        return None
    long = next((name for name in names if name.startswith("--")), names[0])
    positional = not long.startswith("-")
    kind = _type(node, action, module)
    flag = action in _FLAGS
    default = text_of(keyword(node, "default"), module)
    if action == "store_true" and default is None:
        default = "False"
    elif action == "store_false" and default is None:
        default = "True"
    nargs = text_of(keyword(node, "nargs"), module)
    required = text_of(keyword(node, "required"), module) == "True"
    help_text = text_of(keyword(node, "help"), module) or ""
    if help_text == "==SUPPRESS==":
        return None
    return Option(
        name=long,
        form="value" if positional else "--name" if flag else "--name value",
        type=kind,
        default=default,
        choices=texts_of(keyword(node, "choices"), module),
        help=" ".join(help_text.split()),
        takes_path=names_path(long.lstrip("-"), kind),
        required=required or (positional and nargs not in ("?", "*", "...")),
        file=module.path,
        line=node.lineno,
    )


def _sub_parsers(module: Module) -> list[tuple[int, str, frozenset[str]]]:
    """Each ``x = ....add_parser("name")``: its line, ``x``, and the names of the sub-command."""
    found = []
    for node in ast.walk(module.tree):
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.value, ast.Call)
            and isinstance(node.value.func, ast.Attribute)
            and node.value.func.attr == "add_parser"
            and node.value.args
        ):
            name = text_of(node.value.args[0], module)
            names = {name, *texts_of(keyword(node.value, "aliases"), module)}
            known = frozenset(one for one in names if one)
            found += [(node.lineno, ast.unparse(one), known) for one in node.targets if known]
    return sorted(found, key=lambda one: one[0])


def _of_another(node: ast.Call, parsers: list[tuple[int, str, frozenset[str]]], verb: str) -> bool:
    """Whether an option belongs to another sub-command than ``verb``, which the command names."""
    owner = ast.unparse(node.func.value) if isinstance(node.func, ast.Attribute) else ""
    own = [names for line, target, names in parsers if target == owner and line <= node.lineno]
    return bool(own) and bool(verb) and verb not in own[-1]


def _options(module: Module, script: Script) -> tuple[Option, ...]:
    parsers = _sub_parsers(module) if "add_parser" in module.text else []
    verb = next((word for word in script.arguments if not word.startswith("-")), "")
    calls = [
        node
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("add_argument", "add", "add_arg")
        and node.args
        and (node.func.attr == "add_argument" or str(text_of(node.args[0], module))[:1] == "-")
    ]
    calls.sort(key=lambda node: node.lineno)
    found = (_option(node, module) for node in calls if not _of_another(node, parsers, verb))
    return tuple(one for one in found if one is not None)


LIBRARY = Library("argparse", ".add_arg", _options)
