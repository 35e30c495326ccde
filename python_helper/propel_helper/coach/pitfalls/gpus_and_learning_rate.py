"""N GPUs and the learning rate: N processes make each step's batch N times as large.

The two usual rules are to scale the learning rate with the batch (https://arxiv.org/abs/1706.02677)
or with its square root (https://arxiv.org/abs/1404.5997). Which one, or none, is a decision about
what the training means.
"""

from __future__ import annotations

from propel_helper.coach.setup import Setup
from propel_helper.coach.wording import count
from propel_helper.facts.prompt import Prompt


def prompt(setup: Setup) -> Prompt | None:
    """Speaks when several processes train with a learning rate that is written down."""
    many, value = setup.processes, setup.values.get("lr")
    rate = value.number if value is not None else None
    if many is None or many < 2 or value is None or rate is None or rate <= 0:
        return None
    batch = setup.number("batch_size")
    each = (
        f" Each step sees {count(many)} x {count(batch)} = {count(many * batch)} samples."
        if batch
        else ""
    )
    return Prompt(
        "gpus-and-learning-rate",
        f"{many} processes train with the learning rate {rate:g} ({value.shown}).{each} If it was "
        f"chosen for one GPU: scaled with the batch it would be {many * rate:g}, with its square root "
        f"{many**0.5 * rate:.3g}.",
        {"processes": many, "lr": rate, "linear": many * rate, "square_root": many**0.5 * rate},
        value.file,
        value.line,
    )
