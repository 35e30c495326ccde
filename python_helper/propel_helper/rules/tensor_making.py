"""Calls that make a tensor on the CPU, and what would make it where another tensor is."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from propel_helper.facts.finding import Edit
from propel_helper.rules import call_edits, statements

# Functions of torch that take ``device``; the values that they make don't depend on it.
_WITH_DEVICE = frozenset(
    f"torch.{name}"
    for name in (
        "arange", "as_tensor", "empty", "eye", "full", "hann_window", "linspace", "logspace",
        "ones", "tensor", "tril_indices", "triu_indices", "zeros",
    )
)  # fmt: skip
# Those whose values depend on it (each device has its own random numbers), or that don't take it.
_MOVED_AFTER = frozenset(
    f"torch.{name}"
    for name in (
        "rand", "randint", "randn", "randperm", "normal", "from_numpy", "Tensor", "FloatTensor",
        "LongTensor", "IntTensor", "BoolTensor",
    )
)  # fmt: skip
_SHAPE = frozenset({"shape", "size", "device", "dim", "ndim"})
_Scope = ast.FunctionDef | ast.AsyncFunctionDef | ast.Module


@dataclass(frozen=True)
class Making:
    """A call that makes a tensor on the CPU, and the expression of the device it belongs on."""

    call: ast.Call
    name: str
    device: str

    def edit(self, file: str, text: str) -> Edit | None:
        """The edit that makes the tensor on that device, with the same values."""
        if self.name in _WITH_DEVICE:
            return call_edits.with_keyword(file, text, self.call, "device", self.device)
        end = call_edits.end_of(text, self.call)
        return call_edits.between(file, text, end, end, f".to({self.device})")


def made_on_cpu(tree: ast.Module, statement: ast.stmt) -> Making | None:
    """The one such call that ``statement`` makes or uses the result of, or None.

    Its result may have been given one name, once, in the same function. The device is that of a
    variable called ``device``, or of a tensor that the function was given.
    """
    scope = _scope(tree, statement)
    found = [call for call in _makers(statement) if not _is_moved(statement, call)]
    read = {
        node.id
        for node in ast.walk(statement)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
    for name in sorted(read):
        given = [
            node for node in _own(scope) if isinstance(node, ast.Assign) and _names(node, name)
        ]
        if len(given) == 1 and given[0] is not statement and given[0].lineno < statement.lineno:
            value = given[0].value
            if isinstance(value, ast.Call) and statements.dotted(value.func) in _ALL:
                found.extend(call for call in [value] if not _has_device(call))
    if len(found) != 1:
        return None
    device = _device(tree, scope, found[0])
    return Making(found[0], statements.dotted(found[0].func), device) if device else None


_ALL = _WITH_DEVICE | _MOVED_AFTER


def _makers(statement: ast.stmt) -> list[ast.Call]:
    return [
        call
        for call in statements.calls(statement)
        if statements.dotted(call.func) in _ALL and not _has_device(call)
    ]


def _has_device(call: ast.Call) -> bool:
    return any(keyword.arg in ("device", None) for keyword in call.keywords)


def _is_moved(statement: ast.stmt, call: ast.Call) -> bool:
    """Whether what the call makes is moved at once: ``torch.ones(3).to(device)``."""
    return any(
        isinstance(node, ast.Attribute)
        and node.attr in {"to", "cuda", "type_as", "item", "tolist", "numpy"}
        and any(inner is call for inner in ast.walk(node.value))
        for node in ast.walk(statement)
    )


def _scope(tree: ast.Module, statement: ast.stmt) -> _Scope:
    """The innermost function around ``statement``, else the module."""
    around = [
        node
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and any(inner is statement for inner in ast.walk(node))
    ]
    return max(around, key=lambda node: node.lineno, default=tree)


def _own(scope: _Scope) -> Iterator[ast.AST]:
    """Nodes of a scope without those of functions and classes inside it."""
    waiting: list[ast.AST] = list(scope.body)
    while waiting:
        node = waiting.pop(0)
        yield node
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            waiting.extend(ast.iter_child_nodes(node))


def _names(node: ast.Assign, name: str) -> bool:
    return any(isinstance(target, ast.Name) and target.id == name for target in node.targets)


def _device(tree: ast.Module, scope: _Scope, call: ast.Call) -> str | None:
    for place in (scope, tree):
        if _binds_device(place, call.lineno if place is scope else 10**9):
            return "device"
    if isinstance(scope, ast.Module):
        return None
    for argument in (*scope.args.posonlyargs, *scope.args.args):
        if argument.arg not in {"self", "cls"} and _is_tensor(scope, argument.arg):
            return f"{argument.arg}.device"
    return None


def _binds_device(scope: _Scope, before: int) -> bool:
    if not isinstance(scope, ast.Module):
        arguments = (*scope.args.posonlyargs, *scope.args.args, *scope.args.kwonlyargs)
        if any(argument.arg == "device" for argument in arguments):
            return True
    return any(
        isinstance(node, ast.Assign) and _names(node, "device") and node.lineno < before
        for node in _own(scope)
    )


def _is_tensor(scope: _Scope, name: str) -> bool:
    """Whether the function asks ``name`` for its shape or device, as it asks tensors."""
    return any(
        isinstance(node, ast.Attribute)
        and node.attr in _SHAPE
        and isinstance(node.value, ast.Name)
        and node.value.id == name
        for node in ast.walk(scope)
    )
