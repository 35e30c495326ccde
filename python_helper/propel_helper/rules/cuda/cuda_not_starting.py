"""cuda-not-starting: CUDA could not be started.

## What happened
The first CUDA call of the process failed with an error that names no device and no kernel.

## Why it happens
The environment changed after CUDA had started (`CUDA_VISIBLE_DEVICES` set after the import), a
driver module is in a bad state after a suspend or an upgrade, CUDA was used before a fork, or
the fabric manager of an NVSwitch machine does not run.

## What the fix changes
Nothing by itself.

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

# c10/cuda/CUDAFunctions.cpp; cudart errors 3, 802 and 999.
_WORDS = Wording(
    r"CUDA unknown error"
    r"|Unexpected error from cudaGetDeviceCount"
    r"|(?:CUDA error|cuda runtime error \(\d+\) ): (?:initialization error|unknown error)"
    r"|CUDA error: (?:driver shutting down|system not yet initialized)"
    r"|CUDA driver initialization failed"
    r"|device >= 0 && device < num_gpus INTERNAL ASSERT FAILED"
    r"|system not yet initialized"
    r"|CUDA initialization: (?!.*(?:too old|no NVIDIA driver))"
    r"|CUDA_ERROR_(?:NOT_INITIALIZED|UNKNOWN|SYSTEM_NOT_READY)"
    r"|failed call to cuInit"
)

_CHECK = guide(
    "check-cuda-start",
    "Check CUDA alone",
    'Run `nvidia-smi` and `python -c "import torch; torch.zeros(1).cuda()"` in the same session. If '
    "that fails too it is the machine; if not, set `CUDA_VISIBLE_DEVICES` in the command instead of in "
    "the code, and use CUDA only after processes were forked.",
)


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    if "forward compatibility" in found.string or "unsupported display driver" in found.string:
        return None
    return Explanation(
        error="CUDA not starting",
        because=(
            "the first CUDA call failed, and its message names the environment or the driver rather "
            f"than the code ({first_line(line_of(found))})"
        ),
        fixes=(_CHECK,),
    )


RULE = Rule("cuda-not-starting", Category.CUDA, ("exception", "exit"), explain)
