"""cuda-library-failure: a CUDA library refused an operation.

## What happened
cuBLAS, cuDNN or another CUDA library returned an error status instead of a result.

## Why it happens
Most often the GPU's memory is full and the library could not get its workspace. Else two
versions of the library are mixed (`LD_LIBRARY_PATH`), or an earlier kernel had failed already.

## What the fix changes
Nothing in the code: look at the memory first. Where the status does not point to memory, the run can
be started once more with `CUDA_LAUNCH_BLOCKING=1` in front of the command, so that the traceback ends
in the call that failed.

## Fix safety
Ask: the second run is slower, and it will most likely fail again, at the right line.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation, Fix
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, late_error, platforms
from propel_helper.rules.said import line_of, said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line

# cublas, cudnn and cusolver status texts as ATen prints them; tensorflow's dnn.cc.
_WORDS = Wording(
    r"CUBLAS_STATUS_\w+"
    r"|CUDNN_STATUS_\w+"
    r"|without BLAS support|Blas \w+ launch failed"
    r"|CUSOLVER_STATUS_\w+"
    r"|CUFFT_\w+"
    r"|cuDNN error"
    r"|cufft error|cuFFT error"
    r"|cusolver error"
    r"|Unable to find a valid cuDNN algorithm"
    r"|unable to find an engine to execute"
    r"|No valid execution plans built"
    r"|DNN library is not found"
    r"|Failed to get convolution algorithm"
    r"|DNN library initialization failed"
    r"|Could not create cudnn handle"
    r"|cuDNN version incompatibility"
)

# Statuses of a library that found no room for itself.
_NO_ROOM = Wording(
    r"STATUS_(?:ALLOC_FAILED|NOT_INITIALIZED)|unable to find an engine|valid cuDNN algorithm"
    r"|valid execution plans|Failed to get convolution algorithm|Could not create cudnn handle"
)


def _look(crash: Crash) -> Fix:
    other = (
        "take other CUDA folders out of `PATH`"
        if platforms.is_windows(crash)
        else "unset `LD_LIBRARY_PATH`"
    )
    return guide(
        "look-at-memory-first",
        "Look at the memory first",
        "Watch `nvidia-smi` at that moment. If the memory is full, make room or lower what the job "
        f"needs; if not, {other}, which may bring another version of the library.",
    )


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    status = first_line(line_of(found))
    memory = _NO_ROOM.search(found.string)
    reason = (
        f"it could not get what it needs to start ({status}), which most often means that the GPU's "
        "memory was full"
        if memory
        else f"it ended a call with {code(status)}, as it does when versions of a library are mixed, the GPU is full or "
        "an earlier call broke the context; " + late_error.how_late(surroundings)
    )
    return Explanation(
        error="a CUDA library that failed",
        because=reason,
        fixes=(_look(crash), *(() if memory else late_error.to_see_it(surroundings)[1:])),
    )


RULE = Rule("cuda-library-failure", Category.CUDA, ("exception", "exit"), explain)
