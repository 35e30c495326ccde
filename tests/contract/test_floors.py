"""Imports go down only, siblings don't see each other, each foreign library has one home."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "python_helper" / "propel_helper"

FLOOR = {
    "facts": 0,
    **dict.fromkeys(
        (
            "wire",
            "settings",
            "gate",
            "anchor",
            "interpreter",
            "change_request",
            "debug_adapter",
            "regular",
        ),
        1,
    ),
    **dict.fromkeys(("scan", "tracebacks", "rules", "metrics", "coach", "hangs"), 1),
    **dict.fromkeys(("project", "sessions", "gpu", "runs", "stacks"), 2),
    "app": 3,
    **dict.fromkeys(("lsp", "cli"), 4),
}

# The one place that starts a server imports it only when asked to, so that every other
# subcommand starts without pygls.
DOORS = {("cli/lsp.py", "lsp")}

BACKPORTS = {"tomli", "typing_extensions"}
"""What newer Pythons have in their standard library."""

HOME = {
    "libtmux": "sessions/tmux.py",
    "pynvml": "gpu/nvml.py",
    "psutil": "sessions/processes.py",
    "markdown_it": "scan/markdown.py",
    "yaml": "scan/",
    "pygls": "lsp/",
    "lsprotocol": "lsp/",
    "cattrs": "lsp/",
}


def imports(tree: ast.AST) -> Iterator[str]:
    """Dotted names that a module imports, also inside functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room(name: str) -> str:
    """``propel_helper.rules.path`` -> ``rules``."""
    return name.split(".", 2)[1]


def broken(file: str, source: str) -> list[str]:
    """What ``source``, standing at ``file`` (below the package), may not import."""
    own = file.partition("/")[0].removesuffix(".py")
    complaints = []
    for name in imports(ast.parse(source)):
        top = name.partition(".")[0]
        if top == "propel_helper":
            other = room(name) if "." in name else own
            same_floor = FLOOR.get(other) == FLOOR[own] and other != own
            if (FLOOR.get(other, 9) > FLOOR[own] or same_floor) and (file, other) not in DOORS:
                complaints.append(f"{file} imports {name}")
        elif top not in sys.stdlib_module_names | BACKPORTS and not file.startswith(
            HOME.get(top, "nowhere")
        ):
            complaints.append(f"{file} imports {top}, which lives in {HOME.get(top)}")
    return complaints


def modules() -> list[str]:
    """Every module below the package that has a floor of its own."""
    files = [path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py")]
    return sorted(file for file in files if file not in ("__init__.py", "__main__.py"))


@pytest.mark.parametrize("file", modules())
def test_imports_go_down(file: str) -> None:
    assert broken(file, (PACKAGE / file).read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("rules/x.py", "from propel_helper.app import scan"),
        ("rules/x.py", "import propel_helper.tracebacks.reader"),
        ("lsp/x.py", "import libtmux"),
        ("facts/x.py", "def f():\n    from propel_helper.gate import gate"),
    ],
)
def test_a_wrong_import_is_seen(file: str, source: str) -> None:
    assert broken(file, source)
