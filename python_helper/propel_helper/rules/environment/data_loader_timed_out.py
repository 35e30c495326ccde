"""data-loader-timed-out: no batch came from the data loader's workers in time.

## What happened
The training loop waited for the next batch longer than the loader's `timeout`, and gave up.

## Why it happens
The storage is slow or hangs, a worker waits for something that never comes (a download, a lock, a
thread that was lost in the fork), or one sample takes much longer than the others.

## What the fix changes
Where the launch says how many workers there are: none, so that the training process loads the data
itself and shows where it waits. Otherwise nothing.

## Fix safety
Safe: the same data is loaded, more slowly.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, workers
from propel_helper.rules.said import said
from propel_helper.rules.steps import guide

# torch/utils/data/dataloader.py, 1.0 to 2.13.
_WORDS = Wording(r"DataLoader timed out after (?P<seconds>[\d.]+) seconds")
_SEE = guide(
    "see-where-it-waits",
    "See where it waits",
    "Run once without workers (`num_workers=0`) and look at the line that does not return: `py-spy "
    "dump --pid` shows it. If the storage is only slow, raise the loader's `timeout`.",
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wording above."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    return Explanation(
        error="a data loader that timed out",
        because=f"no worker handed over a batch for {found['seconds']} seconds",
        fixes=(*workers.fewer(surroundings, none=True), _SEE),
    )


RULE = Rule("data-loader-timed-out", Category.ENVIRONMENT, ("RuntimeError",), explain)
