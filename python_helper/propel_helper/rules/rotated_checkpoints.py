"""The checkpoint that a run saved last, in place of one that it has rotated away."""

from __future__ import annotations

import json
import re

from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording

_CHECKPOINT = Wording(
    r"\.(?:pt|pth|ckpt|bin|safetensors|npz|npy|h5|pkl|msgpack)$|checkpoint|ckpt|snapshot",
    re.IGNORECASE,
)
_COUNTER = Wording(
    r"(?:^|(?<![A-Za-z])(?:step|epoch|iter|iteration|it|ep|ckpt|checkpoint|snapshot|update|round)s?[-_=.]?)"
    r"\d+(?![A-Za-z\d])",
    re.IGNORECASE,
)
"""How trainers count what they save: ``checkpoint-500``, ``epoch=3.ckpt``, ``iter_12000.pth``, ``12000.pt``."""
# What frameworks write beside their checkpoints to say which one is the last: DeepSpeed, Megatron-LM,
# detectron2 and mmengine, TensorFlow.
_POINTERS = ("latest", "latest_checkpointed_iteration.txt", "last_checkpoint", "checkpoint")
# transformers/trainer_callback.py writes the first into each of its folders.
_STEPS = ("global_step", "step", "epoch", "iteration", "iter")


def newest_alike(path: str, surroundings: Surroundings) -> str | None:
    """A checkpoint that was rotated away: the one beside it that its run wrote last.

    By the same counter: any other number (``resnet18``, ``fold0``, ``v2``, ``b4``) names another
    thing. Who keeps the last few removes the oldest first: where an older one is left, this one was
    never there.
    """
    folder, _, name = path.rpartition("/")
    if not _CHECKPOINT.search(path) or len(re.findall(r"\d+", name)) != 1:
        return None
    if not _COUNTER.search(name):
        return None
    pattern = re.compile(re.sub(r"\\?\d+", r"(?P<number>\\d+)", re.escape(name), count=1))
    found = [
        (int(match["number"]), other)
        for other in surroundings.names(folder or ".")
        if (match := pattern.fullmatch(other))
    ]
    gone = pattern.fullmatch(name)
    if not found or gone is None or min(found)[0] <= int(gone["number"]):
        return None
    return f"{folder}/{max(found)[1]}" if folder else max(found)[1]


def is_last(checkpoint: str, surroundings: Surroundings) -> bool:
    """Whether it is said where it lies that the run was there last; a name's number alone says nothing.

    By the file with which a framework points to its last one, or by the counter that the state itself
    holds, where it is a text that can be read (``trainer_state.json``, a state in JSON).
    """
    folder, _, name = checkpoint.rpartition("/")
    number = "".join(re.findall(r"\d+", name))
    for pointer in _POINTERS:
        said = surroundings.text(f"{folder}/{pointer}" if folder else pointer)
        if said and re.search(rf"(?:^|[\s/\"']){re.escape(name)}(?:[\s\"']|$)", said):
            return True
        if said and pointer.startswith("latest") and said.strip() == number:
            return True
    state = checkpoint if name.endswith(".json") else f"{checkpoint}/trainer_state.json"
    try:
        held = json.loads(surroundings.text(state) or "null")
    except ValueError:
        return False
    return isinstance(held, dict) and any(held.get(key) == int(number) for key in _STEPS)
