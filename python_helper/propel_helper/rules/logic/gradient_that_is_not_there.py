"""gradient-that-is-not-there: autograd can't compute a gradient here.

## What happened
`backward` was called, or a tensor was changed, in a way that autograd can't follow.

## Why it happens
A tensor was detached or made without gradients, the graph was used twice, or a value that is
still needed was changed in place.

## What the fix changes
Nothing: this is part of what the training means, and only you can say what is right.

## Fix safety
There is no fix: this is a logic change.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule
from propel_helper.rules.said import line_of, said
from propel_helper.rules.words import code, first_line

# torch/csrc/autograd.
_WORDS = Wording(
    r"does not require grad and does not have a grad_fn"
    r"|Trying to backward through the graph a second time"
    r"|modified by an inplace operation"
    r"|Can't call numpy\(\) on Tensor that requires grad"
    r"|a leaf Variable that requires grad"
    r"|grad can be implicitly created only for scalar outputs"
    r"|One of the differentiated Tensors (?:does not require grad|appears to not have been used)"
    r"|only Tensors of floating point (?:and complex )?dtype can require gradients"
    r"|Only Tensors created explicitly by the user"
    r"|No gradients provided for any variable"
)


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    return Explanation(
        error="a gradient that can't be computed",
        because=f"autograd said {code(first_line(line_of(found)))}",
    )


RULE = Rule("gradient-that-is-not-there", Category.LOGIC, ("exception",), explain)
