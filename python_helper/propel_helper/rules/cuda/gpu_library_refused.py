"""gpu-library-refused: a library that drives the GPU stopped.

## What happened
The GPU's runtime, or a library on top of it, returned an error that Propel knows no more of.

## Why it happens
The driver, the runtime and the library do not fit each other, the device is in a bad state, or the
kernel was asked for what this GPU can't do.

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
from propel_helper.rules import Rule, families
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line

# torch >= 2.8; CuPy, PyCUDA, Numba and NVML name their types so.
_TYPES = Wording(r"^AcceleratorError$|^(?:CUDA|Cuda|NVML|NVRTC|CUDNN|CUBLAS|HIP|Hip)\w*Error")
_PACKAGES = frozenset({"cupy", "cupy_backends", "pycuda", "pynvml"})


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim types of the libraries that drive a GPU."""
    name = families.type_name(crash)
    if not _TYPES.search(name) and families.package(crash) not in _PACKAGES:
        return None
    return Explanation(
        error="an error of the GPU's library",
        because=f"it stopped with {code(first_line(crash.message) or name)}",
        fixes=(
            guide(
                "look-at-the-gpu",
                "Look at the GPU",
                "Compare the driver and the CUDA version that `nvidia-smi` shows with those that "
                "the library was built for.",
            ),
        ),
    )


RULE = Rule("gpu-library-refused", Category.CUDA, ("exception",), explain, last=True)
