"""kernel-timed-out: a CUDA kernel ran longer than the system lets one run.

## What happened
The driver ended a kernel because it took too long, and the CUDA context with it.

## Why it happens
The GPU also draws a screen, and the system ends what keeps the screen from being drawn: Windows after two seconds
(TDR), an X server on Linux after a few. A GPU that draws nothing has no such limit. A kernel takes that long when it
has much to do at once, when other programs use the GPU as well, or when the GPU has a fault.

## What the fix changes
Nothing by itself: which GPU the run takes, and whether it draws a screen, is the machine's matter.

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

# cudart's error 702: "the device kernel took too long to execute"; it is only raised where timeouts are enabled
# (the device's property kernelExecTimeoutEnabled).
_WORDS = Wording(r"the launch timed out and was terminated|CUDA_ERROR_LAUNCH_TIMEOUT")


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    if said(crash, _WORDS) is None:
        return None
    return Explanation(
        error="a CUDA kernel that ran too long",
        because="the system limits how long a kernel may run on this GPU, as it does where the GPU draws a screen, and "
        "the driver ended one that took longer; CUDA reports this late, so the line is where it was noticed",
        fixes=(
            guide(
                "use-a-gpu-without-a-screen",
                "Use a GPU without a screen",
                "`nvidia-smi` shows which GPU draws a screen (Disp.A) and what else runs on it: choose another one by "
                "`CUDA_VISIBLE_DEVICES`, or log out of the desktop of this one, or end what else uses it. Where there "
                "is no other, less work at once (a smaller batch) makes each kernel shorter. `dmesg | grep Xid` shows "
                "whether the GPU has a fault.",
            ),
        ),
    )


RULE = Rule("kernel-timed-out", Category.CUDA, ("exception", "exit"), explain)
