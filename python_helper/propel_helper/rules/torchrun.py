"""A script that is meant for a launcher, started through torchrun of the very same Python."""

from __future__ import annotations

import re

from propel_helper.facts.finding import Fix, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.rules import documented_launch, launch_changes
from propel_helper.rules.documented_launch import Documented
from propel_helper.rules.launch_text import Launch, launch_of
from propel_helper.rules.words import code

VARIABLES = frozenset(
    {
        "RANK",
        "LOCAL_RANK",
        "WORLD_SIZE",
        "LOCAL_WORLD_SIZE",
        "GROUP_RANK",
        "ROLE_RANK",
        "MASTER_ADDR",
        "MASTER_PORT",
        "TORCHELASTIC_RUN_ID",
    }
)
"""What torchrun sets for each process (torch/distributed/run.py)."""
_OTHER_LAUNCHERS = frozenset({"srun", "mpirun", "mpiexec", "horovodrun", "jsrun", "aprun"})


def instead_of_python(surroundings: Surroundings) -> tuple[Fix, ...]:
    """The launch under torchrun: as the project says, where this machine surely can, else as one process.

    Empty where it has a launcher.
    """
    launch = launch_of(surroundings)
    changes = launch_changes.under_torchrun(launch) if launch else None
    if launch is None or changes is None:
        return ()
    before = {word.value.rpartition("/")[2] for word in launch.words[: launch.program]}
    if before & _OTHER_LAUNCHERS:
        return ()
    documented = documented_launch.of_script(launch, surroundings)
    told = f"; {documented[0].where} has {code(documented[0].written)}" if documented else ""
    by = (
        "starting the script through torchrun as one process, as many as before (give "
        f"`--nproc_per_node` the number of GPUs for more: that changes the global batch{told})"
    )
    steps = launch_changes.steps(launch, changes)
    alone = Fix("start-with-torchrun", "Start it with torchrun", by, Safety.ASK, steps)
    return (*_as_documented(launch, documented, surroundings), alone)


def as_told(surroundings: Surroundings) -> str:
    """How the project itself launches the script, in a sentence; empty where it does not say."""
    launch = launch_of(surroundings)
    found = documented_launch.of_script(launch, surroundings) if launch else ()
    told = " and ".join(f"{one.where} has {code(one.written)}" for one in found[:2])
    return f"The project says how: {told}. " if told else ""


def _as_documented(
    launch: Launch, documented: tuple[Documented, ...], surroundings: Surroundings
) -> tuple[Fix, ...]:
    """The launch with the launcher of the one line that the project has for it."""
    options = documented[0].options if len(documented) == 1 else None
    if options is None or not _needs_no_gpu(launch, surroundings):
        return ()
    (line,) = documented
    modules = (line.launch, launch)
    if any(one.words[one.script - 1].value in {"-m", "--module"} for one in modules):
        return ()
    at = launch.words[launch.script]
    changes = [(at.start, at.start, f"-m torch.distributed.run {options} ")]
    if launch.script == len(launch.words) - 1:
        if line.arguments is None:
            return ()
        if line.arguments:
            changes.append(launch_changes.arguments(launch, line.arguments))
    many = "process" if line.processes == 1 else "processes"
    by = (
        f"starting the script as {line.where} does ({code(line.written)}), with the run's own Python: "
        f"{line.processes} {many}, whose number is part of the global batch"
    )
    steps = launch_changes.steps(launch, changes)
    return (Fix("start-as-documented", f"Start it as {line.where} does", by, Safety.ASK, steps),)


def _needs_no_gpu(launch: Launch, surroundings: Surroundings) -> bool:
    """Whether the script exchanges through gloo and names no GPU: whether those are there, no text tells."""
    text = surroundings.text(launch.words[launch.script].value) or ""
    return "gloo" in text and re.search(r"nccl|cuda|\bgpu", text, re.IGNORECASE) is None
