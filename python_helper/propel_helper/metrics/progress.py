"""How far a run is, told from the latest that it printed."""

from __future__ import annotations

from propel_helper.metrics.sample import Sample


def estimate(
    latest: Sample, first_epoch: float | None, rate: float | None
) -> tuple[float | None, float | None]:
    """Seconds that are left, and the part that is done, of what ``latest`` shows.

    ``latest`` holds the last known of everything; ``first_epoch`` tells whether epochs are
    counted from 0 or from 1.
    """
    step, total, epoch, epochs = latest.step, latest.total, latest.epoch, latest.epochs
    share = step / total if step is not None and total else None
    by_epoch = epochs and epoch is not None and not (latest.whole and total)
    if not by_epoch:
        left = latest.eta_s
        if left is None and share is not None and rate and total and step is not None:
            left = max(0.0, total - step) / rate
        return left, None if share is None else min(1.0, share)
    assert epochs is not None
    assert epoch is not None
    done = epoch if first_epoch == 0 or epoch != int(epoch) else epoch - 1
    if share is not None and epoch == int(epoch):
        done += share
    fraction = min(1.0, max(0.0, done / epochs))
    if latest.eta_s is not None and (latest.eta_whole or not total):
        return latest.eta_s, fraction
    if not rate or not total:
        return latest.eta_s, fraction
    return max(0.0, epochs - done) * total / rate, fraction
