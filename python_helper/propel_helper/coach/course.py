"""What a prompt may know of a run that goes on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Checkpoint:
    """A checkpoint that the run wrote. ``age_s``: seconds since it was written last."""

    file: str
    age_s: float


@dataclass(frozen=True)
class Target:
    """What a person wants a metric to reach.

    ``way``: ``<`` or ``>``; ``best``: the best value so far; ``reached_at``: the step of the first
    one that is good enough, None while there is none.
    """

    metric: str
    way: str
    value: float
    best: float
    reached_at: float | None


@dataclass(frozen=True)
class Course:
    """A run as its log, its files and this host show it.

    Attributes:
        running: whether it still runs; what only matters then is not said otherwise.
        elapsed_s: seconds since it was started.
        steps: place of each training loss, steps since the beginning.
        losses: the training losses, oldest first; not a number and infinite ones too.
        rate_steps: place of each rate.
        rates: training steps a second, oldest first.
        silent_s: seconds since the log grew last, None when that is not known.
        gap_s: seconds that usually lie between two reports of progress, None when not known.
        checkpoints: checkpoints that it wrote, newest first.
        older_checkpoint: the newest that stood there before it began, None without one.
        precision: ``fp16`` or ``bf16`` when the command or the code says so.
        target: what a person wants to be reached, None without it or without a value of it.
        idle_gpus: GPUs that it holds and doesn't use, by index.
    """

    running: bool
    elapsed_s: float
    steps: Sequence[float] = ()
    losses: Sequence[float] = ()
    rate_steps: Sequence[float] = ()
    rates: Sequence[float] = ()
    silent_s: float | None = None
    gap_s: float | None = None
    checkpoints: tuple[Checkpoint, ...] = ()
    older_checkpoint: Checkpoint | None = None
    precision: str | None = None
    target: Target | None = None
    idle_gpus: tuple[int, ...] = ()
