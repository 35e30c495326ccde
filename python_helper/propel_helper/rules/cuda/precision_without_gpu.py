"""precision-without-gpu: a number format was asked for that this device does not compute in.

## What happened
The framework refused mixed precision (fp16, bf16, fp8, tf32) before training began.

## Why it happens
The run is on the CPU, or on a GPU of a generation that does not have this format: bf16 and tf32 need
Ampere or newer, fp8 Hopper or Ada.

## What the fix changes
Nothing by itself: the precision is part of what training means, and which machine to run on is yours
to say.

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
from propel_helper.rules.words import first_line

# accelerate/accelerator.py; transformers/training_args.py 4.20 to 5; torch/cuda/amp; torch/autocast_mode;
# deepspeed/runtime/engine.py.
_WORDS = Wording(
    r"mixed precision requires a (?:GPU|PyTorch)"
    r"|[Mm]ixed precision training with AMP or APEX .*can only be used on (?:CUDA|a GPU)"
    r"|FP16 (?:Mixed precision|half precision).*can only be used on CUDA"
    r"|Your setup doesn't support bf16"
    r"|(?:--tf32|--bf16) requires"
    r"|\"\w*_cpu\w*\" not implemented for '(?:Half|BFloat16)'"
    r"|Current CUDA Device does not support bfloat16"
    r"|^Type (?:fp16|bf16) is not supported(?: on your device)?\.?$"
    r"|[Bb]float16 is only supported on GPUs with compute capability"
)


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    return Explanation(
        error="a precision that this device does not have",
        because=f"the framework refused it ({first_line(line_of(found))})",
        fixes=(
            guide(
                "run-where-precision-is",
                "Run where this precision is",
                "Start the run on a GPU that has this format, or say yourself which precision to "
                "train in: that changes training.",
            ),
        ),
    )


RULE = Rule("precision-without-gpu", Category.CUDA, ("exception",), explain)
