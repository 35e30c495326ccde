"""gpu-hardware-fault: the GPU itself reported a fault.

## What happened
The driver reported a fault of the GPU, its memory or its links. The program is not at fault.

## Why it happens
Memory cells fail, links lose data, a card overheats or loses power. Such a fault often comes
back on the same card.

## What the fix changes
Nothing: the node has to be looked at, and the run started elsewhere from its last checkpoint.

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

# cudart errors 214, 220, 226; NVIDIA's Xid catalogue (48, 63, 64, 74, 79, 94, 95, 119).
_WORDS = Wording(
    r"uncorrectable (?:ECC|NVLink) error"
    r"|over nvlink or a hardware error"
    r"|fallen off the bus"
    r"|NVRM: Xid \([^)]*\): (?:48|63|64|74|79|92|94|95|119|120|140)\b"
    r"|CUDA_ERROR_ECC_UNCORRECTABLE"
    r"|GPU is lost"
)


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    return Explanation(
        error="a fault of the GPU",
        because="the driver reported an error of the card or its links, which no code can cause",
        fixes=(
            guide(
                "leave-the-node",
                "Leave this node",
                "Start again from the last checkpoint on another GPU or node, and report this one (`nvidia-smi -q -d ECC`, `dmesg | grep Xid`).",
            ),
        ),
    )


RULE = Rule("gpu-hardware-fault", Category.CUDA, ("exception", "exit"), explain)
