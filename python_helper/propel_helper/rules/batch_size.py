"""A smaller batch by the launch command's own argument: suggested with its numbers, never edited."""

from __future__ import annotations

from propel_helper.facts.finding import Fix, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.rules import launch_changes
from propel_helper.rules.launch_text import launch_of
from propel_helper.rules.words import code

# How many samples one process takes at once, as training scripts and frameworks call it.
_OPTIONS = (
    "--batch_size",
    "--batch",
    "--bs",
    "--train_batch_size",
    "--per_device_train_batch_size",
    "--per_gpu_train_batch_size",
    "--micro_batch_size",
    "--train_micro_batch_size_per_gpu",
    "--batch_size_per_gpu",
    "--batch_size_per_device",
    "--samples_per_gpu",
    "--device_batch_size",
    "--batchsize",
    "-b",
)
_ACCUMULATION = ("--gradient_accumulation_steps", "--accumulate_grad_batches", "--grad_accum_steps")


def given(surroundings: Surroundings) -> str | None:
    """The batch that the confirmed command asks for, as written."""
    launch = launch_of(surroundings)
    option = launch.option(*_OPTIONS) if launch else None
    return option.value if option else None


def halved(surroundings: Surroundings) -> tuple[Fix, ...]:
    """The confirmed command with half the batch; empty where the command itself names none."""
    launch = launch_of(surroundings)
    option = launch.option(*_OPTIONS) if launch else None
    if launch is None or launch.file is not None or option is None:
        return ()
    if not (option.value or "").isdigit() or int(option.value or 0) < 2:
        return ()
    new = str(int(option.value or 0) // 2)
    accumulation = launch.option(*_ACCUMULATION)
    keeps = (
        f"doubling {code(accumulation.name)} as well would keep the effective batch"
        if accumulation
        else "accumulating gradients over two steps would keep the effective batch"
    )
    changed = launch_changes.steps(launch, [launch_changes.value(option, new)])
    by = (
        f"starting it with {code(option.with_value(new))} instead of {option.value}, which changes "
        f"what training learns ({keeps})"
    )
    return (Fix("halve-batch", "Halve the batch of the command", by, Safety.ASK, changed),)
