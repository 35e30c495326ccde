"""process-group-not-ready: the process group is used before it is there, or made twice.

## What happened
A collective or a distributed sampler was used, and `init_process_group` had not been called in
this process; or it was called a second time.

## Why it happens
The script was started without its launcher and skipped the setup, the setup comes too late, or
a framework has done it already.

## What the fix changes
Where the script was started with `python` and its own code sets the group up from RANK or WORLD_SIZE:
the launch command, which starts it through torchrun of the same Python, as one process. Otherwise
nothing: where the setup belongs is a question of the code.

## Fix safety
Ask: one process is what the command started before, but the number of processes is part of the global
batch.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, torchrun
from propel_helper.rules.said import said
from propel_helper.rules.steps import guide

# torch/distributed/distributed_c10d.py, 1.9 to 2.13.
_WORDS = Wording(
    r"Default process group has not been initialized"
    r"|Default process group is not initialized"
    r"|trying to initialize the default process group twice"
    r"|torch\.distributed is not (?:yet )?initialized"
    r"|Horovod has not been initialized"
    r"|AcceleratorState.*(?:not|has not) (?:been )?initialized"
    r"|[Pp]rocess group (?:not|is not) initialized"
)
_TWICE = Wording(r"twice")
_FROM_LAUNCHER = Wording(r"['\"](?:RANK|WORLD_SIZE|LOCAL_RANK|SLURM_PROCID)['\"]|\benv://")
_SET_UP = guide(
    "set-up-group",
    "Set the group up once",
    "Start the script with its launcher (`torchrun --standalone --nproc_per_node=N script.py`), or call "
    "`init_process_group` before the line shown.",
)
_GUARD = guide(
    "set-up-once",
    "Set the group up once",
    "Put `if not dist.is_initialized():` before the second `init_process_group`, which is the line "
    "shown; a framework may have made the group already.",
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    if _TWICE.search(found[0]):
        because = "the process group exists already and `init_process_group` was called once more"
        return Explanation("a process group that is made twice", because, fixes=(_GUARD,))
    rerun = torchrun.instead_of_python(surroundings) if _waits(crash, surroundings) else ()
    return Explanation(
        error="a process group that is not ready",
        because=(
            "it is used, and `init_process_group` was not called in this process"
            + (": the code calls it only under a launcher" if rerun else "")
        ),
        fixes=(*rerun, _SET_UP),
    )


def _waits(crash: Crash, surroundings: Surroundings) -> bool:
    """Whether the person's own code sets the group up from what a launcher sets."""
    texts = [
        surroundings.text(file) or ""
        for file in dict.fromkeys(frame.file for frame in crash.frames)
        if surroundings.is_own(file)
    ]
    return any("init_process_group" in text and _FROM_LAUNCHER.search(text) for text in texts)


RULE = Rule("process-group-not-ready", Category.DISTRIBUTED, ("exception",), explain)
