"""Half precision: NaN in the first 100 steps.

fp16 holds numbers up to 65504 and loses gradients below 6e-8, so that it needs a loss scaler; bf16
has the range of fp32 with 8 bits of precision
(https://docs.pytorch.org/docs/stable/amp.html#gradient-scaling).
"""

from __future__ import annotations

from propel_helper.coach.setup import Setup
from propel_helper.facts.prompt import Prompt


def prompt(setup: Setup) -> Prompt | None:
    """Speaks when the run trains in 16 bits."""
    value = setup.values.get("precision")
    if value is None:
        return None
    kind = precision_of(value.text, value.name)
    if kind is None:
        return None
    if kind == "fp16":
        scaler = (
            ""
            if setup.traits & {"grad_scaler", "trainer"} or value.text.endswith("-mixed")
            else " No loss scaler (GradScaler) was found in the code."
        )
        text = (
            f"This run trains in fp16 ({value.shown}): numbers end at 65504. Look at the loss in the "
            f"first 100 steps; a NaN there is an overflow more often than a bug.{scaler}"
        )
    else:
        text = (
            f"This run trains in bf16 ({value.shown}): it has the range of fp32 and 8 bits of "
            "precision. A NaN in the first 100 steps is hardly an overflow; look at the data and the "
            "learning rate first."
        )
    return Prompt("half-precision", text, {"precision": kind}, value.file, value.line)


def precision_of(text: str, name: str) -> str | None:
    """``fp16`` or ``bf16``, None for anything else."""
    said = f"{name}={text}".lower()
    if text.lower() in ("0", "false", "no", "none", "null", "32", "fp32", "float32", "off"):
        return None
    if "bf16" in said or "bfloat16" in said:
        return "bf16"
    return "fp16" if "fp16" in said or "float16" in said or text.startswith("16") else None
