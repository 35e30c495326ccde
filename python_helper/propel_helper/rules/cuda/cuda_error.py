"""cuda-error: CUDA reported an error.

## What happened
A CUDA call returned an error that Propel has no page of its own for.

## Why it happens
The message names it; CUDA reports many errors later than they happen.

## What the fix changes
Nothing in the code. The run can be started once more with `CUDA_LAUNCH_BLOCKING=1` in front of the
command, so that the traceback ends in the call that failed.

## Fix safety
Ask: the second run is slower, and it will most likely fail again, at the right line.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, late_error
from propel_helper.rules.said import line_of, said
from propel_helper.rules.words import code

# The wrapper of every CUDA error in PyTorch (c10/cuda/CUDAException.cpp), ROCm's, CuPy's and Numba's.
_WORDS = Wording(
    r"\b(?:CUDA|HIP) (?:runtime |driver )?error: "
    r"|\bcudaError[A-Z]\w+: "
    r"|CUDA_ERROR_(?!OUT_OF_MEMORY)\w+"
)
# Errors of CUDA that have a page of their own.
_KNOWN = Wording(
    r"out of memory|device ordinal|initialization error|unknown error|kernel image|device function"
    r"|busy or unavailable|uncorrectable|nvlink or a hardware|illegal|launch failure|misaligned"
    r"|program counter|launch timed out|device-side assert(?:ion)? triggered|CU(?:BLAS|DNN|SOLVER|FFT)_|insufficient"
    r"|forward compatibility|unsupported display driver|no CUDA-capable device|invalid resource handle.*fork|unsupported toolchain"
    r"|shutting down|not yet initialized|NCCL|CUDA_ERROR_(?:NOT_INIT|UNKNOWN|SYSTEM|DEVICE_UNAV|NO_DEVICE|INVALID_DEVICE|ECC|ILLEGAL|LAUNCH"
    r"|MISALIGNED|ASSERT)"
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None or _KNOWN.search(found.string):
        return None
    return Explanation(
        error="an error of CUDA",
        because=f"CUDA said {code(line_of(found))}; {late_error.how_late(surroundings)}",
        fixes=late_error.to_see_it(surroundings),
    )


RULE = Rule("cuda-error", Category.CUDA, ("exception",), explain)
