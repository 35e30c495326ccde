"""checkpoint-for-another-model: the checkpoint's tensors are not those of this model.

## What happened
A checkpoint was loaded into a model, and names or sizes of their tensors differ.

## Why it happens
The model was changed since it was saved, another model or another number of classes was chosen,
or the checkpoint was saved from a wrapped model (its names start with `module.`).

## What the fix changes
Nothing: this is part of what the training means, and only you can say what is right.

## Fix safety
There is no fix: loading only what fits would train another model than you think. If the wrong
checkpoint or model was named, correct that in the command.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule
from propel_helper.rules.said import said

# torch/nn/modules/module.py load_state_dict; optimizer.load_state_dict; keras; flax;
# tensorflow/core/kernels/save_restore_tensor.cc.
_WORDS = Wording(
    r"Error\(s\) in loading state_dict for"
    r"|size mismatch for [\w.]+: copying a param"
    r"|Missing key\(s\) in state_dict|Unexpected key\(s\) in state_dict"
    r"|loaded state dict (?:has a different number of parameter groups|contains a parameter group that doesn't match)"
    r"|Key \S+ not found in checkpoint"
    r"|Layer count mismatch when loading weights|You are trying to load a weight file containing \d+ layers"
)


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    return Explanation(
        error="a checkpoint of another model",
        because="names or sizes of the checkpoint's tensors are not those of the model",
    )


RULE = Rule("checkpoint-for-another-model", Category.LOGIC, ("exception",), explain)
