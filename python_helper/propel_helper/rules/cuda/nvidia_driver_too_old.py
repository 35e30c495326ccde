"""nvidia-driver-too-old: the NVIDIA driver does not fit the CUDA that the program was built for.

## What happened
The CUDA runtime inside the framework refused the driver of this machine.

## Why it happens
The framework's build is newer than the driver supports, the driver was upgraded while the old
one is still loaded, or a container brings compatibility libraries that this GPU does not
support.

## What the fix changes
Nothing by itself: either the driver or the framework's build has to change.

## Fix safety
There is nothing to apply: a driver is the administrator's, and another build is a large
download.
"""

from __future__ import annotations

import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule
from propel_helper.rules.said import line_of, said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import first_line

# c10/cuda/CUDAFunctions.cpp, torch/csrc/cuda/Module.cpp; cudart error strings 35, 803, 804; NVML error 18.
_WORDS = Wording(
    r"The NVIDIA driver on your system is too old"
    r"|CUDA driver version is insufficient for CUDA runtime version"
    r"|forward compatibility was attempted on non supported HW"
    r"|unsupported display driver / cuda driver combination"
    r"|Driver/library version mismatch"
    r"|the provided PTX was compiled with an unsupported toolchain"
)

# The driver's CUDA version as cudaDriverGetVersion gives it: 11040 is 11.4.
_VERSION = Wording(r"too old \(found version (?P<number>\d{4,6})\)")
_MATCH = guide(
    "match-driver-and-build",
    "Match the driver and the build",
    "Compare the CUDA version that `nvidia-smi` shows with the framework's: install a build for that "
    "CUDA or an older one, or have the driver updated (and the machine restarted).",
)


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    return Explanation(error="a driver that does not fit", because=_because(found), fixes=(_MATCH,))


def _because(found: re.Match[str]) -> str:
    version = _VERSION.search(found.string)
    if version is not None:
        number = int(version["number"])
        return (
            f"the driver of this machine is for CUDA {number // 1000}.{number % 1000 // 10} at most "
            "and the installed framework was built for a newer one"
        )
    return (
        "the NVIDIA driver of this machine and the CUDA of the installed framework don't go together "
        f"({first_line(line_of(found))})"
    )


RULE = Rule("nvidia-driver-too-old", Category.CUDA, ("exception", "exit"), explain)
