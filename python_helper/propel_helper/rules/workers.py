"""Fewer data loading workers: it changes memory and speed, never what training computes."""

from __future__ import annotations

from propel_helper.facts.finding import Fix, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.rules import launch_changes
from propel_helper.rules.launch_text import Launch, Option, launch_of
from propel_helper.rules.words import code

# The names that training scripts and frameworks give it (transformers, timm, lightning, mmengine,
# ultralytics, NeMo).
OPTIONS = (
    "--num_workers",
    "--workers",
    "--n_workers",
    "--nworkers",
    "--num_data_workers",
    "--data_workers",
    "--dataloader_num_workers",
    "--dataloader_workers",
    "--loader_workers",
    "--train_num_workers",
    "--nw",
)


def given(surroundings: Surroundings) -> tuple[Launch, Option, int] | None:
    """The launch that says how many workers there are, above none; None when none says it."""
    launch = launch_of(surroundings)
    option = launch.option(*OPTIONS) if launch else None
    if launch is None or option is None or not (option.value or "").isdigit():
        return None
    count = int(option.value or 0)
    return (launch, option, count) if count > 0 else None


def fewer(surroundings: Surroundings, *, none: bool = False) -> tuple[Fix, ...]:
    """The launch with half as many workers, or with ``none``; empty where it doesn't say how many.

    Without workers the data is loaded by the training process itself.
    """
    found = given(surroundings)
    if found is None:
        return ()
    launch, option, count = found
    new = "0" if none else str(count // 2)
    changed = launch_changes.steps(launch, [launch_changes.value(option, new)])
    many = "without workers" if new == "0" else f"with {new} instead of {count} workers"
    by = f"starting it {many} ({code(option.with_value(new))}), which only makes loading slower"
    title = "Load without workers" if new == "0" else "Use fewer workers"
    return (Fix("fewer-workers", title, by, Safety.SAFE, changed),)
