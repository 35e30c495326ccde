"""Where in a run its log is."""

from __future__ import annotations

from enum import Enum

from propel_helper.metrics.sample import Sample


class Counts(Enum):
    """What a point's place counts: steps, epochs, or nothing but its turn."""

    STEPS = "steps"
    EPOCHS = "epochs"
    ORDER = "order"


class Places:
    """Where in the run the log is: what was printed last, and steps that never go back."""

    def __init__(self) -> None:
        self._step: float | None = None
        self._total: float | None = None
        self._epoch: float | None = None
        self._epochs: float | None = None
        self._rate: float | None = None
        self._eta_s: float | None = None
        self._eta_whole = False
        self._whole: bool | None = None
        self.bar: Sample | None = None
        self.first_epoch: float | None = None
        self._main: float | None = None
        self._with_values = False
        self._base = 0.0
        self._last = -1.0
        self._last_epoch: float | None = None
        self._runs_on = False
        self._turn = 0

    def is_main(self, bar: Sample) -> bool:
        """Whether a bar that says nothing but its position is the one that counts training."""
        if bar.epoch is not None or bar.step is None:
            return True
        if self._with_values:
            return bar.total == self._main
        return self._main is None or bar.total is None or bar.total >= self._main

    def learn(self, sample: Sample) -> None:
        """Remember the counters of ``sample``."""
        if sample.epoch is not None:
            if self.first_epoch is None:
                self.first_epoch = sample.epoch
            self._epoch = sample.epoch
        if sample.epochs is not None:
            self._epochs = sample.epochs
        if sample.rate is not None:
            self._rate = sample.rate
        if sample.eta_s is not None or sample.step is not None:
            self._eta_s, self._eta_whole = sample.eta_s, sample.eta_whole
        if sample.step is not None:
            self._step, self._whole = sample.step, sample.whole
            if sample.total is not None or not sample.whole:
                self._total = sample.total

    @property
    def latest(self) -> Sample:
        """The last known of everything."""
        return Sample(
            step=self._step,
            total=self._total,
            epoch=self._epoch,
            epochs=self._epochs,
            rate=self._rate,
            eta_s=self._eta_s,
            eta_whole=self._eta_whole,
            whole=self._whole,
        )

    @property
    def current_epoch(self) -> float | None:
        """The epoch that was printed last."""
        return self._epoch

    def move(self, sample: Sample, kind: Counts) -> tuple[float, float]:
        """Where a training sample stands: its step as printed, and its place on one line."""
        self.learn(sample)
        if sample.bar and sample.step is not None:
            self.bar = sample
            if sample.values or not self._with_values:
                self._main = sample.total
            self._with_values = self._with_values or bool(sample.values)
        if kind == Counts.EPOCHS:
            assert sample.epoch is not None
            return sample.epoch, sample.epoch if self._last < 0 else self._base + self._last
        if kind == Counts.ORDER:
            self._turn += 1
            return float(self._turn), float(self._turn)
        assert sample.step is not None
        return sample.step, self._place(sample, sample.step)

    def _place(self, sample: Sample, step: float) -> float:
        """``step`` on one line: within its epoch where each has the same number of steps."""
        epoch, last = self._epoch, self._last
        if epoch != self._last_epoch and self._last_epoch is not None:
            # An epoch that goes on counting where the one before ended counts the whole run.
            self._runs_on = step > last
        self._last, self._last_epoch = step, epoch
        if sample.whole or self._runs_on:
            return self._base + step
        if sample.total and epoch is not None and epoch == int(epoch):
            self._base = max(0.0, epoch - (self.first_epoch or 0.0)) * sample.total
        elif step < last:
            self._base += max(last, sample.total or 0.0)
        return self._base + step

    def here(self, sample: Sample) -> tuple[float, float]:
        """Where an evaluation stands: at the last training step."""
        if sample.whole and sample.step is not None:
            return sample.step, self._base + sample.step
        if self._last >= 0:
            return self._last, self._base + self._last
        epoch = sample.epoch if sample.epoch is not None else self._epoch
        place = epoch if epoch is not None else sample.step or 0.0
        return place, place

    def epoch_of(self, sample: Sample) -> float | None:
        """The epoch that a step without one belongs to, as far as the log told."""
        return self._epoch if sample.step is not None and not sample.whole else None
