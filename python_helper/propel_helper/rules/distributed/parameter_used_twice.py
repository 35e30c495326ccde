"""parameter-used-twice: a parameter's gradient was ready twice in one step.

## What happened
DistributedDataParallel expects each parameter's gradient once in a backward pass, and got one twice.

## Why it happens
A part of the model runs twice in a step with activation checkpointing (`use_reentrant=True`), a
parameter is used outside `forward`, or unused parameters are looked for in a model that checkpoints.

## What the fix changes
Nothing by itself: how the model is run is the code's own.

## Fix safety
There is nothing to apply.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule
from propel_helper.rules.said import said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code

# c10d/reducer.cpp, 1.1 to 2.13.
_WORDS = Wording(
    r"Expected to mark a variable ready only once|Your training graph has changed in this iteration"
)
_NAME = Wording(
    r"Parameter at index (?P<index>\d+)(?: with name (?P<name>[\w.]+))? has been marked"
)
_RUN = guide(
    "run-it-once",
    "Let it be used once",
    "With activation checkpointing pass `use_reentrant=False` to `checkpoint`, and leave "
    "`find_unused_parameters` off; or wrap the model with `static_graph=True` if it does the same in "
    "every step.",
)


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim DDP's words about a gradient that came twice."""
    if said(crash, _WORDS) is None:
        return None
    found = said(crash, _NAME)
    which = code(found["name"] or f"number {found['index']}") if found else "a parameter"
    return Explanation(
        error="a parameter that is used twice",
        because=f"the gradient of {which} was ready more than once in one backward pass",
        fixes=(_RUN,),
    )


RULE = Rule("parameter-used-twice", Category.DISTRIBUTED, ("exception",), explain)
