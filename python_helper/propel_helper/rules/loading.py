"""Calls that load a checkpoint, in the statement that a crash ends in."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from propel_helper.facts.crash import Crash
from propel_helper.facts.surroundings import Surroundings
from propel_helper.rules import imports, own, project_files, statements

# Functions that hand ``map_location`` and ``weights_only`` on to torch.load.
_FUNCTIONS = frozenset({"torch.load", "torch.hub.load_state_dict_from_url"})
_ENDINGS = (".load_from_checkpoint", "load_state_dict_from_url")


@dataclass(frozen=True)
class Load:
    """A call that loads a checkpoint: its file, the file's text and tree, its name as written."""

    file: str
    text: str
    tree: ast.Module
    statement: ast.stmt
    call: ast.Call
    name: str


def load_call(crash: Crash, surroundings: Surroundings) -> Load | None:
    """The one call that loads in the person's own deepest frame, or None."""
    frame = own.deepest(crash, surroundings)
    text = surroundings.text(frame.file) if frame else None
    tree = statements.parse(text) if text else None
    if frame is None or text is None or tree is None:
        return None
    statement = statements.statement_at(tree, frame.line)
    if statement is None:
        return None
    found = [call for call in statements.calls(statement) if _loads(call, tree)]
    if len(found) != 1:
        return None
    name = statements.dotted(found[0].func)
    return Load(frame.file, text, tree, statement, found[0], name)


def _loads(call: ast.Call, tree: ast.Module) -> bool:
    name = statements.dotted(call.func)
    if name == "load":
        return imports.has_name(tree, "torch", "load", call.lineno)
    first, _, rest = name.partition(".")
    if first in imports.aliases(tree, "torch"):
        name = f"torch.{rest}"
    return name in _FUNCTIONS or name.endswith(_ENDINGS)


def passes_nowhere(keyword: str, load: Load, crash: Crash, surroundings: Surroundings) -> bool:
    """Whether what the call unpacks is its function's own ``**more``, which no file of the run gives ``keyword``."""
    unpacked = [statements.dotted(one.value) for one in load.call.keywords if one.arg is None]
    around = [
        node
        for node in ast.walk(load.tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and load.statement in ast.walk(node)
    ]
    if len(unpacked) != 1 or len(around) != 1:
        return False
    own_kwargs = around[0].args.kwarg
    if own_kwargs is None or own_kwargs.arg != unpacked[0]:
        return False
    files = project_files.of_crash(crash, surroundings)
    return not any(keyword in (surroundings.text(file) or "") for file in files)
