"""Files of Python that a shell was given to read."""

from __future__ import annotations

import ast
import re

from propel_helper.facts.crash import Crash, CrashKind
from propel_helper.facts.finding import Fix, RerunStep, Safety
from propel_helper.facts.shell import simple_commands
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import statements
from propel_helper.rules.words import code

_SHELLS = frozenset({"bash", "sh", "zsh", "dash", "/bin/bash", "/bin/sh", "/usr/bin/bash"})
# bash and dash.
_LINE = Wording(r"^(?P<script>[^\s:]+): (?:line )?\d+: ")
_IMPORT = re.compile(r"^\S+: (?:line )?\d+: (?:import|from): (?:command )?not found")
_SYNTAX = Wording(r"[Ss]yntax error")
_SHEBANG = re.compile(
    r"#!\S*?(?:env\s+(?:-S\s+)?)?(?:\S*/)?(?P<python>python[\d.]*)\s*$", re.MULTILINE
)


def script(crash: Crash, surroundings: Surroundings) -> str | None:
    """The file of Python that a shell read line by line, as the shell names it."""
    found = _LINE.search(crash.message) if crash.kind is CrashKind.SHELL else None
    if found is None:
        return None
    text = surroundings.text(found["script"])
    if text is not None:
        return found["script"] if _is_python(text) else None
    said = (*crash.above, *crash.message.split("\n"))
    imports = any(_IMPORT.match(line) and line.startswith(f"{found['script']}: ") for line in said)
    sure = found["script"].endswith(".py") or _SYNTAX.search(crash.message) is not None
    return found["script"] if imports and sure else None


def _is_python(text: str) -> bool:
    """Whether a file is Python beyond doubt: it can be parsed, and it imports."""
    tree = statements.parse(text)
    return tree is not None and any(
        isinstance(one, (ast.Import, ast.ImportFrom)) for one in tree.body
    )


def with_python(file: str, surroundings: Surroundings) -> Fix | None:
    """The command with Python for the shell that starts ``file``, where it does so once."""
    command = surroundings.command or ""
    named = _SHEBANG.match(surroundings.text(file) or "")
    python = named["python"] if named else "python"
    changes = []
    for one in simple_commands(command):
        words = one.words
        if len(words) > 1 and words[0].value in _SHELLS and words[1].value == file:
            changes.append((words[0].start, words[0].end, python))
        elif words and words[0].value == file:
            changes.append((words[0].start, words[0].start, f"{python} "))
    if len(changes) != 1:
        return None
    start, end, new = changes[0]
    step = RerunStep(command, f"{command[:start]}{new}{command[end:]}")
    by = f"starting {code(file)} with {code(python)}, whose language it is written in"
    return Fix("run-with-python", "Run it with Python", by, Safety.ASK, (step,))
