"""ranks-that-differ: the processes of the run don't do the same.

## What happened
Distributed training needs every process to hold the same model and to take part in every exchange, and
one did not.

## Why it happens
A model that is built differently on one rank (another number of classes, another config), a branch
that only one rank takes, or a different order of exchanges.

## What the fix changes
Nothing: which of the ranks is right is the code's own matter.

## Fix safety
There is nothing to apply.
"""

from __future__ import annotations

import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule
from propel_helper.rules.said import line_of, said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line

# torch/distributed/utils.py; c10d/reducer.cpp and ProcessGroupWrapper.cpp, 1.7 to 2.13.
_WORDS = Wording(
    r"appears not to match (?:sizes|strides|\w+) of the same param"
    r"|Detected mismatch between collectives on ranks"
    r"|DDP expects same model across all ranks"
    r"|[Dd]etected at least one (?:rank|parameter) (?:that|which)"
    r"|DistributedDataParallel is not needed when a module doesn't have any parameter"
    r"|[Rr]anks? (?:have|has) (?:a )?different (?:number of|shape|size)"
)
_PARAMETER = Wording(
    r"\[(?P<rank>\d+)\]: params\[(?P<index>\d+)\] in this process with sizes (?P<sizes>\[[\d, ]*\])"
)
_OPERATIONS = Wording(
    r"Rank (?P<one>\d+) is running collective: .*?OpType=(?P<first>\w+).*?"
    r"but Rank (?P<other>\d+) is running collective: .*?OpType=(?P<second>\w+)",
    re.DOTALL,
)
_FROZEN = "DistributedDataParallel is not needed"
_COMPARE = guide(
    "compare-ranks",
    "See what differs",
    "Run once with `TORCH_DISTRIBUTED_DEBUG=DETAIL` before the command: PyTorch then names the parameter "
    "or the collective. Look for what depends on the rank: branches, configs, data that decides sizes.",
)
_LEAVE_OUT = guide(
    "leave-it-unwrapped",
    "Leave it unwrapped, or unfreeze it",
    "A module without a parameter to train needs no DistributedDataParallel: leave it as it is, or set "
    "`requires_grad` where it should be trained.",
)


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    if found[0].startswith(_FROZEN):
        because = "DistributedDataParallel was given a module of which no parameter is trained"
        return Explanation("a wrapped module with nothing to train", because, fixes=(_LEAVE_OUT,))
    return Explanation("ranks that differ", _because(crash, found), fixes=(_COMPARE,))


def _because(crash: Crash, found: re.Match[str]) -> str:
    parameter = said(crash, _PARAMETER)
    if parameter is not None:
        return (
            f"parameter {parameter['index']} has the sizes {parameter['sizes']} on rank "
            f"{parameter['rank']} and others on rank 0"
        )
    operations = said(crash, _OPERATIONS)
    if operations is not None:
        return (
            f"rank {operations['one']} was at {code(operations['first'])} while rank "
            f"{operations['other']} was at {code(operations['second'])}"
        )
    return f"one of them did not do as the others ({first_line(line_of(found))})"


RULE = Rule("ranks-that-differ", Category.DISTRIBUTED, ("exception",), explain)
