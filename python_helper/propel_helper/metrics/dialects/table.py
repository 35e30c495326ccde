"""Tables with one value a line: Stable-Baselines3, rsl_rl, spinning up.

``|    loss | 3.64e+04 |`` between rules of dashes; the step is ``total_timesteps``:
https://github.com/DLR-RM/stable-baselines3/blob/master/stable_baselines3/common/logger.py
"""

from __future__ import annotations

import re

from propel_helper.metrics.dialects import Dialect, Read
from propel_helper.metrics.names import plain_name, role
from propel_helper.metrics.numbers import NUMBER, number
from propel_helper.metrics.sample import Sample

_ROW = re.compile(rf"\s*[|│]\s*([A-Za-z][\w/@. %()-]*?)\s*[|│]\s*({NUMBER})\s*[|│]\s*$")
_GROUP = re.compile(r"\s*[|│]\s*[\w ]+/\s*[|│]\s*[|│]\s*$")
_RULE = re.compile(r"\s*[-+=─┼└┌┴┬┘┐]{6,}\s*$")
_STEPS = (
    "total_timesteps",
    "timesteps",
    "totalenvinteracts",
    "steps",
    "step",
    "iterations",
    "epoch",
)


class _Reader:
    """Gathers the rows up to the rule that ends the table."""

    def __init__(self) -> None:
        self.rows: dict[str, float] = {}

    def read(self, text: str) -> Sample | None:
        row = _ROW.match(text)
        if row is not None:
            self.rows[plain_name(row[1].rpartition("/")[2])] = number(row[2])
            return Sample()
        if _RULE.match(text) is None:
            return Sample() if self.rows and _GROUP.match(text) else None
        rows, self.rows = self.rows, {}
        step = next((rows[name] for name in _STEPS if name in rows), None)
        if step is None:
            return Sample() if rows else None
        values = {
            name: value
            for name, value in rows.items()
            if role(name) in ("loss", "lr", "measure", "speed")
        }
        return Sample(values, step=step, whole=True)


def _start() -> Read:
    return _Reader().read


DIALECT = Dialect(
    "table", (b"|", "│".encode(), b"------", "──────".encode()), _start, order=40, remembers=True
)
