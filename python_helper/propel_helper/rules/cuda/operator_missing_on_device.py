"""operator-missing-on-device: PyTorch has no version of an operation for this device.

## What happened
The program called an operation on a tensor that lies on an accelerator for which PyTorch has not
implemented it, such as Apple's (MPS).

## Why it happens
Every operation is written for every kind of device by itself, and some are missing on the newer
ones, or in the installed release.

## What the fix changes
Where the launch is known: one environment variable for the command, with which PyTorch computes the
missing operations on the CPU.

## Fix safety
Safe: the same is computed, more slowly.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation, Fix, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, launch_changes
from propel_helper.rules.said import said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code

# aten/src/ATen/mps/MPSFallback.mm, 1.12 to 2.9.
_WORDS = Wording(
    r"The operator '(?P<name>[\w:.]+)' is not current(?:ly)? implemented for the MPS device"
)
_VARIABLE = "PYTORCH_ENABLE_MPS_FALLBACK"


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wording above."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    step = guide(
        "use-another-device",
        "Use another release or device",
        f"Set {code(f'{_VARIABLE}=1')} where the run starts, install a newer PyTorch, or start the "
        "run on the CPU.",
    )
    return Explanation(
        f"the operation {code(found['name'])}, which is missing on this device",
        "the installed PyTorch has not implemented it for MPS",
        fixes=(*_on_the_cpu(surroundings), step),
    )


def _on_the_cpu(surroundings: Surroundings) -> tuple[Fix, ...]:
    command = surroundings.command or ""
    rerun = launch_changes.with_variable(command, _VARIABLE, "1") if command else None
    if rerun is None or f"{_VARIABLE}=" in command:
        return ()
    by = f"setting {code(f'{_VARIABLE}=1')} for the command, so that the CPU computes it"
    return (Fix("fall-back-to-cpu", "Compute it on the CPU", by, Safety.SAFE, (rerun,)),)


RULE = Rule("operator-missing-on-device", Category.CUDA, ("NotImplementedError",), explain)
