"""nanoGPT and its descendants: ``iter 30: loss 2.7473, time 2092.32ms, mfu 0.19%``.

Evaluations say ``step 100: train loss 2.3848, val loss 2.3995`` between them: that train loss is
measured like the other one and is no step's own
(https://github.com/karpathy/nanoGPT/blob/master/train.py).
"""

from __future__ import annotations

import re

from propel_helper.metrics.dialects import Dialect
from propel_helper.metrics.pairs import gathered
from propel_helper.metrics.sample import Phase, Sample

_EVALUATION = re.compile(r"\s*step (\d+): train loss \S+, val loss \S+")
_ITERATION = re.compile(r"\s*iter (\d+): loss ")


def _read(text: str) -> Sample | None:
    evaluation = _EVALUATION.match(text)
    if evaluation is not None:
        return gathered(text)._replace(whole=True, phase=Phase.EVALUATION)
    if _ITERATION.match(text) is None:
        return None
    return gathered(text)._replace(whole=True)


DIALECT = Dialect("nanogpt", (b"iter ", b"step "), lambda: _read, order=44)
