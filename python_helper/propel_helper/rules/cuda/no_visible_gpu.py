"""no-visible-gpu: a GPU was asked for and none is visible to the program.

## What happened
The framework works, and sees no GPU, or fewer than the program asks for.

## Why it happens
`CUDA_VISIBLE_DEVICES` is empty or names GPUs that are not there, the job was given no GPU, another
build of the framework is active, or the code asks for GPUs that this machine does not have.

## What the fix changes
Where the program can run on the CPU, what asks for the GPU: the device option of the launch
command, the device in the config file that the command names or the code loads, or the literal of the code that
failed. Where the command itself hides the GPUs with `CUDA_VISIBLE_DEVICES`, that variable. Otherwise
nothing: a step says what to look at.

## Fix safety
Ask: on the CPU the same things are computed, much more slowly; a GPU that was hidden may be in use
by somebody else; and the number of GPUs is part of the global batch.
"""

from __future__ import annotations

import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation, Fix, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, device_choice, launch_changes
from propel_helper.rules.launch_text import launch_of
from propel_helper.rules.said import line_of, said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line

# cudart error 100; lightning's accelerators; jax/_src/xla_bridge.py; ultralytics; tensorflow.
_WORDS = Wording(
    r"No CUDA GPUs are available"
    r"|no CUDA-capable device is detected"
    r"|CUDA_ERROR_NO_DEVICE"
    r"|^0 active drivers \(\[\]\)"  # triton/runtime/driver.py
    r"|No supported gpu backend found"
    r"|[Yy]ou requested (?:gpu|GPU|cuda|CUDA)s?: .*\s+But your machine only has: \[\]"
    r"|Unknown backend: '(?:gpu|cuda|rocm|tpu)' requested"
    r"|Unknown backend:? (?:gpu|cuda|rocm|tpu)\b"
    r"|Unable to initialize backend '(?:gpu|cuda|rocm|tpu)'"
    r"|\w*Accelerator[`']? can not run on your system"
    r"|requires a GPU, but (?:none|no)"
    r"|(?:require|need|request)\w* (?:at least )?\d+ GPUs?\b.{0,30}\bonly \d+ (?:GPUs? )?(?:is |are )?(?:available|found|visible)"
    r"|CUDA unavailable, invalid device"
    r"|Invalid CUDA 'device="
    r"|(?:GPU|CUDA|cuda) is not available|No GPU (?:found|available|detected)"
    r"|torch\.cuda\.is_available\(\) (?:is|returned|==) False(?! and)"
    r"|Could not satisfy (?:explicit )?device specification '\S*device:GPU"
    r"|Cannot access accelerator device when none is available"
    r"|Need to provide pin_memory allocator to use pin memory"
    r"|Expected a cuda device, but got: cpu"
    r"|There was no GPU available|no GPUs? (?:is|are) available"
)
_LOOK = guide(
    "make-gpu-visible",
    "Make the GPU visible",
    "Check `nvidia-smi` and `echo $CUDA_VISIBLE_DEVICES` where the run starts, and what the job was "
    "given; ask for a GPU, or start with the program's option for the CPU.",
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None or "deserialize" in found.string:
        return None
    hidden = _hidden(surroundings)
    cpu, shown = device_choice.on_the_cpu(crash, surroundings), _shown(surroundings)
    # A launch that hides the GPU is mended before a line that may do without one.
    alone = any(fix.id in {"guard-gpu-call", "ask-for-the-gpu-first"} for fix in cpu)
    return Explanation(
        error="a GPU that the program cannot see",
        because=_because(found, hidden),
        fixes=(*((*shown, *cpu) if alone else (*cpu, *shown)), _LOOK),
    )


def _hidden(surroundings: Surroundings) -> str | None:
    """What the launch sets ``CUDA_VISIBLE_DEVICES`` to, or None."""
    launch = launch_of(surroundings)
    option = launch.variable("CUDA_VISIBLE_DEVICES") if launch else None
    return option.value if option else None


def _because(found: re.Match[str], hidden: str | None) -> str:
    words = f"it asked for a GPU and none is visible to it ({first_line(line_of(found))})"
    if hidden is None:
        return words
    return f"{words}; the launch sets {code('CUDA_VISIBLE_DEVICES=' + hidden)}"


def _shown(surroundings: Surroundings) -> tuple[Fix, ...]:
    launch = launch_of(surroundings)
    option = launch.variable("CUDA_VISIBLE_DEVICES") if launch else None
    if launch is None or option is None or option.value == "0":
        return ()
    changed = launch_changes.steps(launch, [launch_changes.value(option, "0")])
    by = (
        "starting it with `CUDA_VISIBLE_DEVICES=0`, the first GPU, which somebody else may be using"
    )
    return (Fix("show-first-gpu", "Use the first GPU", by, Safety.ASK, changed),)


RULE = Rule("no-visible-gpu", Category.CUDA, ("exception",), explain)
