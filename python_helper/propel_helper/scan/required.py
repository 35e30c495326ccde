"""Options without which a script stops at once, and those of them that a command lacks.

argparse has ``required=True``, absl ``mark_flag_as_required``, and of the dataclasses that
``HfArgumentParser`` is handed a field without a default must be given.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import lru_cache

from propel_helper.facts.wording import Wording
from propel_helper.scan.syntax import parsed

_CALL = Wording(r"\.add_argument\(")
_BRACKET = Wording(r"[()]")
_NAMES = Wording(r"\s*(?:#[^\n]*\n\s*)*((?:['\"]-{1,2}[\w.-]+['\"]\s*,\s*)+)")
_NAME = Wording(r"['\"](-{1,2}[\w.-]+)['\"]")
_REQUIRED = Wording(r"\brequired\s*=\s*True\b")
_OTHERWISE = ("add_parser(", "add_subparsers(", "set_defaults(", "configargparse", "parse_args([")
"""Where a script has these, its options depend on more than the command line."""
_MARKED = Wording(r"^[^#\n]*\bmark_flags?_as_required\(([^)]*)\)", re.MULTILINE)
_DEFINED = Wording(
    r"^[^#\n]*\bDEFINE_\w+\(\s*['\"](\w+)['\"][^()]*(?:\([^()]*\)[^()]*)*\brequired\s*=\s*True",
    re.MULTILINE,
)
_FLAG = Wording(r"['\"](\w+)['\"]")
_PARSERS = ("HfArgumentParser(", "H4ArgumentParser(", "TrlParser(")
_HANDED = Wording(r"\b(?:HfArgument|H4Argument|Trl)Parser\(\s*\(?([\w\s,.]*)")
_WORD = Wording(r"\w+")
_FROM_FILE = (".json", ".yaml", ".yml")
"""Files that such a parser may be handed in place of all options."""
_UNKNOWN = Wording(r"^[\"']?[$@]|\.\.\.|^\[|^<")
"""Words that may stand for any options."""


def _call(text: str, at: int) -> str:
    """The call's arguments that begin at ``at``, up to the bracket that closes them."""
    depth = 1
    for found in _BRACKET.finditer(text, at, at + 1000):
        depth += 1 if found[0] == "(" else -1
        if not depth:
            inside = text[at : found.start()]
            # A bracket in a help text that nothing closes leads into the next call.
            return "" if _CALL.search(inside) else inside
    return ""


def required(text: str) -> tuple[tuple[str, ...], ...]:
    """The names of each option that must be given, by the script's own text."""
    return (*_of_argparse(text), *_of_absl(text), *_of_dataclasses(text))


def _of_absl(text: str) -> Iterator[tuple[str, ...]]:
    if "DEFINE_" not in text or "required" not in text:
        return
    names = [name for given in _MARKED.findall(text) for name in _FLAG.findall(given)]
    for name in dict.fromkeys((*names, *_DEFINED.findall(text))):
        yield (f"--{name}",)


def _of_dataclasses(text: str) -> Iterator[tuple[str, ...]]:
    if not any(name in text for name in _PARSERS):
        return
    handed = {name for given in _HANDED.findall(text) for name in _WORD.findall(given)}
    tree = parsed(text) if handed else None
    classes = [node for node in (tree.body if tree else ()) if isinstance(node, ast.ClassDef)]
    inner = (one for cls in classes if cls.name in handed for one in cls.body)
    for node in (one for one in inner if isinstance(one, ast.AnnAssign)):
        if node.value is None or _gives_no_default(node.value):
            yield (f"--{ast.unparse(node.target)}", *_FROM_FILE)


def _gives_no_default(node: ast.expr) -> bool:
    """Whether a value is ``field(...)`` without a default."""
    if not isinstance(node, ast.Call) or node.args:
        return False
    called = ast.unparse(node.func).rpartition(".")[2]
    defaults = ("default", "default_factory", None)
    return called == "field" and not any(one.arg in defaults for one in node.keywords)


def _of_argparse(text: str) -> tuple[tuple[str, ...], ...]:
    if "required" not in text or any(part in text for part in _OTHERWISE):
        return ()
    found = []
    for call in _CALL.finditer(text):
        inside = _call(text, call.end())
        names = _NAMES.match(inside) if _REQUIRED.search(inside) else None
        before = text[text.rfind("\n", 0, call.start()) + 1 : call.start()]
        if names and "#" not in before:
            found.append(tuple(_NAME.findall(names.group(1))))
    return tuple(found)


@lru_cache(8192)
def lacking(options: tuple[tuple[str, ...], ...], arguments: tuple[str, ...]) -> tuple[str, ...]:
    """The longest name of each of ``options`` that is not among ``arguments``.

    argparse takes ``--name=value``, ``-nvalue`` and beginnings of names too.
    """
    if any(_UNKNOWN.search(word) for word in arguments):
        return ()
    given = [word.partition("=")[0] for word in arguments if word.startswith("-")]
    return tuple(
        max((name for name in names if name[0] == "-"), key=len)
        for names in options
        if not any(
            name.startswith(word) or (name[1] != "-" and word.startswith(name))
            for name in names
            for word in given
        )
        and not any(word.endswith(name) for name in names if name[0] == "." for word in arguments)
    )
