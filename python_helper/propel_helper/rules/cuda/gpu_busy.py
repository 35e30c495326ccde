"""gpu-busy: the GPU is taken by another process.

## What happened
CUDA refused a new context on the GPU.

## Why it happens
The GPU is in exclusive mode and another process holds it, or it is partitioned and this part is
in use.

## What the fix changes
Nothing by itself: the other process may be somebody's training.

## Fix safety
There is nothing to apply.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule
from propel_helper.rules.said import said
from propel_helper.rules.steps import guide

# cudart error 46, in its old and new wording.
_WORDS = Wording(
    r"CUDA-capable device(?:\(s\) is/are|s are) busy or unavailable"
    r"|CUDA_ERROR_DEVICE_UNAVAILABLE"
)


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    return Explanation(
        error="a GPU that is busy",
        because="another process holds it, or it is set to exclusive mode",
        fixes=(
            guide(
                "choose-free-gpu",
                "Choose a free GPU",
                "`nvidia-smi` shows who uses the GPU; wait for it, or name a free one with `CUDA_VISIBLE_DEVICES` in the command.",
            ),
        ),
    )


RULE = Rule("gpu-busy", Category.CUDA, ("exception",), explain)
