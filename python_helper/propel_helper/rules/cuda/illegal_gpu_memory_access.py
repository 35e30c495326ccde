"""illegal-gpu-memory-access: a CUDA kernel touched memory that is not its own.

## What happened
A kernel was stopped by the GPU. CUDA reports this late: the line shown is where it was noticed,
not where it happened.

## Why it happens
An index out of range in a custom kernel or extension, a kernel that was built for another
version, or failing hardware.

## What the fix changes
Nothing in the code. The run can be started once more with `CUDA_LAUNCH_BLOCKING=1` in front of the
command, so that the traceback ends in the call that launched the kernel.

## Fix safety
Ask: the second run is slower, and it will most likely fail again, at the right line.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, late_error
from propel_helper.rules.said import said

# cudart errors 700, 715, 716, 717, 718, 719.
_WORDS = Wording(
    r"an illegal memory access was encountered"
    r"|unspecified launch failure"
    r"|CUDA error: misaligned address"
    r"|an illegal instruction was encountered"
    r"|CUDA error: invalid program counter"
    r"|operation not supported on global/shared address space"
    r"|CUDA_ERROR_(?:ILLEGAL_ADDRESS|LAUNCH_FAILED|MISALIGNED_ADDRESS|ILLEGAL_INSTRUCTION)"
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    if said(crash, _WORDS) is None:
        return None
    return Explanation(
        error="an illegal access in a CUDA kernel",
        because="a kernel read or wrote outside its memory, or was stopped by the GPU; "
        + late_error.how_late(surroundings),
        fixes=late_error.to_see_it(
            surroundings,
            "Look at `dmesg | grep Xid` first: 48, 63, 79, 94 or 95 there mean the hardware. If it "
            "ends in an extension's kernel, rebuild it for the installed framework and CUDA.",
        ),
    )


RULE = Rule("illegal-gpu-memory-access", Category.CUDA, ("exception", "exit"), explain)
