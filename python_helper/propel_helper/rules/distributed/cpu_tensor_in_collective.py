"""cpu-tensor-in-collective: a tensor on the CPU was to be exchanged by a GPU backend.

## What happened
NCCL exchanges tensors between GPUs only, and got one that is on the CPU.

## Why it happens
A loss, a metric or an object was not moved to the GPU before it was reduced.

## What the fix changes
Nothing by itself: the tensor has to be moved where it is made.

## Fix safety
There is nothing to apply. Moving a tensor does not change its values.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule
from propel_helper.rules.said import line_of, said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import first_line

# distributed_c10d.py; ProcessGroupNCCL.cpp check_gpu_single_tensor.
_WORDS = Wording(
    r"No backend type associated with device type \w+"
    r"|Tensors must be CUDA and dense"
    r"|Tensor list must be nonempty|Tensors must be on distinct GPU devices"
)
_DEVICE = Wording(r"No backend type associated with device type (?P<device>\w+)")
_MOVE = guide(
    "move-before-collective",
    "Move it before it is exchanged",
    "Move the tensor of the line shown to the GPU before the collective (`.to(device)`), or make the "
    'group with `backend="cpu:gloo,cuda:nccl"`.',
)


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    device = _DEVICE.search(found.string)
    because = f"the group's backend does not take it ({first_line(line_of(found))})"
    if device is not None:
        because = f"the tensor is on {device['device']} and the group has no backend for that"
    return Explanation("a tensor that the backend can't exchange", because, fixes=(_MOVE,))


RULE = Rule("cpu-tensor-in-collective", Category.DISTRIBUTED, ("exception",), explain)
