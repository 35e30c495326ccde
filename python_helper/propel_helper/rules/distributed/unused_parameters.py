"""unused-parameters: parameters took no part in the loss, and DistributedDataParallel waited for them.

## What happened
DistributedDataParallel exchanges the gradient of every parameter. In the step before, some parameters
got none, so the exchange never ended.

## Why it happens
A branch of the model was not used, an output was left out of the loss, or a part is meant to be frozen
and still requires a gradient. On one GPU the same model trains without a word.

## What the fix changes
Nothing by itself. `find_unused_parameters=True`, which the message names, is right only if those
parameters are meant to be unused in this step; otherwise the model or its loss has a mistake that only
you can see.

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

# c10d/reducer.cpp, 1.1 to 2.13; lightning's strategy.
_WORDS = Wording(
    r"Expected to have finished reduction in the prior iteration"
    r"|It looks like your LightningModule has parameters that were not used in producing the loss"
)
_INDICES = Wording(
    r"Parameter indices which did not receive grad for rank (?P<rank>\d+): (?P<list>[\d ]+)"
)
_NAMES = Wording(r"Parameters which did not receive grad for rank (?P<rank>\d+): (?P<list>[^\n]+)")
_MOST = 6
_SEE = guide(
    "see-which-parameters",
    "See which parameters",
    "Run once with `TORCH_DISTRIBUTED_DEBUG=DETAIL` before the command: PyTorch then names the "
    "parameters. If they are meant to be unused, wrap the model with `find_unused_parameters=True`; "
    "if not, the loss leaves out a part of the model.",
)


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim DDP's words about a reduction that did not end."""
    if said(crash, _WORDS) is None:
        return None
    return Explanation(
        error="parameters that got no gradient",
        because=f"DistributedDataParallel waits for every gradient and {_which(crash)}",
        fixes=(_SEE,),
    )


def _which(crash: Crash) -> str:
    found = said(crash, _NAMES) or said(crash, _INDICES)
    if found is None:
        return "some parameters took no part in the loss of the step before"
    separator = "," if "," in found["list"] else None
    every = [part.strip() for part in found["list"].split(separator)]
    some = ", ".join(every[:_MOST]) + (
        f" and {len(every) - _MOST} more" if len(every) > _MOST else ""
    )
    return f"parameters {some} got none on rank {found['rank']} in the step before"


RULE = Rule("unused-parameters", Category.DISTRIBUTED, ("exception",), explain)
