"""Megatron-LM and its descendants.

`` iteration  11/50000 | consumed samples: 5632 | elapsed time per iteration (ms): 52728.1 |
learning rate: 1.499E-05 | lm loss: 1.37E+01 |``
(https://github.com/NVIDIA/Megatron-LM/blob/main/megatron/training/training.py, ``training_log``).
"""

from __future__ import annotations

import re

from propel_helper.metrics.dialects import Dialect
from propel_helper.metrics.numbers import number
from propel_helper.metrics.pairs import gathered, per_second
from propel_helper.metrics.sample import Sample

_LINE = re.compile(r"iteration\s+(\d+)/\s*(\d+)\s*\|(.*)")
_ELAPSED = re.compile(r"elapsed time per iteration \((ms|s)\):\s*([\d.]+)")
_PAST = re.compile(r"consumed \w+:\s*\d+\s*\|")


def _read(text: str) -> Sample | None:
    found = _LINE.search(text)
    if found is None:
        return None
    elapsed = _ELAPSED.search(found[3])
    rate = per_second(number(elapsed[2]), elapsed[1]) if elapsed else None
    rest = gathered(_PAST.sub("", found[3]))
    return rest._replace(step=float(found[1]), total=float(found[2]), rate=rate, whole=True)


DIALECT = Dialect("megatron", (b"iteration",), lambda: _read, order=50)
