"""cache-that-does-not-fit: the GPU has no room left for a generating engine's cache.

## What happened
vLLM (or an engine like it) loaded its model, and what was left of the share of the GPU that it may
use is too small for its cache of keys and values.

## Why it happens
Other processes or the trained model already hold the card, the share (`gpu_memory_utilization`) is
small, or the longest input that it has to serve (`max_model_len`) is too long for this card.

## What the fix changes
Nothing by itself: how the card is shared is yours to say.

## Fix safety
There is nothing to apply.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule
from propel_helper.rules.said import line_of, said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line

# vllm/worker/worker.py and vllm/v1/core/kv_cache_utils.py, 0.4 to 0.11.
_WORDS = Wording(
    r"No available memory for the cache blocks"
    r"|max(?:imum)? seq len \(\d+\) is larger than the maximum number of tokens that can be stored in KV cache"
    r"|KV cache is needed, which is larger than the available KV cache memory"
    r"|Free memory on device .* is less than desired GPU memory utilization"
)


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    return Explanation(
        error="a GPU without room for the engine's cache",
        because=f"the engine said {code(first_line(line_of(found)))}",
        fixes=(
            guide(
                "make-room-for-cache",
                "Make room for the cache",
                "Look at `nvidia-smi` for what else holds the card. If it is free, raise "
                "`gpu_memory_utilization` or lower `max_model_len`; which is right depends on "
                "what runs beside it.",
            ),
        ),
    )


RULE = Rule("cache-that-does-not-fit", Category.OOM, ("exception",), explain)
