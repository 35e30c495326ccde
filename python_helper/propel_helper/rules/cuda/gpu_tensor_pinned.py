"""gpu-tensor-pinned: a tensor that is on the GPU already was to be pinned.

## What happened
The data loader was to copy its batches into pinned memory, from where they reach the GPU faster, and a
batch is on the GPU already.

## Why it happens
The dataset or the collate function moves its tensors to the GPU, and the loader has `pin_memory=True`.

## What the fix changes
Nothing by itself: either the loader pins and the training loop moves, or the dataset moves and nothing is
pinned.

## Fix safety
There is nothing to apply. Both ways give the same values.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule
from propel_helper.rules.said import said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code

# aten/src/ATen/native/Memory.cpp, 1.0 to 2.13.
_WORDS = Wording(
    r"cannot pin '(?P<type>[\w.]+)' only dense CPU tensors can be pinned"
    r"|Only dense CPU tensors can be pinned"
)
_ONE_WAY = guide(
    "move-in-the-loop",
    "Move it in the training loop",
    "Leave the tensors on the CPU in the dataset and move each batch in the training loop, or give the "
    "DataLoader `pin_memory=False`.",
)


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    what = (
        f"a batch is a {code(found['type'])}" if found["type"] else "a batch is on the GPU already"
    )
    return Explanation(
        error="a GPU tensor that was to be pinned",
        because=f"{what}, and only tensors in the machine's own memory can be pinned",
        fixes=(_ONE_WAY,),
    )


RULE = Rule("gpu-tensor-pinned", Category.CUDA, ("RuntimeError",), explain)
