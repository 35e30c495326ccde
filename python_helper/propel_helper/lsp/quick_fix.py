"""Quick fixes: each runs one of the editor's commands. Choosing one changes nothing by itself."""

from __future__ import annotations

from lsprotocol import types


def quick_fix(
    title: str,
    diagnostic: types.Diagnostic,
    command: str,
    argument: dict[str, str],
    preferred: bool = False,
) -> types.CodeAction:
    """A quick fix that runs one of the editor's commands with one argument."""
    return types.CodeAction(
        title=title,
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[diagnostic],
        is_preferred=preferred or None,
        command=types.Command(title=title, command=command, arguments=[argument]),
    )
