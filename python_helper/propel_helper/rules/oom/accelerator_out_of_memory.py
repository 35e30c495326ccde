"""accelerator-out-of-memory: JAX or TensorFlow ran out of memory on the device.

## What happened
An allocation failed in XLA or in TensorFlow's allocator: what was asked for is more than the
device has left.

## Why it happens
The batch or the model is too large for the device, or another process holds a part of it: JAX
and TensorFlow take most of a GPU when they start.

## What the fix changes
The batch argument of the launch command, halved, when the command has one; for TensorFlow the
allocator that its own hint names, in front of the command; for JAX, that it does not take most of the
card when it starts. Never a number in your code or config. Otherwise nothing: a step says what to look
at.

## Fix safety
Ask: a smaller batch changes what training learns; the other two only change where memory lies.
"""

from __future__ import annotations

import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation, Fix, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, batch_size, launch_changes, memory
from propel_helper.rules.said import line_of, said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line

# tensorflow/core/common_runtime/bfc_allocator.cc; xla's RESOURCE_EXHAUSTED; jax's gpu memory page.
_WORDS = Wording(
    r"RESOURCE_EXHAUSTED: (?!.*(?:quota|Quota))"
    r"|OOM when allocating tensor"
    r"|Out of memory while trying to allocate"
    r"|Out of memory allocating [\d,]+"
    r"|Dst tensor is not initialized"
    r"|Failed to allocate request for \S+ on device"
    r"|ran out of memory trying to allocate .* and this (?:is|was) fatal"
    r"|Ran out of memory in memory space (?:hbm|vmem)"
)
_OTHERS = Wording(r"(?:CUDA|HIP) out of memory\.|CUDA_ERROR_OUT_OF_MEMORY")
_HINT = "TF_GPU_ALLOCATOR=cuda_malloc_async"
_MAKE_ROOM = guide(
    "make-room",
    "Make room on the device",
    "Look at `nvidia-smi` for other processes on the card. If there are none, the job itself is too "
    "large: a smaller batch or input is the usual way, and yours to say.",
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None or _OTHERS.search(found.string):
        return None
    return Explanation(
        error="a device that is out of memory",
        because=f"the framework asked for more memory than the device has left ({_said(found)})",
        fixes=(
            *_allocator(crash, surroundings),
            *batch_size.halved(surroundings),
            *_preallocation(crash, surroundings),
            _MAKE_ROOM,
        ),
    )


def _said(found: re.Match[str]) -> str:
    """The line with its size in people's units behind it, where it is in bytes."""
    line = first_line(line_of(found))
    size = re.search(r"(?:allocate|allocating) (?P<bytes>\d{7,})(?: bytes|\b(?!\.))", line)
    return f"{line}, which is {memory.shown(float(size['bytes']))}" if size else line


def _allocator(crash: Crash, surroundings: Surroundings) -> tuple[Fix, ...]:
    """TensorFlow's other allocator, when TensorFlow itself advises it."""
    if not any(_HINT in text for text in (crash.message, *crash.above)):
        return ()
    name, _, setting = _HINT.partition("=")
    rerun = launch_changes.with_variable(surroundings.command, name, setting)
    if rerun is None or rerun.old == rerun.new:
        return ()
    by = f"setting {code(_HINT)} for the command, as TensorFlow advises against fragmentation"
    return (Fix("set-allocator", "Use the other allocator", by, Safety.SAFE, (rerun,)),)


def _preallocation(crash: Crash, surroundings: Surroundings) -> tuple[Fix, ...]:
    """JAX beside another process: it takes three quarters of the card when it starts."""
    if not any("/jax/" in frame.file.replace("\\", "/") for frame in crash.frames):
        return ()
    name = "XLA_PYTHON_CLIENT_PREALLOCATE"
    rerun = launch_changes.with_variable(surroundings.command, name, "false")
    if rerun is None or rerun.old == rerun.new:
        return ()
    by = f"setting {code(name + '=false')} for the command, so that JAX takes only what it uses"
    title = "Leave room for others on the card"
    return (Fix("do-not-preallocate", title, by, Safety.ASK, (rerun,)),)


RULE = Rule("accelerator-out-of-memory", Category.OOM, ("exception",), explain)
