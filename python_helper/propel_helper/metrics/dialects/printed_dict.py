"""Dictionaries and JSON objects: the Hugging Face Trainer, loggers that write one object a line.

``{'loss': 3.34, 'learning_rate': 1e-05, 'epoch': 0.0}``; transformers 5 prints the numbers as
texts (``'loss': '3.34'``). The Trainer names no step: its own bar, drawn again right after the
dictionary, does (https://github.com/huggingface/transformers/blob/main/src/transformers/trainer_callback.py,
``ProgressCallback``).
"""

from __future__ import annotations

import re

from propel_helper.metrics.dialects import Dialect
from propel_helper.metrics.names import is_evaluation, plain_name, role
from propel_helper.metrics.numbers import NUMBER, number
from propel_helper.metrics.pairs import gathered, per_second
from propel_helper.metrics.sample import Phase, Sample

_ENTRY = re.compile(
    r"[\"'](?P<key>[\w/@. %-]+)[\"']\s*:\s*(?P<quote>[\"']?)(?:(?:np\.|torch\.|jnp\.)?(?:tensor|float\d*|Array|array)\(\s*)?"
    rf"(?P<value>{NUMBER}|NaN|-?Infinity)(?P=quote)(?=[\s,)}}\]]|$)"
)
_SUREST = frozenset({"global_step", "num_updates", "step", "train_step", "epoch"})
_SUMMARY = re.compile(r"_(?:runtime|samples_per_second)['\"]")


def _read(text: str) -> Sample | None:
    begin = text.find("{")
    if begin < 0:
        return None
    values: dict[str, float] = {}
    said: dict[str, float] = {}
    for found in _ENTRY.finditer(text, begin):
        name = plain_name(found["key"])
        what = role(name)
        if what in ("loss", "lr", "measure", "speed"):
            values.setdefault(name, number(found["value"]))
        elif what and (what not in said or name in _SUREST):
            said[what] = number(found["value"])
            if what == "step_time" and "ms" in name:
                said["step_time"] /= 1000
    if not values:
        return None
    before = gathered(text[:begin])
    step = said.get("step", said.get("batch", before.step))
    rate = said.get("rate") or per_second(said.get("step_time", 0.0), "s")
    only_evaluation = any(map(is_evaluation, values)) and not any(role(n) == "loss" for n in values)
    summary = _SUMMARY.search(text) is not None
    return Sample(
        values={
            name: value for name, value in values.items() if not summary or is_evaluation(name)
        },
        step=step,
        total=before.total if step == before.step else None,
        epoch=said.get("epoch", before.epoch),
        epochs=before.epochs,
        rate=None if summary else rate,
        eta_s=said.get("eta"),
        eta_whole=True,
        phase=Phase.EVALUATION if only_evaluation or summary else Phase.TRAINING,
        follows=step is None,
        whole=True if step is not None and "step" in said else None,
    )


DIALECT = Dialect("printed_dict", (b"{",), lambda: _read, order=30)
