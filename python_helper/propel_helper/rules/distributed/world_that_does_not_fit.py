"""world-that-does-not-fit: the numbers of processes, ranks or slots don't fit each other.

## What happened
A number that says how many processes there are, or which one this is, does not agree with
another.

## Why it happens
The launcher was told another number than the config, the hostfile or the machine has.

## What the fix changes
Where `torchrun` was to count GPUs (`--nproc_per_node=gpu`) and there is none: one process. Where the
launch command itself gives a rank that is one too high: ranks count from 0. Otherwise nothing: the
number of processes is part of the global batch.

## Fix safety
Ask: both change which part of the data a process trains on.
"""

from __future__ import annotations

import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation, Fix, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, launch_changes
from propel_helper.rules.launch_text import launch_of
from propel_helper.rules.said import line_of, said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line

# torch/utils/data/distributed.py; deepspeed/launcher/runner.py; megatron; torchrun.
_WORDS = Wording(
    r"Invalid rank \d+, rank should be in the interval"
    r"|No slot '\d+' specified on host"
    r"|no GPU resources available"
    r"|Cannot specify num_nodes/gpus with include/exclude"
    r"|world[_ ]size \(?\d+\)? (?:is|must be|should be) (?:not )?(?:divisible|larger|greater|equal)"
    r"|size of the world \(\d+\) is not divisible|world size \(?\d+\)? is not divisible"
    r"|(?:tensor|pipeline|data|context|sequence)[_ -](?:model[_ -])?parallel.{0,60}(?:divisible|must|world)"
    r"|world[_ ]size of \d+ but (?:the )?current world[_ ]size is \d+"
    r"|rank \d+ .*(?:>=|out of range|exceeds).*world"
    r"|nproc_per_node.*(?:exceeds|greater|invalid)|Unsupported nproc_per_node value"
    r"|local_rank.*(?:out of range|exceeds)"
    r"|You selected .*devices=.*num_nodes"
    r"|^(?:Cuda|Xpu) is not available\.",
    re.MULTILINE,
)
_RANK = Wording(r"Invalid rank (?P<rank>\d+), rank should be in the interval \[0, (?P<last>\d+)\]")
_COUNTED = Wording(
    r"^(?:Cuda|Xpu) is not available\.|Unsupported nproc_per_node value", re.MULTILINE
)
_MATCH = guide(
    "match-numbers",
    "Make the numbers agree",
    "Compare the launcher's numbers of nodes and processes with the config's, the hostfile's and the "
    "machine's. Changing them changes the global batch.",
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None or (_COUNTED.search(found.string) and not _by_launcher(crash)):
        return None
    rank = said(crash, _RANK)
    because = f"they contradict each other ({first_line(line_of(found))})"
    if _COUNTED.search(found.string):
        because = f"torchrun was to count what is not there ({first_line(line_of(found))})"
    if rank is not None:
        because = (
            f"rank {rank['rank']} was given and the ranks of this world are 0 to {rank['last']}"
        )
    return Explanation(
        error="numbers of processes that don't fit",
        because=because,
        fixes=(*_one_process(found, surroundings), *_from_zero(rank, surroundings), _MATCH),
    )


def _by_launcher(crash: Crash) -> bool:
    return any("torch/distributed/" in frame.file.replace("\\", "/") for frame in crash.frames)


def _one_process(found: re.Match[str], surroundings: Surroundings) -> tuple[Fix, ...]:
    launch = launch_of(surroundings)
    option = launch.launcher_option("--nproc_per_node") if launch else None
    if launch is None or option is None or not _COUNTED.search(found.string):
        return ()
    steps = launch_changes.steps(launch, [launch_changes.value(option, "1")])
    by = f"starting one process ({code(option.with_value('1'))}), because there is no GPU to count"
    return (Fix("start-one-process", "Start one process", by, Safety.ASK, steps),)


def _from_zero(rank: re.Match[str] | None, surroundings: Surroundings) -> tuple[Fix, ...]:
    """A rank of the launch that is the number of processes: one too high."""
    launch = launch_of(surroundings)
    if rank is None or launch is None or int(rank["rank"]) != int(rank["last"]) + 1:
        return ()
    for option in (launch.variable("RANK"), launch.option("--rank", "--node_rank", "--shard")):
        if option is not None and option.value == rank["rank"]:
            steps = launch_changes.steps(launch, [launch_changes.value(option, rank["last"])])
            new = code(option.with_value(rank["last"]))
            by = f"starting it with {new}, because ranks count from 0"
            return (Fix("count-from-zero", "Count ranks from 0", by, Safety.ASK, steps),)
    return ()


RULE = Rule("world-that-does-not-fit", Category.DISTRIBUTED, ("exception",), explain)
