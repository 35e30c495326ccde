"""How far a run is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Progress:
    """The latest that a log says of how far its run is; None where it says nothing.

    Attributes:
        step: as printed.
        total: steps that ``step`` runs to: of the epoch when it starts anew each epoch.
        epoch: as printed.
        epochs: epochs that there will be.
        rate: steps a second.
        eta_s: seconds until the end; of the epoch's when nothing tells how many epochs there are.
        fraction: part of the run that is done, 0 to 1.
        loss: the latest training loss.
        lr: the latest learning rate.
    """

    step: float | None = None
    total: float | None = None
    epoch: float | None = None
    epochs: float | None = None
    rate: float | None = None
    eta_s: float | None = None
    fraction: float | None = None
    loss: float | None = None
    lr: float | None = None


@dataclass(frozen=True)
class ProgressWords:
    """How far a run is as a person reads it; "" is what its log says nothing of.

    Words, because a loss may be NaN, which JSON lacks.

    Attributes:
        epoch, step: ``3/10``, ``1200/5000``.
        loss, lr: a number, ``nan`` or ``inf``.
        rate: ``3.2 steps/s``.
        left: ``12 min left``, by what was printed last.
    """

    epoch: str = ""
    step: str = ""
    loss: str = ""
    lr: str = ""
    rate: str = ""
    left: str = ""
