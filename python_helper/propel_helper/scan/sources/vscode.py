"""Launch configurations and tasks of VS Code (https://code.visualstudio.com/docs/debugtest/debugging-configuration)."""

from __future__ import annotations

import json
import re
import shlex
from typing import Any

from propel_helper.facts.wording import Wording
from propel_helper.scan.invocation import parse
from propel_helper.scan.reading import Mention, Reading
from propel_helper.scan.shell_text import simple_commands
from propel_helper.scan.sources import Source

_TEXT_OR_COMMENT = Wording(r'"(?:\\.|[^"\\])*"|//[^\n]*|/\*.*?\*/', re.DOTALL)
_TRAILING = Wording(r",(\s*[\]}])")
_HERE = Wording(r"\$\{(?:workspaceFolder|workspaceRoot)\}/?")


def _loaded(text: str) -> dict[str, Any]:
    """JSON with comments and trailing commas, as VS Code reads it; {} for anything else."""
    bare = _TEXT_OR_COMMENT.sub(
        lambda found: found.group(0) if found.group(0)[0] == '"' else "", text
    )
    try:
        whole = json.loads(_TRAILING.sub(r"\1", bare))
    except (ValueError, RecursionError):
        return {}
    return whole if isinstance(whole, dict) else {}


def _words(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if not isinstance(value, list):
        return []
    return [shlex.quote(str(word)) for word in value if isinstance(word, (str, int, float))]


def _text(one: dict[str, Any]) -> str:
    """The shell text of a launch configuration or a shell task, "" when it has none."""
    arguments = _words(one.get("args"))
    if isinstance(one.get("module"), str):
        head = ["python", "-m", one["module"]]
    elif isinstance(one.get("program"), str) and one["program"].endswith(".py"):
        head = ["python", one["program"]]
    elif isinstance(one.get("command"), str):
        head = [one["command"]]
    else:
        return ""
    return " ".join([*head, *arguments])


def _read(path: str, text: str) -> Reading:
    whole = _loaded(text)
    listed = whole.get("configurations") or whole.get("tasks") or []
    lines = text.splitlines()
    found: list[Mention] = []
    for one in listed if isinstance(listed, list) else []:
        if not isinstance(one, dict):
            continue
        command = _HERE.sub("", _text(one))
        if "${" in command.replace("${env:", "") or not command:
            continue
        starts = next((parse(part) for part in simple_commands(command)), None)
        if starts is None:
            continue
        name = str(one.get("name") or one.get("label") or "")
        line = next((at for at, row in enumerate(lines, 1) if name and f'"{name}"' in row), None)
        cwd = _HERE.sub("", str(one.get("cwd") or (one.get("options") or {}).get("cwd") or ""))
        base = "" if cwd.startswith("$") else cwd.strip("/")
        found.append(
            Mention(command, starts, "vscode", path, line, said=name, order=len(found), base=base)
        )
    return Reading(tuple(found))


SOURCE = Source("vscode", _read, names=frozenset(("launch.json", "tasks.json")), folder=".vscode")
