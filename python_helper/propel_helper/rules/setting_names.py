"""Which of two almost equal names of a setting is the slip: the config's, or the code's."""

from __future__ import annotations

import re

from propel_helper.facts.crash import Frame
from propel_helper.facts.finding import Fix, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.rules import texts
from propel_helper.rules.words import code

# Names that the frameworks' own configs and examples share, written right.
_KNOWN = frozenset(
    {
        "lr", "learning_rate", "batch_size", "epochs", "num_epochs", "max_epochs", "steps", "num_steps",
        "max_steps", "weight_decay", "momentum", "dropout", "seed", "device", "optimizer", "scheduler",
        "hidden_size", "hidden_dim", "num_layers", "num_heads", "num_workers", "num_classes", "warmup_steps",
        "gradient_accumulation_steps", "max_length", "output_dir", "data_dir", "log_dir", "save_dir",
        "checkpoint", "checkpoint_dir", "dataset", "model", "name", "precision", "eval_steps", "log_every",
    }
)  # fmt: skip


def is_known(name: str) -> bool:
    """Whether a name is one that configs share."""
    return name in _KNOWN


def in_code(read: str, key: str, frame: Frame, surroundings: Surroundings) -> Fix | None:
    """The code's name respelt as the config's ``key``, where only that one is a known name.

    Every place of the failing file that reads the setting by ``read`` is changed, the failing line
    first; None where the config is as likely the one that is wrong.
    """
    if key not in _KNOWN or read in _KNOWN:
        return None
    return in_file(read, key, frame, surroundings, "as the config has it")


def in_file(
    read: str, key: str, frame: Frame, surroundings: Surroundings, having: str
) -> Fix | None:
    """The same without a look at how well the names are known; ``having``: who calls it ``key``, as words."""
    text = surroundings.text(frame.file)
    if text is None:
        return None
    pattern = re.compile(rf"(?<=\.){re.escape(read)}\b|(?<=\[['\"]){re.escape(read)}(?=['\"]\])")
    edits = [
        texts.edit_at(frame.file, text, found.start(), read, key)
        for found in pattern.finditer(text)
    ]
    edits.sort(key=lambda edit: (edit.line != frame.line, edit.line, edit.column))
    if not edits or edits[0].line != frame.line:
        return None
    by = f"reading {code(key)}, {having}, instead of {code(read)}"
    return Fix("respell-in-code", f"Read {key}", by, Safety.ASK, tuple(edits))
