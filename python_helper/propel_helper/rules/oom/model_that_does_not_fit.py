"""model-that-does-not-fit: the weights need more memory than the devices have left.

## What happened
The model was to be spread over the devices by itself, and some of it was left over for the CPU or
the disk, where it can't be used in this form.

## Why it happens
The model is larger than the memory of the GPUs that the run sees, or other processes hold a part of
it.

## What the fix changes
Nothing by itself: another precision or another model changes what is trained.

## Fix safety
There is nothing to apply.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule
from propel_helper.rules.said import line_of, said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line

# transformers' quantizer_bnb_8bit.py, quantizer_bnb_4bit.py and modeling_utils.py (device_map).
_WORDS = Wording(
    r"Some modules are dispatched on the CPU or the disk"
    r"|The current `device_map` had weights offloaded to the disk"
    r"|You are trying to offload the whole model to the disk"
)


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    return Explanation(
        error="a model that does not fit on the devices",
        because=f"part of it had to go elsewhere ({code(first_line(line_of(found)))})",
        fixes=(
            guide(
                "make-room-for-model",
                "Make room for the model",
                "Look at `nvidia-smi` for what else holds the cards, and let the run see more of "
                "them. A smaller model or another precision is yours to say.",
            ),
        ),
    )


RULE = Rule("model-that-does-not-fit", Category.OOM, ("exception",), explain)
