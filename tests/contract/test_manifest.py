"""package.json says what the extension does: no command in one place only."""

from __future__ import annotations

import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MANIFEST = json.loads((ROOT / "package.json").read_text("utf-8"))
TABLE = (ROOT / "extension/src/commands/index.ts").read_text("utf-8")


def test_commands_of_the_manifest_are_those_of_the_table() -> None:
    table = set(re.findall(r'^\s*"(propel\.[\w.]+)":', TABLE, re.MULTILINE))
    manifest = {command["command"] for command in MANIFEST["contributes"]["commands"]}
    assert table
    assert table == manifest


def test_runs_where_the_gpus_are() -> None:
    assert MANIFEST["extensionKind"] == ["workspace"]


def test_says_what_an_untrusted_folder_may_do() -> None:
    trust = MANIFEST["capabilities"]["untrustedWorkspaces"]
    assert trust["supported"] == "limited"
    assert trust["description"]


def test_one_version() -> None:
    project = (ROOT / "python_helper/pyproject.toml").read_text("utf-8")
    assert '"version"' in project
    assert MANIFEST["version"] not in project
