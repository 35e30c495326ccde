"""tensor-shape-mismatch: tensors met whose shapes don't go together, or one has a shape that an operation can't take.

## What happened
An operation got arrays whose sizes don't fit: a matrix product, a convolution, a concatenation, or an element by
element operation. Or it got one array of another size, or of another number of dimensions, than it needs: a reshape,
a pooling.

## Why it happens
A layer was built for another size than the one that arrives: another input, another class count,
a forgotten flatten or transpose, a batch that lost its last elements.

## What the fix changes
Nothing. Which of the sizes is the right one is part of the model, and only you know it. The
message names the sizes, and the line is the one that brought them together.

## Fix safety
There is no fix: this is a logic change.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule
from propel_helper.rules.words import first_line

# PyTorch ATen (LinearAlgebra, ExpandUtils, TensorShape, Convolution), NumPy (ufunc and linalg),
# Keras/TensorFlow and JAX.
_SHAPES = Wording(
    r"mat1 and mat2 shapes cannot be multiplied|mat1 dim 1 must match mat2 dim 0"
    r"|size mismatch, m1: \[|size mismatch, got |size mismatch \(got input"
    r"|The size of tensor a \(\d+\) must match the size of tensor b"
    r"|shape '\[[^\]]*\]' is invalid for input of size"
    r"|Sizes of tensors must match except in dimension|Tensors must have same number of dimensions"
    r"|Given groups=\d+, (?:expected )?weight of size|expected input\[[\d, ]+\] to have \d+ channels"
    r"|stack expects each tensor to be equal size|Expected \d+D .*(?:input|tensor)"
    r"|Expected input batch_size \(\d+\) to match target batch_size"
    r"|The expanded size of the tensor \(\d+\) must match the existing size"
    r"|Expected size for first two dimensions of batch2 tensor|batch1 must be a 3D tensor"
    r"|\bmat[12] must be a matrix, got |input\.size\(-1\) must be equal to input_size|Dimension out of range \(expected to be in"
    r"|Calculated padded input size per channel|Kernel size can't be greater than actual input"
    r"|Given normalized_shape=|size shape must match input shape|running_mean should contain"
    r"|Using a target size \(.*\) that is different to the input size"
    r"|operands could not be broadcast together|matmul: Input operand \d has a mismatch"
    r"|shapes \(.*\) and \(.*\) not aligned|cannot reshape array of size"
    r"|could not broadcast input array from shape|all the input array dimensions"
    r"|setting an array element with a sequence|inhomogeneous shape"
    r"|Incompatible shapes: \[|Dimensions must be equal, but are|Matrix size-incompatible"
    r"|is incompatible with the layer: expected|Shapes \(.*\) and \(.*\) are incompatible"
    r"|dot_general requires contracting dimensions|got incompatible shapes for broadcasting"
    r"|Incompatible shapes for (?:broadcasting|matmul|dot)|mismatched input shapes|einsum\(\): (?!\w+ operands were provided)"
)
_SHAPES_OF_ONE = Wording(
    r"shape '\[[^\]]*\]' is invalid for input of size|cannot reshape array of size|batch1 must be a 3D tensor"
    r"|must be a matrix, got |Expected \d+D .*(?:input|tensor)|Dimension out of range \(expected to be in"
    r"|Calculated padded input size per channel|Kernel size can't be greater than actual input"
    r"|setting an array element with a sequence|inhomogeneous shape|is incompatible with the layer: expected"
)
# torch/_dynamo/utils.py get_fake_value: what the call that it traced raised, behind the call itself.
_TRACED = Wording(r"with fake tensors: .*: got \w+\((?P<quote>['\"])(?P<said>.+)(?P=quote)\)$")


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim messages that name sizes which don't fit."""
    if _SHAPES.search(crash.message) is None:
        return None
    said = next((line for line in crash.message.split("\n") if _SHAPES.search(line)), "")
    traced = _TRACED.search(said)
    said = traced["said"] if traced else said
    return Explanation(
        error="a shape mismatch",
        because=f"{_which(said)} ({first_line(said)})",
    )


def _which(said: str) -> str:
    if _SHAPES_OF_ONE.search(said):
        return "an array came here with a shape that the operation can't take"
    return "two arrays with sizes that don't fit met here"


RULE = Rule(
    "tensor-shape-mismatch",
    Category.LOGIC,
    (
        "RuntimeError",
        "ValueError",
        "IndexError",
        "InvalidArgumentError",
        "TypeError",
        "TorchRuntimeError",
    ),
    explain,
)
