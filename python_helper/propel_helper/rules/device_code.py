"""Where code names the GPU as the place of a model or a tensor: ``.cuda()`` and ``"cuda"``."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from propel_helper.facts.finding import Edit
from propel_helper.rules import call_edits, imports, statements, variable_defaults

_CUDA = re.compile(r"cuda(?::\d+)?")
_KEYWORDS = ("device", "map_location")
_FIRST_ARGUMENTS = (".to", "torch.device", "torch.set_default_device", "torch.Generator")
_NAMES = re.compile(r"(?:self\.|cls\.)?_?(?:dev|device|DEVICE|Device)")


def edits(
    file: str, text: str, tree: ast.Module, near: ast.stmt | None, given: str = ""
) -> tuple[Edit, ...]:
    """Edits that let every literal GPU of ``file`` be the CPU where there is no GPU.

    Empty when there is none, or when ``near`` (the statement that failed, or led to what failed)
    takes its device from somewhere else. ``import torch`` is added where it is missing. ``given``: the
    texts that set the run's variables.
    """
    found = list(_placements(tree, given))
    if near is not None and not _explains(near, found, tree):
        return ()
    inner = {id(node.values[-1]) for node in ast.walk(tree) if isinstance(node, ast.BoolOp)}
    changed = [_edit(file, text, node, closer=id(node) in inner) for node in found]
    if not all(imports.has_module(tree, "torch", node.lineno) for node in found):
        changed.append(imports.add_import(file, tree, "import torch"))
    return tuple(changed)


def _explains(near: ast.stmt, found: list[ast.expr], tree: ast.Module) -> bool:
    """Whether ``near`` has one of the literals, or a name that one of them was given to.

    A default device is where whatever is made below it goes, and explains any statement.
    """
    inside = {id(node) for node in ast.walk(near)} | _defaults_for_all(tree)
    if any(id(node) in inside for node in found):
        return True
    read = {
        statements.dotted(node)
        for node in ast.walk(near)
        if isinstance(node, (ast.Name, ast.Attribute))
    }
    # A field of a settings class is read through whatever the object is called.
    read |= {name.rpartition(".")[2] for name in read if _NAMES.fullmatch(name.rpartition(".")[2])}
    return bool(read & _bound(tree, {id(node) for node in found}))


def _defaults_for_all(tree: ast.Module) -> set[int]:
    """What ``torch.set_default_device`` is given."""
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {
        id(call.args[0])
        for call in calls
        if call.args and statements.dotted(call.func).endswith("set_default_device")
    }


def bound_names(tree: ast.Module, given: str = "") -> set[str]:
    """Names of a module's top level, and of its classes' fields, that a literal GPU is given to."""
    return _bound(tree, {id(node) for node in _placements(tree, given)})


def fields(tree: ast.Module, given: str = "") -> set[str]:
    """Fields of a module's classes that a literal GPU is the default of."""
    found = {id(node) for node in _placements(tree, given)}
    classes = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    bodies = [
        ast.Module([one for one in node.body if isinstance(one, (ast.Assign, ast.AnnAssign))], [])
        for node in classes
    ]
    return {name for body in bodies for name in _bound(body, found)}


def is_device_name(name: str) -> bool:
    """Whether a name, or attribute, is one that people give a device."""
    return _NAMES.fullmatch(name) is not None


def _bound(tree: ast.Module, found: set[int]) -> set[str]:
    """Names that a literal was given to, by assignment or as a parameter's default."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
            if any(id(part) in found for part in ast.walk(node.value)):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                names |= {statements.dotted(target) for target in targets}
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            names |= {name for name, value in _defaults(node) if id(value) in found}
    return names - {""}


def _defaults(
    function: ast.FunctionDef | ast.AsyncFunctionDef,
) -> Iterator[tuple[str, ast.expr]]:
    arguments = function.args
    named = [*arguments.posonlyargs, *arguments.args]
    for argument, value in zip(
        named[len(named) - len(arguments.defaults) :], arguments.defaults, strict=True
    ):
        yield argument.arg, value
    for argument, keyword_value in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        if keyword_value is not None:
            yield argument.arg, keyword_value


def _placements(tree: ast.Module, given: str) -> Iterator[ast.expr]:
    """``x.cuda()`` calls and ``"cuda"`` constants that place something, outermost first."""
    chosen = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, (ast.IfExp, ast.BoolOp, ast.If))
        for branch in ast.iter_child_nodes(node)
        if isinstance(branch, ast.expr)
        for part in ast.walk(branch)
    }
    guarded = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "is_available" in ast.dump(node.test)
        for part in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in guarded:
            continue
        if isinstance(node, ast.Call):
            if _is_cuda_call(node):
                yield node
            for value in _device_arguments(node):
                if _is_cuda(value) and id(value) not in chosen:
                    yield value
                elif (default := _default(value, given)) is not None:
                    yield default
        elif isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            named = any(_NAMES.fullmatch(statements.dotted(target)) for target in targets)
            if named and _is_cuda(node.value):
                yield node.value
            elif named and (default := _default(node.value, given)) is not None:
                yield default
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            for name, default in _defaults(node):
                if _NAMES.fullmatch(name) and _is_cuda(default):
                    yield default


def _default(node: ast.expr, given: str) -> ast.expr | None:
    """The literal GPU that an unset variable falls back to, or that a dataclass's field has."""
    inner = variable_defaults.fallback(node, given)
    if isinstance(node, ast.Call) and statements.dotted(node.func).rpartition(".")[2] == "field":
        inner = statements.argument(node, -1, "default")
    return inner if inner is not None and _is_cuda(inner) else None


def _is_cuda_call(call: ast.Call) -> bool:
    function = call.func
    return (
        isinstance(function, ast.Attribute)
        and function.attr == "cuda"
        and not call.args
        and all(keyword.arg == "non_blocking" for keyword in call.keywords)
        and statements.dotted(function) != "torch.cuda"
    )


def _device_arguments(call: ast.Call) -> Iterator[ast.expr]:
    name = statements.dotted(call.func)
    if call.args and any(name == known or name.endswith(known) for known in _FIRST_ARGUMENTS):
        yield call.args[0]
    for keyword in call.keywords:
        if keyword.arg in _KEYWORDS:
            yield keyword.value


def _is_cuda(node: ast.expr) -> bool:
    """Whether it is a text that names a GPU: ``"cuda"``, ``f"cuda:{rank}"``, ``"cuda:%d" % rank``."""
    text = statements.constant_text(node)
    if text is not None:
        return _CUDA.fullmatch(text) is not None
    if isinstance(node, ast.JoinedStr) and node.values:
        return (statements.constant_text(node.values[0]) or "").startswith("cuda:")
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Mod, ast.Add)):
        return (statements.constant_text(node.left) or "").startswith("cuda:")
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        text = statements.constant_text(node.func.value)
        return node.func.attr == "format" and (text or "").startswith("cuda:")
    return False


def _edit(file: str, text: str, node: ast.expr, *, closer: bool) -> Edit:
    """The edit of one literal or call; ``closer``: in a place that binds closer than a choice does."""
    cuda, cpu = call_edits.quoted(text, "cuda"), call_edits.quoted(text, "cpu")
    names = not (isinstance(node, ast.Call) and _is_cuda_call(node))
    if isinstance(node, ast.Constant):
        cuda = call_edits.quoted(text, str(node.value))
    elif names:
        cuda = statements.source(text, node)
    choice = f"{cuda} if torch.cuda.is_available() else {cpu}"
    if names or not isinstance(node, ast.Call):
        return call_edits.replaced(file, text, node, f"({choice})" if closer else choice)
    start = call_edits.end_of(text, node.func) - len("cuda")
    end = call_edits.end_of(text, node)
    inside = text[start + len("cuda") : end].strip()[1:-1].strip()
    return call_edits.between(
        file, text, start, end, f"to({choice}, {inside})" if inside else f"to({choice})"
    )
