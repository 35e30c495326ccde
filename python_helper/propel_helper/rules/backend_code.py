"""Where code names NCCL as the backend of its process group."""

from __future__ import annotations

import ast

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Edit
from propel_helper.facts.surroundings import Surroundings
from propel_helper.rules import (
    call_edits,
    imports,
    own,
    project_files,
    statements,
    variable_defaults,
)
from propel_helper.rules.launch_settings import Change
from propel_helper.rules.words import code


def with_gloo(crash: Crash, surroundings: Surroundings) -> Change | None:
    """The literal ``"nccl"`` of the failing ``init_process_group``, gloo where there is no GPU.

    The literal stands in the call itself, or is the only value of the name that the call is given,
    there or in a module of settings; also as what an environment variable falls back to that the launch
    does not set.
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
    given = statements.argument(calls[0], 0, "backend") if calls else None
    unset = variable_defaults.given_text(surroundings)
    given = (variable_defaults.fallback(given, unset) if given else None) or given
    here = _literal(tree, given, unset)
    found = (frame.file, text, tree, here) if here is not None else None
    if found is None and given is not None:
        found = _in_settings(frame.file, tree, given, surroundings)
    if found is None:
        return None
    file, text, tree, literal = found
    nccl, gloo = statements.source(text, literal), call_edits.quoted(text, "gloo")
    if nccl[:1] == nccl[-1:] and nccl[:1] in {"'", '"'}:
        gloo = f"{nccl[0]}gloo{nccl[0]}"
    choice = f"{nccl} if torch.cuda.is_available() else {gloo}"
    written = f"({choice})" if _is_last_of_or(tree, literal) else choice
    edits: list[Edit] = [call_edits.replaced(file, text, literal, written)]
    if not imports.has_module(tree, "torch", literal.lineno):
        edits.append(imports.add_import(file, tree, "import torch"))
    where = "" if file == frame.file else f" in {code(surroundings.shown(file))}"
    return Change(f"taking gloo where there is no GPU ({code(choice)}){where}", tuple(edits))


def _is_last_of_or(tree: ast.Module, literal: ast.expr) -> bool:
    """Whether it stands behind an ``or``, which binds closer than the choice."""
    return any(isinstance(node, ast.BoolOp) and literal in node.values for node in ast.walk(tree))


def _literal(tree: ast.Module, backend: ast.expr | None, unset: str) -> ast.expr | None:
    """The literal that a backend, or the one value of its name, is without ``unset``'s variables."""
    if isinstance(backend, ast.Name):
        backend = _only_value(tree, backend.id)
    if backend is not None:
        backend = variable_defaults.fallback(backend, unset) or backend
    text = statements.constant_text(backend)
    return backend if text is not None and text.lower() == "nccl" else None


def _only_value(tree: ast.Module, name: str) -> ast.expr | None:
    given = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, (ast.Assign, ast.AnnAssign))
        and any(
            statements.dotted(target) == name
            for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        )
    ]
    return given[0] if len(given) == 1 else None


def _in_settings(
    file: str, tree: ast.Module, given: ast.expr, surroundings: Surroundings
) -> tuple[str, str, ast.Module, ast.expr] | None:
    """The literal in the module of the project that the call's backend is read from."""
    holder, _, name = statements.dotted(given).rpartition(".")
    for node in tree.body:
        module, level = "", 0
        if isinstance(node, ast.Import) and holder:
            named = [alias.name for alias in node.names if (alias.asname or alias.name) == holder]
            module = named[0] if named else ""
        elif isinstance(node, ast.ImportFrom):
            module, level = _from(node, holder, name)
        inside = project_files.module_file(file, module, level, surroundings) if module else None
        text = surroundings.text(inside) if inside else None
        settings = statements.parse(text) if text else None
        if inside is None or text is None or settings is None:
            continue
        unset = variable_defaults.given_text(surroundings)
        literal = _literal(settings, _only_value(settings, name), unset)
        return (inside, text, settings, literal) if literal is not None else None
    return None


def _from(node: ast.ImportFrom, holder: str, name: str) -> tuple[str, int]:
    """The module that ``from ... import`` takes the settings from: a name of it, or all of it."""
    taken = [alias.name for alias in node.names if (alias.asname or alias.name) == (holder or name)]
    if not taken or (not holder and taken[0] != name):
        return "", 0
    if not holder:
        return node.module or "", node.level
    return f"{node.module}.{taken[0]}" if node.module else taken[0], node.level
