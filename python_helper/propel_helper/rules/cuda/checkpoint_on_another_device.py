"""checkpoint-on-another-device: a checkpoint was saved from a GPU that is not here.

## What happened
`torch.load` restores each tensor on the device that it was saved from, and that device does not
exist on this machine.

## Why it happens
The checkpoint was written on a machine with a GPU, or with more GPUs, and is read on one without.

## What the fix changes
One argument of the call that loads, where the traceback shows it: `map_location="cpu"`, so that the
tensors come to the CPU first. The code that moves the model to its device is left alone.

## Fix safety
Safe: the values are the same, they only arrive on another device. `load_state_dict` copies them to
wherever the model is.
"""

from __future__ import annotations

import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation, Fix, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, call_edits, loading
from propel_helper.rules.said import said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code

# torch/serialization.py: validate_cuda_device (1.2 to 2.2), _validate_device and
# default_restore_location (to 2.13).
_WORDS = Wording(
    r"Attempting to deserialize object on (?:a )?(?P<kind>CUDA|HPU|XPU|MPS|\w+) device"
    r"(?: (?P<index>\d+))? but torch\.\w+\.(?:is_available|device_count)\(\) is (?P<count>\w+)"
    r"|don't know how to restore data location of .+ \(tagged with (?P<tag>[\w:]+)\)"
)
_GUIDE = guide(
    "load-on-cpu-yourself",
    "Load with map_location",
    'Give the call that loads the checkpoint `map_location="cpu"`, or the device that the program uses.',
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above, and edit the call in the person's own code that loads."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    return Explanation(
        error="a checkpoint of another device",
        because=_because(found),
        fixes=(_edit(crash, surroundings) or _GUIDE,),
    )


def _because(found: re.Match[str]) -> str:
    if found["tag"]:
        return f"its tensors were saved from {code(found['tag'])}, which this PyTorch does not know"
    if found["index"]:
        device, count = code(f"{found['kind'].lower()}:{found['index']}"), found["count"]
        return f"its tensors were saved from {device} and this process sees {count} such devices"
    return f"its tensors were saved from a {found['kind']} device and none is available here"


def _edit(crash: Crash, surroundings: Surroundings) -> Fix | None:
    load = loading.load_call(crash, surroundings)
    if load is None:
        return None
    value = call_edits.quoted(load.text, "cpu")
    free = loading.passes_nowhere("map_location", load, crash, surroundings)
    edit = call_edits.with_keyword(
        load.file, load.text, load.call, "map_location", value, unpacked=free
    )
    if edit is None:
        return None
    return Fix(
        "load-on-cpu",
        "Load on the CPU first",
        f"giving {code(load.name)} the argument {code(f'map_location={value}')}",
        Safety.SAFE,
        (edit,),
    )


RULE = Rule("checkpoint-on-another-device", Category.CUDA, ("exception",), explain)
