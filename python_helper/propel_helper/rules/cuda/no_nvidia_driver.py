"""no-nvidia-driver: no NVIDIA driver was found on this machine.

## What happened
PyTorch, or a library below it, asked the NVIDIA driver for a GPU and there is no driver to ask.

## Why it happens
The program runs on a login node or another machine without a GPU, in a container that was started
without its GPUs, or where the driver was never installed.

## What the fix changes
Where the program can run on the CPU, what asks for the GPU: the device option of the launch
command, the device in the config file that the command names or the code loads, or the literal `"cuda"` and `.cuda()`
of the code that failed, which then take the CPU only where there is no GPU; or the one line that calls
`torch.cuda.synchronize()` and its like for nothing but its effect, which then asks `torch.cuda.is_available()`. Otherwise nothing: a
step says where to run.

## Fix safety
Ask: on the CPU the same things are computed, much more slowly. If a GPU was meant, run where one is.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, device_choice
from propel_helper.rules.said import said
from propel_helper.rules.steps import guide

# c10/cuda and torch/csrc/cuda/Module.cpp; ld.so for libcuda.so.1; docker and nvidia-container-cli.
_WORDS = Wording(
    r"Found no NVIDIA driver on your system"
    r"|libcuda\.so\.1: cannot open shared object file"
    r"|could not select device driver .* with capabilities: \[\[gpu"
    r"|nvidia-container-cli: initialization error"
    r"|^NVML Shared Library Not Found|^Driver Not Loaded"
    r"|NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver"
)
_ELSEWHERE = guide(
    "run-where-a-gpu-is",
    "Run where a GPU is",
    "Start the run on a machine with a GPU: ask the scheduler for one, or start the container with "
    "`--gpus all`. `nvidia-smi` must list the GPU there.",
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    if said(crash, _WORDS) is None:
        return None
    return Explanation(
        error="a missing NVIDIA driver",
        because="this machine, or this container, has no NVIDIA driver that the program can reach",
        fixes=(*device_choice.on_the_cpu(crash, surroundings), _ELSEWHERE),
    )


RULE = Rule("no-nvidia-driver", Category.CUDA, ("exception", "exit", "shell"), explain)
