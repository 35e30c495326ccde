"""cuda-in-forked-process: CUDA was used in a process that was forked after it had started.

## What happened
A worker process called CUDA, and its parent had started CUDA before the fork. CUDA does not
survive a fork.

## Why it happens
A dataset or a collate function moves tensors to the GPU inside a DataLoader worker, or the main
program uses CUDA before it starts its processes.

## What the fix changes
Where a data loader's worker did it and the launch says how many workers there are: none, so that the
training process loads the data itself. Otherwise nothing: there are two ways in the code, and they
differ in memory and start-up time.

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

# torch/cuda/__init__.py _lazy_init.
_WORDS = Wording(
    r"Cannot re-initialize CUDA in forked subprocess"
    r"|CUDA error: initialization error.*fork"
)

_KEEP_OUT = guide(
    "keep-cuda-out-of-workers",
    "Keep CUDA out of the workers",
    "Return CPU tensors from the dataset and move the batch in the training loop, or start the "
    'processes with the `spawn` method (`multiprocessing_context="spawn"` of the DataLoader).',
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    if said(crash, _WORDS) is None:
        return None
    loader = any("torch/utils/data" in frame.file.replace("\\", "/") for frame in crash.frames)
    return Explanation(
        error="CUDA in a forked process",
        because=(
            "a worker of the data loader used CUDA, and its parent had started it before the fork"
            if loader
            else "a process used CUDA although its parent had started it before the fork"
        ),
        fixes=(*(workers.fewer(surroundings, none=True) if loader else ()), _KEEP_OUT),
    )


RULE = Rule("cuda-in-forked-process", Category.CUDA, ("exception",), explain)
