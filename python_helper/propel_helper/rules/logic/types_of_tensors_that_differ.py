"""types-of-tensors-that-differ: two tensors have number types that don't go together.

## What happened
An operation got tensors of two number types, such as half and single precision, or a type that
it does not take.

## Why it happens
A model, a batch or a constant was made in another precision than the rest, or labels have the
type of values.

## What the fix changes
Nothing: this is part of what the training means, and only you can say what is right.

## Fix safety
There is no fix: precision is part of what training computes.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule
from propel_helper.rules.said import line_of, said
from propel_helper.rules.words import first_line

# ATen's dtype checks.
_WORDS = Wording(
    r"must have the same dtype"
    r"|expected scalar type \w+ but found \w+"
    r"|Found dtype \w+ but expected \w+"
    r"|Input type \((?!torch\.cuda)[\w.:]+\) and (?:weight|bias) type \((?!torch\.cuda)[\w.:]+\) should be the same"
    r"|\"(?!\w*_cpu\w*\" not implemented for '(?:Half|BFloat16)')\w+\" not implemented for '\w+'"
    r"|Expected tensor for argument .* to have (?:one of the following )?scalar types?"
    r"|result type \w+ can't be cast to"
    r"|expected m1 and m2 to have the same dtype"
)

# Two tensor types of which one is on a GPU: where they are differs, not only their numbers.
_DEVICES = Wording(
    r"\((?:torch\.cuda\.|CUDA)\w+\) and \w+ type \((?!torch\.cuda|CUDA|c10)"
    r"|\((?!torch\.cuda|CUDA|c10)[A-Z\w.]+Tensor\) and \w+ type \((?:torch\.cuda\.|CUDA)"
)


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    if _DEVICES.search(found.string):
        return None
    return Explanation(
        error="number types that don't go together",
        because=f"{first_line(line_of(found))}",
    )


RULE = Rule("types-of-tensors-that-differ", Category.LOGIC, ("exception",), explain)
