"""A script that is meant for a launcher, started through torchrun of the very same Python."""

from __future__ import annotations

from propel_helper.facts.finding import Fix, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.rules import launch_changes
from propel_helper.rules.launch_text import launch_of

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
    """The launch under torchrun, as the one process that it is now; empty where it has a launcher."""
    launch = launch_of(surroundings)
    changes = launch_changes.under_torchrun(launch) if launch else None
    if launch is None or changes is None:
        return ()
    before = {word.value.rpartition("/")[2] for word in launch.words[: launch.program]}
    if before & _OTHER_LAUNCHERS:
        return ()
    by = (
        "starting the script through torchrun as one process, as many as before (give "
        "`--nproc_per_node` the number of GPUs for more: that changes the global batch)"
    )
    steps = launch_changes.steps(launch, changes)
    return (Fix("start-with-torchrun", "Start it with torchrun", by, Safety.ASK, steps),)
