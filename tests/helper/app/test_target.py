"""The metric that a person wants a run to reach."""

from __future__ import annotations

from propel_helper.app.answers import target
from propel_helper.app.target import with_target
from propel_helper.facts.panel import Chart

CHARTS = (
    Chart("loss", "Loss", "", ("loss", "val_loss")),
    Chart("lr", "Learning rate", "", ("lr",)),
)


def test_the_target_stands_in_the_chart_of_its_metric_alone() -> None:
    found = with_target(CHARTS, target("Validation Loss < 0.5"))
    assert [chart.target for chart in found] == [0.5, None]


def test_a_metric_that_nothing_reports_is_in_no_chart() -> None:
    assert with_target(CHARTS, target("accuracy > 0.9")) == CHARTS
    assert with_target(CHARTS, None) == CHARTS
