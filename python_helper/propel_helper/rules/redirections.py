"""Output of a shell's line that goes into a folder which is not there."""

from __future__ import annotations

import posixpath
import re
import shlex

from propel_helper.facts.finding import CommandStep, Fix, Safety
from propel_helper.facts.surroundings import PathKind, Surroundings
from propel_helper.rules import slips
from propel_helper.rules.words import code

_WRITES = r"(?:\d|&)?>(?:>|\||&)?[ \t]*[\"']?"
_TEES = r"\btee(?:[ \t]+(?:-a|--append))?[ \t]+[\"']?"
# bash's, dash's and zsh's own name before its words: the launch itself, or a script and its line.
_SCRIPT = re.compile(r"^(?P<file>[^\s:]+\.\w+): (?:line )?\d+: ")
_SHELL_FILE = re.compile(r"(?<![\w./-])[\w./-]+\.(?:sh|bash)\b")
_MOVES = re.compile(r"^[ \t]*(?:cd|pushd)\b|[;&|][ \t]*(?:cd|pushd)\b", re.MULTILINE)


def folder_made(message: str, path: str, surroundings: Surroundings) -> Fix | None:
    """The folder of ``path`` made by a command, where the launch or its script writes to ``path``.

    By ``>``, or by ``tee``, which does not say whose line it stands in. None where one of almost that
    name is there, or where the script goes to another folder.
    """
    script = _SCRIPT.match(message)
    text = surroundings.text(script["file"]) if script else surroundings.command
    writes = _WRITES
    if message.startswith("tee: "):
        text, writes = _launched(surroundings), _TEES
    folder = posixpath.dirname(posixpath.normpath(path))
    if not text or not folder or path.startswith(("~", "/")) or ".." in folder.split("/"):
        return None
    if not re.search(rf"{writes}{re.escape(path)}(?![\w/.-])", text) or _MOVES.search(text):
        return None
    if surroundings.kind(folder) is not PathKind.MISSING:
        return None
    above = posixpath.dirname(folder) or "."
    if slips.slip_of(posixpath.basename(folder), surroundings.names(above)) is not None:
        return None
    step = CommandStep(
        f"mkdir -p {shlex.quote(folder)}", f"the folder {code(folder)}, which it makes"
    )
    by = f"making the folder {code(folder)}, into which the shell is to write {code(path)}"
    return Fix("make-folder", f"Create the folder {folder}", by, Safety.SAFE, (step,))


def _launched(surroundings: Surroundings) -> str:
    """The launch and the text of the shell scripts that it names."""
    command = surroundings.command or ""
    scripts = (surroundings.text(file) or "" for file in _SHELL_FILE.findall(command))
    return "\n".join((command, *scripts))
