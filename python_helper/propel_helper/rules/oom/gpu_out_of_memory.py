"""gpu-out-of-memory: the GPU's memory is full.

## What happened
An allocation on the GPU failed: what the job holds, what others hold and what was asked for do not
fit together.

## Why it happens
The batch, the sequence or the model is too large for the card; the memory is split into pieces that
are too small; or another process has a part of the card. The numbers of the message tell which: what
PyTorch holds and does not use would have been enough (fragmentation), other processes hold more than
was asked for, or neither.

## What the fix changes
Against fragmentation, the allocator's setting that the message advises, in front of the launch
command (`expandable_segments:True`, or `max_split_size_mb` where PyTorch is older than 2.1).
For a card that the run itself fills, the batch argument of the launch command, halved, when the
command has one. Never a number in your code or config. Otherwise nothing: a step follows from the
message's numbers.

## Fix safety
The allocator's setting is safe: it changes where tensors lie, not their values. Ask for the batch: a
smaller one changes what training learns, unless gradients are accumulated over more steps.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation, Fix, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, batch_size, launch_changes, memory
from propel_helper.rules.memory import Fill, Numbers
from propel_helper.rules.said import said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code

# c10/cuda/CUDACachingAllocator.cpp and CUDAMallocAsyncAllocator.cpp, 1.0 to 2.13; cudart error 2;
# the MPS, XPU and HIP allocators; NCCL's own words.
_WORDS = Wording(
    r"(?:CUDA|HIP|MPS backend|XPU|NPU) out of memory\b(?!\. Tried to allocate more than 1EB)"
    r"|(?:CUDA|HIP) error: out of memory|Cuda failure (?:2 )?'out of memory'|CUDA_ERROR_OUT_OF_MEMORY"
    r"|cudaErrorMemoryAllocation|cudaMalloc failed: out of memory"
    r"|Allocation on device \S+ would exceed allowed memory"
    r"|hipErrorOutOfMemory|implicit initialization on GPU:\d+ failed\. Status: out of memory"
    r"|cuda runtime error \(2\) ?: out of memory|Triton Error \[CUDA\]: out of memory"
)
_ADVISED = Wording(
    r"try setting (?P<name>PYTORCH_\w*ALLOC_CONF)=(?P<value>expandable_segments:True)"
)
_OLD_ADVICE = "max_split_size_mb"
_FREE = guide(
    "free-the-gpu",
    "Free the GPU, or choose another",
    "`nvidia-smi` shows the processes on the card: wait for the other one, or name a free card with "
    "`CUDA_VISIBLE_DEVICES` in the command. All ranks on one card is the same: each has to choose "
    "the GPU of its local rank.",
)
_SMALLER = guide(
    "make-it-smaller",
    "Make the job smaller",
    "A smaller batch with more gradient accumulation keeps the effective batch; activation "
    "checkpointing and a shorter input need less memory too. These change training: they are yours "
    "to say.",
)
_LOOK_AT_SIZE = guide(
    "look-at-the-size",
    "Look at the size that was asked for",
    "One allocation was larger than the card. Look at the shapes on the line shown: a dimension is "
    "most likely not what was meant.",
)
_RAISE_LIMIT = guide(
    "raise-own-limit",
    "Raise the program's own limit",
    "The program called `set_per_process_memory_fraction`: raise it there, or make the job smaller.",
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim full GPUs, and tell from the message's numbers what filled them."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    numbers = memory.read(found.string)
    return Explanation(
        "a GPU that is out of memory",
        numbers.because,
        fixes=_fixes(numbers, found.string, surroundings),
    )


def _fixes(numbers: Numbers, message: str, surroundings: Surroundings) -> tuple[Fix, ...]:
    fill = numbers.fill
    if fill is Fill.TOO_LARGE:
        return (_LOOK_AT_SIZE,)
    if fill is Fill.OTHERS or (fill is Fill.FULL and numbers.outside >= (numbers.asked or 0)):
        return (_FREE, *batch_size.halved(surroundings), _SMALLER)
    if fill is Fill.CAPPED:
        return (_RAISE_LIMIT, _SMALLER)
    others = () if numbers.alone else (_FREE,)
    smaller = (*batch_size.halved(surroundings), _SMALLER, *others)
    if fill is Fill.FRAGMENTED:
        return (*_allocator(message, surroundings), *smaller)
    return smaller


def _allocator(message: str, surroundings: Surroundings) -> tuple[Fix, ...]:
    """The setting that the message advises, for the command, where it is not set already."""
    advised = _ADVISED.search(message)
    if advised is not None:
        name, setting = advised["name"], advised["value"]
    elif _OLD_ADVICE in message:
        name = "PYTORCH_CUDA_ALLOC_CONF"
        # "capacty" and "total capacity of" came with 2.1, which has expandable segments.
        setting = "expandable_segments:True" if " of which " in message else "max_split_size_mb:128"
    else:
        return ()
    command = surroundings.command or ""
    if setting.partition(":")[0] in command:
        return ()
    rerun = launch_changes.with_variable(command, name, setting, joint=",")
    if rerun is None:
        return ()
    added = f"{name}=" in command
    what = (
        f"adding {code(setting)} to {code(name)}"
        if added
        else f"setting {code(f'{name}={setting}')}"
    )
    by = f"{what} for the command, against the fragmentation"
    return (Fix("set-allocator", "Keep memory in one piece", by, Safety.SAFE, (rerun,)),)


RULE = Rule("gpu-out-of-memory", Category.OOM, ("exception", "exit"), explain)
