"""run-without-its-launcher: the script is meant for a launcher and was started without one.

## What happened
The code wants to join a group of processes, and the variables that tell it which one it is are not
set.

## Why it happens
The script was started with `python`. A launcher (`torchrun`, `srun`, `accelerate launch`) sets RANK,
WORLD_SIZE, MASTER_ADDR and the others.

## What the fix changes
The launch command: the script is started through torchrun of the same Python, as one process on this
machine. Where the README or one script of the project launches the same script through torchrun, and the
script exchanges through gloo and names no GPU, that line's number of processes is offered first. A command that has a launcher already (`srun`, `mpirun`) is left alone: a step says what is
missing.

## Fix safety
Ask: one process is what the command started before, but the number of processes is part of the global
batch; give `--nproc_per_node` another number if more are meant.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, torchrun
from propel_helper.rules.said import said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code

# torch/distributed/rendezvous.py _env_rendezvous_handler; distributed_c10d.py get_node_local_rank.
_WORDS = Wording(
    r"env:// rendezvous: environment variable (?P<name>\w+) expected, but not set"
    r"|(?P<local>LOCAL_RANK) is not in the environment"
)
_START = (
    "Start the script with `torchrun --standalone --nproc_per_node=N script.py`, N processes on this "
    "machine, or have the launcher set what is missing (under `srun`, MASTER_ADDR and MASTER_PORT are "
    "yours to export). The number of processes is part of the global batch."
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim torch.distributed's words about variables that a launcher sets."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    return Explanation(
        "a script that was started without its launcher",
        f"it wants to join a group of processes and {code(found['name'] or found['local'])}, which "
        "the launcher sets, is not there",
        fixes=(
            *torchrun.instead_of_python(surroundings),
            guide(
                "start-with-launcher",
                "Start it with its launcher",
                f"{torchrun.as_told(surroundings)}{_START}",
            ),
        ),
    )


RULE = Rule("run-without-its-launcher", Category.DISTRIBUTED, ("exception",), explain)
