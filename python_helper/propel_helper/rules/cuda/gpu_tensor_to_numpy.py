"""gpu-tensor-to-numpy: a tensor on the GPU was to become a NumPy array.

## What happened
NumPy reads the machine's own memory, and the tensor's values are in the memory of the GPU.

## Why it happens
A metric, a plot or a log takes a tensor as it comes from the model. On the CPU that works, on a GPU
the values have to be copied first.

## What the fix changes
Where the line that failed has one `.numpy()`: `.cpu()` before it. It copies on a GPU and does nothing
on the CPU. Otherwise nothing: a step says where the copy belongs.

## Fix safety
Safe: the values are the same.
"""

from __future__ import annotations

import ast

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation, Fix, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, call_edits, own, statements
from propel_helper.rules.said import said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code

# torch/csrc/utils/tensor_numpy.cpp, 0.4 to 2.13.
_WORDS = Wording(
    r"can't convert (?P<device>(?:cuda|mps|xpu|hpu)\S*|CUDA) (?:device type )?tensor to numpy"
)
_COPY = guide(
    "copy-to-cpu",
    "Copy it to the CPU first",
    "Put `.cpu()` behind the tensor before NumPy gets it, as the message says.",
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wording above."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    device = code(found["device"])
    return Explanation(
        error="a GPU tensor given to NumPy",
        because=f"the tensor is on {device} and NumPy reads only the machine's own memory",
        fixes=(_edit(crash, surroundings) or _COPY,),
    )


def _edit(crash: Crash, surroundings: Surroundings) -> Fix | None:
    frame = own.deepest(crash, surroundings)
    text = surroundings.text(frame.file) if frame else None
    tree = statements.parse(text) if text else None
    statement = statements.statement_at(tree, frame.line) if tree and frame else None
    if frame is None or text is None or statement is None:
        return None
    found = [
        node
        for node in ast.walk(statement)
        if isinstance(node, ast.Attribute) and node.attr == "numpy" and not _is_copied(node.value)
        if frame.line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    ]
    if len(found) != 1:
        return None
    at = call_edits.end_of(text, found[0]) - len(".numpy")
    edit = call_edits.between(frame.file, text, at, at, ".cpu()")
    if text[at : at + len(".numpy")] != ".numpy":
        return None
    by = "copying the tensor to the CPU first, with `.cpu()` before `.numpy()`"
    return Fix("copy-to-cpu", "Copy it to the CPU first", by, Safety.SAFE, (edit,))


def _is_copied(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and statements.dotted(node.func).endswith(".cpu")


RULE = Rule("gpu-tensor-to-numpy", Category.CUDA, ("TypeError",), explain)
