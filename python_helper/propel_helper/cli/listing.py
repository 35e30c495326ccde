"""Which subcommands there are, told without importing any of them."""

from __future__ import annotations

import ast
from pathlib import Path


def subcommands(folder: str) -> dict[str, str]:
    """Module name -> one line of help, of every subcommand in ``folder``, in order."""
    told = ((module.stem, _help_in(module)) for module in sorted(Path(folder).glob("*.py")))
    return {name: text for name, text in told if text is not None}


def _help_in(module: Path) -> str | None:
    """The text that a module gives its ``HELP``, None when it has none or can't be read."""
    try:
        tree = ast.parse(module.read_bytes())
    except (OSError, SyntaxError, ValueError):
        return None
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            names = [target.id for target in node.targets if isinstance(target, ast.Name)]
            if "HELP" in names and isinstance(node.value.value, str):
                return node.value.value
    return None
