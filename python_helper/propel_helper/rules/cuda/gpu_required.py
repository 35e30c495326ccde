"""gpu-required: the code asserts that there is a GPU, and there is none.

## What happened
A line of the project asks for a GPU and stops the program where none is to be seen.

## Why it happens
The machine has none, the job was given none, `CUDA_VISIBLE_DEVICES` hides them, or the installed
framework was built without CUDA.

## What the fix changes
Nothing by itself: the code says that it is not meant to run without one.

## Fix safety
There is nothing to apply.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.rules import Rule, asserted
from propel_helper.rules.steps import guide


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim assertions that ask for a GPU."""
    test = asserted.tested(crash, surroundings)
    if test is None or not asserted.of_gpu(test):
        return None
    return Explanation(
        error="a GPU that is not there",
        because="the code asserts that there is one, and the framework sees none",
        fixes=(
            guide(
                "start-where-a-gpu-is",
                "Start it where a GPU is",
                "Look at `nvidia-smi` and `CUDA_VISIBLE_DEVICES`, ask the scheduler for a GPU, or "
                "install a CUDA build of the framework.",
            ),
        ),
    )


RULE = Rule("gpu-required", Category.CUDA, ("AssertionError",), explain, last=True)
