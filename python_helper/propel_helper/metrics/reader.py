"""From a log's bytes, as they come, to series and progress."""

from __future__ import annotations

from propel_helper.facts.progress import Progress
from propel_helper.metrics.dialects import Read, all_dialects
from propel_helper.metrics.lines import LineCutter, text_of, without_rank
from propel_helper.metrics.names import LOSS, LR, is_evaluation, role
from propel_helper.metrics.places import Counts, Places
from propel_helper.metrics.progress import estimate
from propel_helper.metrics.sample import Phase, Sample
from propel_helper.metrics.series import Gathering, Series

MOST_NAMES = 80
"""Different values of one log that are kept."""
_HEADER_LINES = 12
"""Lines after ``Epoch 3/10`` in which a loss without a place of its own is that epoch's."""
_MOST_KINDS = 4096
"""Kinds of lines that are remembered."""
_MANY = 1 << 15
"""Lines of one kind that are all read. Of more, a part that gets smaller the more there are: the
series would drop most of them anyway, and a log of millions of steps is to be read in seconds."""


class _Kind:
    """Lines that differ in their digits alone: who reads them (None: nobody), how many came."""

    __slots__ = ("count", "read")

    def __init__(self, read: Read | None) -> None:
        self.read = read
        self.count = 1


class MetricsReader:
    """Reads a log once from its start, in pieces of any size; keeps a bounded part of it."""

    def __init__(self) -> None:
        self._cutter = LineCutter()
        self._dialects: list[tuple[tuple[bytes, ...], Read, bool]] = [
            (dialect.marks, dialect.start(), dialect.remembers) for dialect in all_dialects()
        ]
        self._kinds: dict[bytes, _Kind] = {}
        self._passed_over = b""
        self._places = Places()
        self._who: str | None = None
        self._waiting: Sample | None = None
        self._lines = 0
        self._header = -_HEADER_LINES - 1
        self._header_phase = Phase.TRAINING
        self._found: dict[tuple[str, Counts], Gathering] = {}
        self.samples = 0
        """Lines that reported something so far."""

    def feed(self, data: bytes) -> None:
        """The next bytes of the log."""
        for raw in self._cutter.feed(data):
            self._line(raw)
        pending = self._cutter.pending
        # A bar's newest drawing gets its end only when the next one is drawn.
        if pending.endswith(b"]") and b"%|" in pending:
            self._line(pending)

    def end(self) -> None:
        """The log ends here: what stands in its last, unfinished line counts too."""
        raw = self._cutter.end()
        if raw:
            self._line(raw)
        self._settle(None)

    def _line(self, raw: bytes) -> None:
        self._lines += 1
        # Lines that differ in their digits alone are of one kind.
        kind = raw.translate(None, b"0123456789")
        known = None
        cell = self._kinds.get(kind)
        if cell is not None:
            known = cell.read
            if known is None:
                return
            cell.count += 1
            if cell.count > _MANY and cell.count % (2 * cell.count // _MANY):
                self._passed_over = raw
                return
        self._passed_over = b""
        self._look(raw, known, kind)

    def _look(self, raw: bytes, known: Read | None, kind: bytes) -> None:
        text, who = without_rank(text_of(raw))
        sample = known(text) if known is not None else None
        if sample is None:
            sample = self._asked(raw, text, kind)
        if sample is not None:
            self._take(sample, who)

    def _asked(self, raw: bytes, text: str, kind: bytes) -> Sample | None:
        """What the first dialect that knows the line says of it."""
        remembering = False
        if len(self._kinds) >= _MOST_KINDS:
            self._kinds.clear()
        for marks, read, remembers in self._dialects:
            if not any(mark in raw for mark in marks):
                continue
            remembering = remembering or remembers
            sample = read(text)
            if sample is not None:
                if kind not in self._kinds:
                    self._kinds[kind] = _Kind(read)
                return sample
        if not remembering:
            self._kinds[kind] = _Kind(None)
        return None

    def _take(self, sample: Sample, who: str) -> None:
        if sample.values:
            if self._who is None:
                self._who = who
            elif who and who != self._who:
                return
        if sample.follows:
            self._settle(None)
            self._waiting = sample
            return
        self._settle(sample)
        self._apply(sample)

    def _settle(self, after: Sample | None) -> None:
        """Place what waited for the bar behind it: at that bar, else at the last one."""
        waiting, self._waiting = self._waiting, None
        if waiting is None:
            return
        bar = after if after is not None and after.bar and after.step is not None else None
        if bar is not None and self._places.is_main(bar):
            waiting = waiting._replace(step=bar.step, total=bar.total, whole=True)
        elif self._places.bar is not None:
            waiting = waiting._replace(
                step=self._places.bar.step, total=self._places.bar.total, whole=True
            )
        self._apply(waiting)

    def _apply(self, sample: Sample) -> None:
        if sample.phase is Phase.EVALUATION:
            self._evaluation(sample)
            return
        if sample.bar and not sample.values and not self._places.is_main(sample):
            return
        if not sample.values and sample.step is None:
            if sample.epoch is not None:
                self._header, self._header_phase = self._lines, Phase.TRAINING
                self._places.learn(sample)
            return
        near = self._lines - self._header <= _HEADER_LINES
        if sample.step is None and sample.epoch is None and near:
            if self._header_phase is Phase.EVALUATION:
                self._evaluation(sample)
                return
            sample = sample._replace(epoch=self._places.current_epoch)
        self.samples += 1
        kind = (
            Counts.STEPS
            if sample.step is not None
            else Counts.EPOCHS
            if sample.epoch is not None
            else Counts.ORDER
        )
        step, at = self._places.move(sample, kind)
        for name, value in sample.values.items():
            self._add(name, kind, step, value, at)
        epoch = sample.epoch if sample.epoch is not None else self._places.epoch_of(sample)
        if epoch is not None:
            self._add("epoch", kind, step, epoch, at)
        if sample.rate is not None:
            self._add("rate", kind, step, sample.rate, at)

    def _evaluation(self, sample: Sample) -> None:
        if not sample.values:
            if not sample.bar:
                self._header, self._header_phase = self._lines, Phase.EVALUATION
            return
        self.samples += 1
        step, at = self._places.here(sample)
        for name, value in sample.values.items():
            if role(name) in ("loss", "measure"):
                self._add(
                    name if is_evaluation(name) else f"val_{name}", Counts.STEPS, step, value, at
                )

    def _add(self, name: str, kind: Counts, step: float, value: float, at: float) -> None:
        gathering = self._found.get((name, kind))
        if gathering is None:
            if len(self._found) >= MOST_NAMES:
                return
            gathering = self._found[name, kind] = Gathering()
        gathering.add(step, value, at)

    def _catch_up(self) -> None:
        """Read the newest line, if that was passed over."""
        raw, self._passed_over = self._passed_over, b""
        if raw:
            self._look(raw, None, raw.translate(None, b"0123456789"))

    def series(self) -> tuple[Series, ...]:
        """Every series so far: loss, lr, epoch and rate first where the log has them."""
        return tuple(one.series(name) for name, one in self.gathered())

    def gathered(self) -> tuple[tuple[str, Gathering], ...]:
        """The same by name as they are being gathered, for who follows them as they grow."""
        self._catch_up()
        names = list(dict.fromkeys(name for name, _ in self._found))
        loss = next((name for name in LOSS if name in names), None)
        lr = next((name for name in (*LR, *names) if name in names and role(name) == "lr"), None)
        # A loop that reports its training loss each step and another name each epoch.
        best = max(
            (name for name in names if role(name) == "loss"),
            key=lambda name: len(self._best(name)),
            default=None,
        )
        if (
            loss is not None
            and best is not None
            and 8 * len(self._best(loss)) < len(self._best(best))
        ):
            loss = best
        found = []
        for shown, name in (("loss", loss), ("lr", lr), ("epoch", "epoch"), ("rate", "rate")):
            if name in names:
                found.append((shown, self._best(name)))
        taken = {loss, lr, "epoch", "rate"}
        found += [(name, self._best(name)) for name in names if name not in taken]
        return tuple(found)

    def _best(self, name: str) -> Gathering:
        """The points of a name that say most: by step, unless there are hardly any."""
        kinds = [self._found[name, kind] for kind in Counts if (name, kind) in self._found]
        most = max(len(one) for one in kinds)
        return next(one for one in kinds if 10 * len(one) >= most)

    def progress(self) -> Progress:
        """How far the run is, by the latest that it printed."""
        self._catch_up()
        latest = self._places.latest
        last = {name: one.latest[1] for name, one in self.gathered() if one.latest is not None}
        rate = latest.rate if latest.rate is not None else last.get("rate")
        eta, fraction = estimate(latest, self._places.first_epoch, rate)
        return Progress(
            step=latest.step,
            total=latest.total,
            epoch=latest.epoch,
            epochs=latest.epochs,
            rate=rate,
            eta_s=eta,
            fraction=fraction,
            loss=last.get("loss"),
            lr=last.get("lr"),
        )
