"""run-without-its-launcher: the script is meant for a launcher and was started without one.

## What happened
The code wants to join a group of processes, and the variables that tell it which one it is are not
set.

## Why it happens
The script was started with `python`. A launcher (`torchrun`, `srun`, `accelerate launch`) sets RANK,
WORLD_SIZE, MASTER_ADDR and the others. A script that starts its processes itself (`mp.spawn`) has to say
where they meet.

## What the fix changes
The launch command: the script is started through torchrun of the same Python, as one process on this
machine. Where the README or one script of the project launches the same script through torchrun, and the
script exchanges through gloo and names no GPU, that line's number of processes is offered first. A script
that starts its processes itself gets MASTER_ADDR and MASTER_PORT of this machine in front. A command that has a launcher already (`srun`, `mpirun`) is left alone: a step says what is
missing.

## Fix safety
Ask: one process is what the command started before, but the number of processes is part of the global
batch; give `--nproc_per_node` another number if more are meant.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation, Fix, RerunStep, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, launch_changes, torchrun
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
# A process that the script itself has started.
_SPAWNED = Wording(r"/multiprocessing/(?:spawn|process)\.py$")
_MEETING = ("MASTER_ADDR", "MASTER_PORT")
_TELL = (
    "Export `MASTER_ADDR=127.0.0.1` and a free `MASTER_PORT` before the command, where all processes run on "
    "this machine; `rank` and `world_size` are the script's own to hand to `init_process_group`. No launcher "
    "is needed: it would start the script's processes several times."
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim torch.distributed's words about variables that a launcher sets."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    if any(_SPAWNED.search(frame.file.replace("\\", "/")) for frame in crash.frames):
        return _by_itself(found["name"] or found["local"], surroundings)
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


def _by_itself(name: str, surroundings: Surroundings) -> Explanation:
    """A script that is its own launcher, whose processes lack ``name``."""
    fixes: tuple[Fix, ...] = ()
    step = None
    if name in _MEETING:
        step = launch_changes.with_variable(surroundings.command, "MASTER_PORT", "29500")
        step = step and launch_changes.with_variable(step.new, "MASTER_ADDR", "127.0.0.1")
    if step is not None and surroundings.command and not _sets(surroundings.command):
        by = (
            "letting the processes meet on this machine (`MASTER_ADDR=127.0.0.1 MASTER_PORT=29500`)"
        )
        run = RerunStep(surroundings.command, step.new)
        fixes = (Fix("meet-on-this-machine", "Meet on this machine", by, Safety.ASK, (run,)),)
    return Explanation(
        "processes that are not told how to find each other",
        f"the script starts them itself, and {code(name)}, which they need to join their group, is not there",
        fixes=fixes or (guide("tell-the-processes", "Tell the processes", _TELL),),
    )


def _sets(command: str) -> bool:
    return any(name in command for name in _MEETING)


RULE = Rule("run-without-its-launcher", Category.DISTRIBUTED, ("exception",), explain)
