"""Gradient accumulation: the batch that an optimizer step sees is batch x accumulation x GPUs."""

from __future__ import annotations

from propel_helper.coach.setup import Setup
from propel_helper.coach.wording import count
from propel_helper.facts.prompt import Prompt


def prompt(setup: Setup) -> Prompt | None:
    """Speaks when gradients are accumulated over several batches."""
    value = setup.values.get("accumulation")
    steps, batch = setup.number("accumulation"), setup.number("batch_size")
    if value is None or steps is None or steps <= 1:
        return None
    many = setup.processes
    if batch is None or many is None:
        return None
    whole = batch * steps * many
    return Prompt(
        "effective-batch",
        f"Each optimizer step sees {count(batch)} x {count(steps)} x {count(many)} = {count(whole)} "
        f"samples: batch x gradient accumulation ({value.shown}) x processes. Schedules that count "
        "optimizer steps have fewer of them than there are batches.",
        {"batch_size": batch, "accumulation": steps, "processes": many, "effective_batch": whole},
        value.file,
        value.line,
    )
