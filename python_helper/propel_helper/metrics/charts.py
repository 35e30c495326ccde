"""Which series of a log belong in one chart, and which charts stand first."""

from __future__ import annotations

from collections.abc import Iterable

from propel_helper.facts.panel import Chart
from propel_helper.metrics.names import is_evaluation, role

MOST = 12
"""Charts of one run."""

_ALWAYS = (("loss", "Loss", ""), ("lr", "Learning rate", ""), ("rate", "Rate", "steps/s"))
_LEADING = ("train_", "training_", "val_", "valid_", "eval_", "test_", "dev_")


def charts(names: Iterable[str]) -> tuple[Chart, ...]:
    """Loss, learning rate and rate first, then what else was measured, training beside held-out.

    ``names``: of the series that have points, as ``MetricsReader.series`` names them.
    """
    found: dict[str, list[str]] = {}
    for name in names:
        home = _home(name)
        if home:
            found.setdefault(home, []).append(name)
    ordered = [
        Chart(home, title, unit, tuple(found.pop(home)))
        for home, title, unit in _ALWAYS
        if home in found
    ]
    for home, together in found.items():
        ordered.append(Chart(home, home.replace("_", " ").capitalize(), "", tuple(together)))
    return tuple(ordered[:MOST])


def _home(name: str) -> str:
    """The id of the chart that a series belongs in, "" for none."""
    if name in ("loss", "lr", "rate"):
        return name
    kind = role(name)
    plain = name
    for leading in _LEADING:
        plain = plain.removeprefix(leading)
    if kind == "loss" or plain in ("loss", "total_loss"):
        return "loss"
    if kind == "lr":
        return "lr"
    if kind in ("measure", "speed") or is_evaluation(name):
        return plain
    return ""
