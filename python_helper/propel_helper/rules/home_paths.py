"""Paths that begin with ``~``, which a shell expands, and only where a word begins without quotes."""

from __future__ import annotations

import ast
import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Edit, Fix, Place, Safety
from propel_helper.facts.surroundings import PathKind, Surroundings
from propel_helper.rules import call_edits, imports, launch_changes, own, statements
from propel_helper.rules.launch_text import launch_of
from propel_helper.rules.words import code

_PLAIN = re.compile(r"[\w./@%+:,-]+")
_READERS = re.compile(
    r"(?:io\.|gzip\.|bz2\.|lzma\.|codecs\.)?open|(?:np|numpy|jnp)\.(?:load|loadtxt|genfromtxt|fromfile|memmap)"
    r"|torch\.load|torch\.jit\.load|(?:pd|pandas)\.read_\w+|h5py\.File|joblib\.load|Image\.open"
    r"|os\.(?:listdir|scandir|stat)|os\.path\.getsize|load_file|safe_open"
)


def expanded(
    path: str, crash: Crash, surroundings: Surroundings
) -> tuple[Fix | None, Place | None]:
    """The fix for ``~/...`` that is taken as it stands, and its line: in the launch, else in the code."""
    if not path.startswith("~/"):
        return None, None
    in_launch = _behind_equals(path, surroundings)
    if in_launch is not None or surroundings.kind(path) not in (PathKind.FILE, PathKind.FOLDER):
        return in_launch, None
    fix = _unquoted(path, surroundings)
    if fix is not None:
        return fix, None
    return _in_code(crash, surroundings)


def _behind_equals(path: str, surroundings: Surroundings) -> Fix | None:
    """The launch with ``=$HOME/`` for ``=~/``: a shell expands ``~`` at the start of a word alone."""
    launch = launch_of(surroundings)
    if launch is None:
        return None
    given = [
        word
        for word in launch.words[launch.script + 1 :]
        if (value := word.value.partition("=")[2]).startswith("~/") and path.startswith(value)
    ]
    at = launch.text.find("=~/", given[0].start, given[0].end) if len(given) == 1 else -1
    if at < 0:
        return None
    changed = launch_changes.steps(launch, [(at + 1, at + 2, "$HOME")])
    by = (
        f"writing {code('$HOME')} for {code('~')}, which the shell only expands where a word begins"
    )
    return Fix("expand-home", "Write $HOME", by, Safety.ASK, changed)


def _unquoted(path: str, surroundings: Surroundings) -> Fix | None:
    """The launch without the quotes around ``~/...``, in which no shell expands it."""
    launch = launch_of(surroundings)
    given = [
        word
        for word in (launch.words[launch.script + 1 :] if launch else ())
        if word.value.startswith("~/") and f"{path}/".startswith(f"{word.value.rstrip('/')}/")
    ]
    if launch is None or len(given) != 1:
        return None
    raw, value = launch.text[given[0].start : given[0].end], given[0].value
    if raw not in (f"'{value}'", f'"{value}"') or not _PLAIN.fullmatch(value[1:]):
        return None
    changed = launch_changes.steps(launch, [(given[0].start, given[0].end, value)])
    by = (
        f"taking the quotes of {code(raw)} away, in which the shell does not expand the {code('~')}"
    )
    return Fix("expand-home", "Take the quotes away", by, Safety.ASK, changed)


def _in_code(crash: Crash, surroundings: Surroundings) -> tuple[Fix | None, Place | None]:
    """The one read of the deepest own statement with ``os.path.expanduser`` around its path."""
    frame = own.deepest(crash, surroundings)
    text = surroundings.text(frame.file) if frame else None
    tree = statements.parse(text) if text else None
    statement = statements.statement_at(tree, frame.line) if tree and frame else None
    if frame is None or text is None or tree is None or statement is None:
        return None, None
    calls = [
        one
        for one in statements.calls(statement)
        if _READERS.fullmatch(statements.dotted(one.func))
    ]
    given = calls[0].args[0] if len(calls) == 1 and calls[0].args else None
    if given is None or isinstance(given, ast.Starred) or "expanduser" in ast.dump(given):
        return None, None
    start, end = call_edits.start_of(text, given), call_edits.end_of(text, given)
    edits: list[Edit] = [
        call_edits.between(frame.file, text, start, start, "os.path.expanduser("),
        call_edits.between(frame.file, text, end, end, ")"),
    ]
    if not imports.has_module(tree, "os", frame.line):
        edits.append(imports.add_import(frame.file, tree, "import os"))
    by = f"reading it through {code('os.path.expanduser')}: Python does not expand a {code('~')} by itself"
    fix = Fix("expand-home-in-code", "Expand the ~", by, Safety.ASK, tuple(edits))
    return fix, Place(frame.file, edits[0].line)
