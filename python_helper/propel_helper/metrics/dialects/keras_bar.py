"""Keras, 2 and 3, with and without a terminal (``verbose`` 1 and 2).

``Epoch 1/5`` alone, then ``10/1875 ━━━━ 5s 3ms/step - accuracy: 0.91 - loss: 0.30`` (3), ``10/1875
[>.....] - ETA: 5s - loss: 0.30`` (2), ``1875/1875 - 3s - loss: 0.30 - 2ms/step``:
https://github.com/keras-team/keras/blob/master/keras/src/utils/progbar.py
"""

from __future__ import annotations

import re

from propel_helper.metrics.dialects import Dialect, Read
from propel_helper.metrics.names import role
from propel_helper.metrics.numbers import seconds
from propel_helper.metrics.pairs import pairs, per_second
from propel_helper.metrics.sample import Phase, Sample

_EPOCH = re.compile(r"\s*Epoch (\d+)/(\d+)\s*$")
_BAR = re.compile(
    r"\s*(?P<at>\d+)/(?P<total>\d+|Unknown|None)\s(?:\s*\[[=>.]*\]|\s*[━─╸╺ ]*|)\s?(?:-\s)?"
    r"(?P<time>(?:ETA: )?(?:\d+:)*\d+s?|\d+:\d+)?(?P<after>(?:\s|/epoch|-).*)"
)
_STEP_TIME = re.compile(r"(\d+(?:\.\d+)?)(s|ms|us|µs)/(?:step|epoch|sample)")


class _Reader:
    """Reads one log: the epoch stands on a line of its own, before the bars."""

    def __init__(self) -> None:
        self.epoch: float | None = None
        self.epochs: float | None = None
        self.total: float | None = None
        self.over = False

    def read(self, text: str) -> Sample | None:
        header = _EPOCH.match(text)
        if header is not None:
            self.epoch, self.epochs, self.over = float(header[1]), float(header[2]), False
            return Sample(epoch=self.epoch, epochs=self.epochs)
        found = _BAR.match(text)
        if found is None or (" - " not in text and "━" not in text) or not _is_bar(text):
            return None
        return self._sample(found)

    def _sample(self, found: re.Match[str]) -> Sample:
        at = float(found["at"])
        total = float(found["total"]) if found["total"].isdigit() else None
        done = at == total
        values: dict[str, float] = {}
        for pair in pairs(found["after"]):
            if role(pair.name) in ("loss", "lr", "measure"):
                values.setdefault(pair.name, pair.value)
        # fit() leaves one finished bar per epoch; a bar after it, without a header, is evaluate()'s.
        evaluation = self.epoch is None or self.over
        if done and self.epoch is not None:
            self.over = True
        left = found["time"].removeprefix("ETA: ") if found["time"] and not done else ""
        return Sample(
            values=values,
            step=at,
            total=total,
            epoch=self.epoch,
            epochs=self.epochs,
            rate=_rate(found["after"]),
            eta_s=seconds(left) if left else None,
            phase=Phase.EVALUATION if evaluation else Phase.TRAINING,
            bar=True,
        )


def _is_bar(text: str) -> bool:
    return any(mark in text for mark in ("━", "[=", "[>", "[.", "s/step", "s/epoch", "ETA", "s - "))


def _rate(text: str) -> float | None:
    found = [one for one in _STEP_TIME.finditer(text) if one[0].endswith("step")]
    if not found:
        return None
    value, unit = float(found[-1][1]), found[-1][2]
    return per_second(value, f"{unit.replace('µ', 'u')}/step") if value else None


def _start() -> Read:
    return _Reader().read


DIALECT = Dialect(
    "keras_bar",
    (b"Epoch ", "━".encode(), b"/step", b"/epoch", b"] - ", b"s - "),
    _start,
    order=20,
    remembers=True,
)
