"""kernel-too-large: a kernel needs more of one of the GPU's fast memories than it has.

## What happened
A library's kernel was compiled for this GPU, and it wants more shared memory, registers or threads than one
block may have there.

## Why it happens
Kernels have block sizes that suit the GPUs that they were made for, mostly those of data centers. The
GPU's large memory has nothing to do with it.

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
from propel_helper.rules.said import said
from propel_helper.rules.steps import guide

# triton/runtime/errors.py OutOfResources; torch/_inductor/runtime/triton_heuristics.py hands it on.
_WORDS = Wording(
    r"out of resource: (?P<name>[\w ]+), Required: (?P<required>\d+), Hardware limit: (?P<limit>\d+)"
)
_MACHINERY = Wording(
    r"/site-packages/(?:triton|torch)/|/dist-packages/(?:triton|torch)/|<string>|\.triton/|torchinductor"
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim kernels of libraries and of ``torch.compile``; a person's own kernel is the code's matter."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    callers = [f for f in crash.frames if not _MACHINERY.search(f.file.replace("\\", "/"))]
    compiled = "nductor" in f"{crash.exception} {crash.message[:200]}" or any(
        "_inductor/" in f.file.replace("\\", "/") for f in crash.frames
    )
    if not compiled and (not callers or surroundings.is_own(callers[-1].file)):
        return None
    what = f"bytes of {found['name']}" if "memory" in found["name"] else found["name"]
    return Explanation(
        error="a kernel that is too large for this GPU",
        because=f"it needs {found['required']} {what}, and a block may have {found['limit']} on this GPU",
        fixes=(
            guide(
                "use-another-kernel",
                "Use another kernel",
                "Run on a GPU that the kernel was made for, install a version of PyTorch, Triton or the library that "
                "knows this one, or turn that kernel or compiling off where the command or the config lets you.",
            ),
        ),
    )


RULE = Rule("kernel-too-large", Category.CUDA, ("exception",), explain)
