"""torch-without-cuda: this PyTorch was built for the CPU alone.

## What happened
A CUDA function was called, and the installed PyTorch has none: it is the build for machines
without a GPU.

## Why it happens
`pip install torch` takes the build that the index offers for the system; on some platforms, in
some mirrors and in CPU-only lock files that is the CPU one. Or the machine has no GPU, and the
program, its options or its config ask for one all the same.

## What the fix changes
Where the program can run on the CPU, what asks for the GPU: the device option of the launch
command, the device in the config file that the command names or the code loads, or the literal `"cuda"` and `.cuda()`
of the code that failed, which then take the CPU only where there is no GPU; or the one line that calls
`torch.cuda.synchronize()` and its like for nothing but its effect, which then asks `torch.cuda.is_available()`.
Otherwise nothing: a step names what to install. Installing the same build again changes nothing.

## Fix safety
Ask. On the CPU the same things are computed, much more slowly; on a machine with a GPU the CUDA
build is what is missing, and that is a large download that replaces PyTorch in your environment.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, device_choice, lone_gpu_calls
from propel_helper.rules.said import said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code

# torch/cuda/__init__.py _lazy_init and set_device, 1.13 to 2.13; aten/src/ATen/detail/CUDAHooksInterface.h
# (generators, pinned memory, pointers).
_WORDS = Wording(
    r"Torch not compiled with CUDA enabled"
    r"|module 'torch\._C' has no attribute '_cuda_"
    r"|PyTorch was compiled without CUDA support"
    r"|Cannot \w[\w ]* CUDA [\w ]*without ATen_cuda library"
)
_CHOOSE = (
    " If there is none, choose the CPU where the program takes its device from (an option, its config or its "
    "code), or run on a machine with a GPU."
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    if said(crash, _WORDS) is None:
        return None
    lone = lone_gpu_calls.found(crash, surroundings)
    called = f"{code(lone.name)} was called" if lone else "a CUDA function was called"
    fixes = device_choice.on_the_cpu(crash, surroundings)
    # Code that asks for the GPU in that one line has no device to choose.
    choose = "" if lone and fixes[:1] in {(lone.fix,), (lone.told,)} else _CHOOSE
    install = guide(
        "install-cuda-build",
        "Install a CUDA build of PyTorch",
        "If `nvidia-smi` shows a GPU on this machine, install PyTorch from "
        f"https://pytorch.org/get-started/locally for the CUDA version that it shows.{choose}",
    )
    return Explanation(
        error="a PyTorch without CUDA",
        because=f"{called} and the installed PyTorch is a CPU-only build",
        fixes=(*fixes, install),
    )


RULE = Rule("torch-without-cuda", Category.CUDA, ("exception",), explain)
