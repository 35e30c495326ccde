"""The metric that a person wants a run to reach, and whether it has."""

from __future__ import annotations

import math
from dataclasses import replace

from propel_helper.coach.course import Target
from propel_helper.facts.panel import Chart
from propel_helper.metrics.names import plain_name
from propel_helper.metrics.reader import MetricsReader


def with_target(
    charts: tuple[Chart, ...], wanted: tuple[str, str, float] | None
) -> tuple[Chart, ...]:
    """The charts, with the value of ``wanted`` (as in ``target_of``) in the one of its metric."""
    if wanted is None:
        return charts
    name, _, value = wanted
    return tuple(
        replace(chart, target=value) if plain_name(name) in chart.names else chart
        for chart in charts
    )


def target_of(reader: MetricsReader, wanted: tuple[str, str, float] | None) -> Target | None:
    """How far ``wanted`` (metric, ``<`` or ``>``, value) is; None while nothing reports it."""
    if wanted is None:
        return None
    name, way, value = wanted
    series = next((one for one in reader.series() if one.name == plain_name(name)), None)
    points = (
        [(at, one) for at, one in zip(series.at, series.values, strict=True) if math.isfinite(one)]
        if series
        else []
    )
    if not points:
        return None
    below = way == "<"
    best = (min if below else max)(one for _, one in points)
    met = (at for at, one in points if (one <= value if below else one >= value))
    return Target(name, way, value, best, next(met, None))
