"""What one line of a log reports."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import NamedTuple


class Phase(str, Enum):
    """What the program was at. Values of an evaluation are no training loss."""

    TRAINING = "training"
    EVALUATION = "evaluation"


NOTHING: Mapping[str, float] = MappingProxyType({})


class Sample(NamedTuple):
    """Values that were printed together. A tuple, because a log has millions of them.

    Attributes:
        values: by name (``names.Name``): ``loss``, ``lr``, ``val_loss``, ``accuracy``, ...
        step: as printed; None where the text counts no steps.
        total: steps that ``step`` runs to, None if not printed.
        epoch: as printed, also 0.37; None if not printed.
        epochs: epochs that there will be, None if not printed.
        rate: training steps a second.
        eta_s: seconds that are left, as printed.
        eta_whole: whether ``eta_s`` is that of the whole run, not only of this epoch.
        phase: training or evaluation.
        whole: whether ``step`` counts the whole run; False when it starts anew each epoch, None
            when the text doesn't tell.
        follows: whether the line belongs to the counter that is printed right after it.
        bar: whether it is a drawing of a progress bar: the next one draws over it.
    """

    values: Mapping[str, float] = NOTHING
    step: float | None = None
    total: float | None = None
    epoch: float | None = None
    epochs: float | None = None
    rate: float | None = None
    eta_s: float | None = None
    eta_whole: bool = False
    phase: Phase = Phase.TRAINING
    whole: bool | None = None
    follows: bool = False
    bar: bool = False
