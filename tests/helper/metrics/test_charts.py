"""Which series stand in one chart."""

from __future__ import annotations

from propel_helper.metrics.charts import MOST, charts


def test_loss_rate_and_lr_come_first_and_held_out_stands_beside_training() -> None:
    names = ["val_loss", "accuracy", "rate", "loss", "epoch", "val_accuracy", "lr", "grad_norm"]
    found = {chart.id: chart.names for chart in charts(names)}
    assert list(found) == ["loss", "lr", "rate", "accuracy", "grad_norm"]
    assert found["loss"] == ("loss", "val_loss") or found["loss"] == ("val_loss", "loss")
    assert found["accuracy"] == ("accuracy", "val_accuracy")


def test_there_is_an_end_to_charts() -> None:
    assert len(charts(f"score_{n}" for n in range(100))) == MOST
    assert charts([]) == ()
