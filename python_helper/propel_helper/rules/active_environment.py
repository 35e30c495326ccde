"""A Python that the launch or its script names by a version or a whole path, beside the environment that is active."""

from __future__ import annotations

import ast
import posixpath
import re
import sys

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Fix, Safety
from propel_helper.facts.surroundings import PathKind, Surroundings
from propel_helper.rules import project_files, statements, texts
from propel_helper.rules.words import code

_VERSIONED = re.compile(r"python3?\.\d+|python3?")
# An interpreter of the system, by its whole path; one of an environment was chosen by somebody.
_SYSTEM = re.compile(r"(?<![\w./-])(?P<python>/usr/(?:local/)?bin/python[\d.]*)(?=[ \t])")


def for_missing(name: str, crash: Crash, surroundings: Surroundings) -> Fix | None:
    """``python`` for a ``python3.8`` that is not there, where the environment that is active has every import."""
    if not _VERSIONED.fullmatch(name) or "." not in name:
        return None
    script = _started(name, crash, surroundings)
    imports = _imports(script, surroundings) if script else set()
    if not imports or not all(surroundings.active_has(module) for module in imports):
        return None
    having = f"which has what {code(script or '')} imports"
    return _fix(name, having, crash, surroundings)


def for_other(module: str, crash: Crash, surroundings: Surroundings) -> Fix | None:
    """``python`` for the system's own, where that lacks a module which the environment that is active has."""
    if not surroundings.active_has(module.partition(".")[0]):
        return None
    named = {
        found["python"]
        for text in (surroundings.command, *_scripts(crash, surroundings))
        for found in _SYSTEM.finditer(text or "")
    }
    if len(named) != 1:
        return None
    return _fix(named.pop(), f"which has {code(module)}", crash, surroundings)


def _fix(name: str, having: str, crash: Crash, surroundings: Surroundings) -> Fix | None:
    step = texts.replace_once(name, "python", crash, surroundings)
    if step is None:
        return None
    by = f"writing {code('python')} for {code(name)}: that is the Python of the environment that is active, {having}"
    return Fix("use-active-environment", "Use the active environment", by, Safety.ASK, (step,))


def _scripts(crash: Crash, surroundings: Surroundings) -> list[str]:
    files = texts.files_of(crash, surroundings)
    return [surroundings.text(file) or "" for file in files if file.endswith((".sh", ".bash"))]


def _started(name: str, crash: Crash, surroundings: Surroundings) -> str | None:
    """The one file of Python that the launch, or its script, starts with ``name``."""
    pattern = re.compile(
        rf"(?<![\w./-]){re.escape(name)}[ \t]+(?:-[A-Za-z]+[ \t]+)*[\"']?(?P<script>[\w./-]+\.py)\b"
    )
    found = {
        match["script"]
        for text in (surroundings.command, *_scripts(crash, surroundings))
        for match in pattern.finditer(text or "")
    }
    return found.pop() if len(found) == 1 else None


def _imports(script: str, surroundings: Surroundings) -> set[str]:
    """Packages that a script, and the project's modules that it imports, take from outside; empty if unknown."""
    text = surroundings.text(script)
    files = [script, *project_files.imported(script, text, surroundings)] if text else []
    found: set[str] = set()
    for file in files:
        tree = statements.parse(surroundings.text(file) or "")
        if tree is None:
            return set()
        folder = posixpath.dirname(file)
        for node in ast.walk(tree):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level and node.module:
                names = [node.module]
            tops = {name.partition(".")[0] for name in names} - sys.stdlib_module_names
            found |= {top for top in tops if not _is_own(top, folder, surroundings)}
    return found


def _is_own(top: str, folder: str, surroundings: Surroundings) -> bool:
    return any(
        surroundings.kind(posixpath.join(one, f"{top}{end}")) in {PathKind.FILE, PathKind.FOLDER}
        for one in (folder, ".")
        for end in (".py", "")
    )
