"""Options and words without which a script stops at once, and those that a command lacks.

argparse and click have ``required=True`` and positional arguments, absl ``mark_flag_as_required``,
of the dataclasses that ``HfArgumentParser`` is handed a field without a default must be given, and
a script may read ``sys.argv[1]`` itself.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from functools import lru_cache

from propel_helper.facts.wording import Wording
from propel_helper.scan import lightning_cli, positionals
from propel_helper.scan.syntax import parsed

_CALL = Wording(r"\.add_argument\(")
_UNNAMED = Wording(r"\.add_argument\((?=\s*(?:#[^\n]*\n\s*)*['\"][A-Za-z_])")
_CLICK_ARGUMENT = Wording(r"@click\.argument\(")
_CLICK_OPTION = Wording(r"@click\.option\(")
_ASKS = Wording(
    r"\badd_argument\(|\bparse_args\b|\b(?:import|from) (?:click|typer|fire|absl|hydra)\b"
)
"""Signs of a library that reads the command line in the script's place."""
_BRACKET = Wording(r"[()]")
_COMMENT = Wording(r"('(?:\\.|[^'\\\n])*'|\"(?:\\.|[^\"\\\n])*\")|#[^\n]*")
"""A comment, or a text in quotes, in which ``#`` begins none."""
_NAMES = Wording(r"\s*(?:#[^\n]*\n\s*)*((?:['\"]-{1,2}[\w.-]+['\"]\s*,\s*)+)")
_NAME = Wording(r"['\"](-{1,2}[\w.-]+)['\"]")
_REQUIRED = Wording(r"\brequired\s*=\s*True\b")
_CONFIG_DEFAULT = Wording(
    r"\bdefault\s*=\s*['\"]([\w.-]+(?:/[\w.-]+)*\.(?:ya?ml|toml|gin|cfg|ini|json))['\"]"
)
_CONFIG_ENDS = (".yaml", ".yml", ".toml", ".gin", ".cfg", ".ini", ".json")
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
            return "" if _CALL.search(inside) else _without_comments(inside)
    return ""


def _without_comments(inside: str) -> str:
    return _COMMENT.sub(lambda found: found[1] or "", inside) if "#" in inside else inside


def required(text: str) -> tuple[tuple[str, ...], ...]:
    """The names of each option that must be given, by the script's own text.

    What is handed over without a name has one that does not begin with ``-``; of several such
    names one is a word that must be there.
    """
    named = (*_of_argparse(text), *_of_click(text), *_of_absl(text), *_of_dataclasses(text))
    named = (*lightning_cli.required(text), *named)
    if named or _ASKS.search(text):
        return named
    return tuple((name,) for name in positionals.of_argv(text))


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
        if node.value is None or _must_be_given(node.value):
            yield (f"--{ast.unparse(node.target)}", *_FROM_FILE)


def _must_be_given(node: ast.expr) -> bool:
    """Whether a value is ``field(...)`` without a default; with ``init=False`` it is no option."""
    if not isinstance(node, ast.Call) or node.args:
        return False
    called = ast.unparse(node.func).rpartition(".")[2]
    filled = ("default", "default_factory", "init", None)
    return called == "field" and not any(one.arg in filled for one in node.keywords)


def decided_elsewhere(text: str) -> bool:
    """Whether more than the command line decides which options a script must be given."""
    return any(part in text for part in _OTHERWISE)


def _of_argparse(text: str) -> Iterator[tuple[str, ...]]:
    if "add_argument(" not in text or decided_elsewhere(text):
        return
    # Most scripts have many options and require none: nothing is read of those.
    begins = _CALL if "required" in text else _UNNAMED
    for inside in _calls(text, begins):
        names = _NAMES.match(inside) if _REQUIRED.search(inside) else None
        positional = positionals.of_argparse(inside)
        if names:
            yield tuple(_NAME.findall(names.group(1)))
        elif positional:
            yield (positional,)


def defaults(text: str) -> tuple[tuple[str, str], ...]:
    """Configs that options of argparse fall back on: (name of the option, path)."""
    if "default" not in text or not any(one in text for one in _CONFIG_ENDS):
        return ()
    if decided_elsewhere(text):
        return ()
    found = []
    for default in _CONFIG_DEFAULT.finditer(text):
        at = text.rfind(".add_argument(", max(default.start() - 1000, 0), default.start())
        for inside in _calls(text, _CALL, at, default.start()) if at >= 0 else ():
            names = _NAMES.match(inside)
            if names and default.group(0) in inside:
                found.append((max(_NAME.findall(names.group(1)), key=len), default.group(1)))
    return tuple(found)


def _of_click(text: str) -> Iterator[tuple[str, ...]]:
    """Of a script that is one command: what a group asks for depends on the sub-command."""
    if "click." not in text or text.count(".command(") != 1 or ".group(" in text:
        return
    for inside in _calls(text, _CLICK_ARGUMENT):
        name = positionals.of_click(inside)
        if name:
            yield (name,)
    for inside in _calls(text, _CLICK_OPTION):
        names = _NAMES.match(inside) if _REQUIRED.search(inside) else None
        if names:
            yield tuple(_NAME.findall(names.group(1)))


def _calls(text: str, begins: Wording, start: int = 0, end: int = sys.maxsize) -> Iterator[str]:
    """The arguments of each call that ``begins`` finds, comments left out."""
    for call in begins.finditer(text, start, end):
        before = text[text.rfind("\n", 0, call.start()) + 1 : call.start()]
        if "#" not in before:
            yield _call(text, call.end())


@lru_cache(8192)
def lacking(options: tuple[tuple[str, ...], ...], arguments: tuple[str, ...]) -> tuple[str, ...]:
    """The longest name of each of ``options`` that is not among ``arguments``, in their order.

    argparse takes ``--name=value``, ``-nvalue`` and beginnings of names too.
    """
    if any(_UNKNOWN.search(word) for word in arguments):
        return ()
    given = [word.partition("=")[0] for word in arguments if word.startswith("-")]
    # Which of the others are an option's value is not told here: each may be what is asked for.
    others = len(arguments) - len(given)
    is_file = others == len(arguments) == 1
    found = []
    for names in options:
        if names[0][0] != "-" and len(names) > 1:
            found += [names[0]] if set(names).isdisjoint(arguments) else []
        elif names[0][0] != "-":
            others -= 1
            found += [names[0]] if others < 0 else []
        elif not _is_given(names, given, arguments) and not (is_file and _FROM_FILE[0] in names):
            found.append(max((name for name in names if name[0] == "-"), key=len))
    return tuple(found)


def _is_given(names: tuple[str, ...], given: list[str], arguments: tuple[str, ...]) -> bool:
    return any(
        name.startswith(word) or (name[1] != "-" and word.startswith(name))
        for name in names
        for word in given
    ) or any(word.endswith(name) for name in names if name[0] == "." for word in arguments)
