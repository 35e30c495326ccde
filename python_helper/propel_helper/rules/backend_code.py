"""Where code names NCCL as the backend of its process group."""

from __future__ import annotations

import ast

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Edit
from propel_helper.facts.surroundings import Surroundings
from propel_helper.rules import call_edits, imports, own, statements
from propel_helper.rules.launch_settings import Change
from propel_helper.rules.words import code


def with_gloo(crash: Crash, surroundings: Surroundings) -> Change | None:
    """The literal ``"nccl"`` of the failing ``init_process_group``, gloo where there is no GPU.

    The literal stands in the call itself, or is the only value of the name that the call is given.
    """
    frame = own.deepest(crash, surroundings)
    text = surroundings.text(frame.file) if frame else None
    tree = statements.parse(text) if text else None
    statement = statements.statement_at(tree, frame.line) if tree and frame else None
    if frame is None or text is None or tree is None or statement is None:
        return None
    calls = [
        call
        for call in statements.calls(statement)
        if statements.dotted(call.func).endswith("init_process_group")
    ]
    literal = _literal(tree, statements.argument(calls[0], 0, "backend")) if calls else None
    if literal is None:
        return None
    nccl, gloo = call_edits.quoted(text, "nccl"), call_edits.quoted(text, "gloo")
    choice = f"{nccl} if torch.cuda.is_available() else {gloo}"
    edits: list[Edit] = [call_edits.replaced(frame.file, text, literal, choice)]
    if not imports.has_module(tree, "torch", literal.lineno):
        edits.append(imports.add_import(frame.file, tree, "import torch"))
    return Change(f"taking gloo where there is no GPU ({code(choice)})", tuple(edits))


def _literal(tree: ast.Module, backend: ast.expr | None) -> ast.expr | None:
    if isinstance(backend, ast.Name):
        given = [
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign)
            and any(statements.dotted(target) == backend.id for target in node.targets)
        ]
        backend = given[0] if len(given) == 1 else None
    text = statements.constant_text(backend)
    return backend if text is not None and text.lower() == "nccl" else None
