"""Lightning's RichProgressBar: ``Epoch 0/9 ━━━━━━ 25/25 0:00:01 • 0:00:00 24.50it/s v_num: 0 loss: 0.3``.

https://github.com/Lightning-AI/pytorch-lightning/blob/master/src/lightning/pytorch/callbacks/progress/rich_progress.py
The second number behind ``Epoch`` is the last epoch's, counted from 0.
"""

from __future__ import annotations

import re

from propel_helper.metrics.dialects import Dialect, Read
from propel_helper.metrics.numbers import number, seconds
from propel_helper.metrics.pairs import gathered
from propel_helper.metrics.sample import Phase, Sample

_COUNT = re.compile(
    r"(?<!\S)(?P<at>\d+)/(?P<total>\d+|--)\s+(?P<past>[\d:]+)\s+•\s+(?:(?P<left>[\d:-]+)\s+)?"
    r"(?P<rate>[\d.]+)\s?it/s(?P<after>.*)"
)
# What has not been reached yet is drawn as spaces where there are no colours.
_BAR = "━╸╺╾─- "
_EPOCH = re.compile(r"Epoch (\d+)(?:/(-?\d+))?")
_MARGIN = " " * 24
_LONGEST = 1000
_EVALUATION = re.compile(r"valid|test|sanity|predict", re.IGNORECASE)


class _Reader:
    """Reads one log. In a narrow terminal the values stand below each other, at the bar's right."""

    def __init__(self) -> None:
        self.bar: Sample | None = None
        self.text = ""
        self.told: set[str] = set()

    def read(self, text: str) -> Sample | None:
        found = _COUNT.search(text) if "•" in text else None
        before = _before_bar(text[: found.start()]) if found else None
        if found is None or before is None:
            return self._more(text)
        self.bar = _sample(before, found)
        self.text, self.told = found["after"].strip(), set(self.bar.values)
        return self.bar

    def _more(self, text: str) -> Sample | None:
        """Values in a line that goes on with the bar above it, or None when it doesn't."""
        if self.bar is None or not text.startswith(_MARGIN) or len(self.text) > _LONGEST:
            self.bar = None
            return None
        self.text += " " + text.strip()
        values = gathered(self.text).values
        fresh = {name: value for name, value in values.items() if name not in self.told}
        self.told |= fresh.keys()
        return self.bar._replace(values=fresh, rate=None)


def _before_bar(text: str) -> str | None:
    """What stands before the drawing that ``text`` ends in, None when it ends in none.

    Not by one regular expression: a line of spaces would keep it busy for minutes.
    """
    words = text.rstrip(_BAR)
    drawing = text[len(words) :]
    space = drawing.find(" ")
    return words if space >= 0 and len(drawing) - space > 3 else None


def _sample(before: str, found: re.Match[str]) -> Sample:
    epoch = _EPOCH.search(before)
    last = epoch[2] if epoch else None
    rate = number(found["rate"])
    return Sample(
        values=gathered(found["after"]).values,
        step=float(found["at"]),
        total=float(found["total"]) if found["total"].isdigit() else None,
        epoch=float(epoch[1]) if epoch else None,
        epochs=float(last) + 1 if last and int(last) >= 0 else None,
        rate=rate if rate > 0 else None,
        eta_s=seconds(found["left"]) if found["left"] else None,
        phase=Phase.EVALUATION if _EVALUATION.search(before) else Phase.TRAINING,
        bar=True,
    )


def _start() -> Read:
    return _Reader().read


DIALECT = Dialect(
    "rich_bar",
    ("━".encode(), "╸".encode(), "•".encode(), _MARGIN.encode()),
    _start,
    order=11,
    remembers=True,
)
