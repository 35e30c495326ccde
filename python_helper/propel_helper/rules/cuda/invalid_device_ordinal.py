"""invalid-device-ordinal: a GPU number was used that does not exist.

## What happened
The program chose a GPU by its number, and the machine, or `CUDA_VISIBLE_DEVICES`, has fewer.

## Why it happens
More processes were started than there are GPUs, a number is written into the code,
`CUDA_VISIBLE_DEVICES` hides GPUs and renumbers the rest from 0, every process takes its global rank
for its local one, or `-1` was given for the CPU to a program that makes a device of it.

## What the fix changes
Where the launch command itself names the number (`--device cuda:4`, `--gpu 4`) or the number of
processes (`--nproc_per_node 8`), that number. Otherwise nothing: a step says how GPUs are counted.

## Fix safety
Ask: another GPU may be in use by somebody else, and the number of processes is part of the global
batch.
"""

from __future__ import annotations

import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation, Fix, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, launch_changes
from propel_helper.rules.launch_text import Launch, Option, launch_of
from propel_helper.rules.said import said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code

# cudart error 101; c10/cuda/CUDAMiscFunctions.cpp; c10/core/Device.cpp; torch/cuda/__init__.py; lightning's device parser.
_WORDS = Wording(
    r"invalid device ordinal|CUDA_ERROR_INVALID_DEVICE"
    r"|device (?:id|index|ordinal) .*(?:out of range|is not available)"
    r"|device_id \S+ is out of range"
    r"|CUDA device \d+ is not available"
    r"|Invalid device id|Invalid peer device id"
    r"|Device index must not be negative|Invalid device string: '(?:cuda|xpu|mps):-\d"
    r"|[Yy]ou requested (?:gpu|GPU|cuda|CUDA)s?: .*\s+But your machine only has: \[\d"
)
_NEGATIVE = Wording(r"must not be negative|device string: '\w+:-")
_NUMBER = re.compile(r"(?P<head>(?:cuda:)?)(?P<number>\d+)")
_OPTIONS = (
    "--device",
    "--gpu",
    "--gpu_id",
    "--gpuid",
    "--cuda_device",
    "--device_id",
    "--local_rank",
)
_PROCESSES = ("--nproc_per_node", "--num_processes", "--num_gpus")
_COUNT = guide(
    "choose-existing-gpu",
    "Choose a GPU that exists",
    "Start as many processes as there are visible GPUs (`nvidia-smi -L`), and choose the device by "
    "the local rank; with `CUDA_VISIBLE_DEVICES` the visible GPUs count from 0.",
)
_OWN_NUMBER = guide(
    "choose-gpu-or-cpu",
    "Choose a GPU, or the CPU by its name",
    "Give the number of a visible GPU, counted from 0 (`nvidia-smi -L`). For the CPU, give what this "
    "program takes for it (`--device cpu`, `--no-cuda`, no number at all): its help or its parser "
    "names that.",
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    if said(crash, _WORDS) is None:
        return None
    if said(crash, _NEGATIVE) is not None:
        return Explanation(
            "a negative GPU number",
            "GPUs are counted from 0; some programs take -1 for the CPU, and PyTorch does not",
            fixes=(_OWN_NUMBER,),
        )
    launch = launch_of(surroundings)
    visible = launch.variable("CUDA_VISIBLE_DEVICES") if launch else None
    because = "the program chose a GPU by a number that this machine does not have"
    if visible is not None and visible.value:
        count = len(visible.value.split(","))
        because = (
            f"{code('CUDA_VISIBLE_DEVICES=' + visible.value)} shows the program {count} "
            f"{'GPUs' if count > 1 else 'GPU'}, counted from 0, and it chose another number"
        )
    fixes = (_renumbered(launch, visible), _fewer(launch, crash)) if launch else ()
    return Explanation(
        error="a GPU number that does not exist",
        because=because,
        fixes=(*(fix for fix in fixes if fix is not None), _COUNT),
    )


def _renumbered(launch: Launch, visible: Option | None) -> Fix | None:
    """The command's own device number as it counts among the visible GPUs."""
    option = launch.option(*_OPTIONS)
    number = _NUMBER.fullmatch(option.value or "") if option else None
    if option is None or number is None:
        return None
    shown = (visible.value or "").split(",") if visible else []
    right = shown.index(number["number"]) if number["number"] in shown else 0
    new = f"{number['head']}{right}"
    if new == option.value:
        return None
    changed = launch_changes.steps(launch, [launch_changes.value(option, new)])
    which = f"the visible GPU {right}" if right or number["number"] in shown else "the first GPU"
    by = f"starting it with {code(option.with_value(new))}, {which}"
    return Fix("choose-visible-gpu", "Use a GPU that is there", by, Safety.ASK, changed)


def _fewer(launch: Launch, crash: Crash) -> Fix | None:
    """As many processes as ranks below the first one that found no GPU."""
    option = launch.launcher_option(*_PROCESSES)
    nodes = launch.launcher_option("--nnodes", "--num_nodes", "--num_machines")
    count = min(crash.ranks, default=0)
    if (
        option is None
        or not (option.value or "").isdigit()
        or not 0 < count < int(option.value or 0)
    ):
        return None
    if nodes is not None and nodes.value != "1":
        return None
    changed = launch_changes.steps(launch, [launch_changes.value(option, str(count))])
    by = (
        f"starting {count} {'processes' if count > 1 else 'process'} instead of {option.value}, "
        f"because rank {count} found no GPU (which changes the global batch)"
    )
    return Fix("start-fewer-processes", "Start as many as there are GPUs", by, Safety.ASK, changed)


RULE = Rule("invalid-device-ordinal", Category.CUDA, ("exception",), explain)
