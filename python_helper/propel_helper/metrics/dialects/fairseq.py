"""fairseq: ``| INFO | train_inner | epoch 001:    100 / 1000 loss=12.3, ups=2.1, num_updates=100``.

Also its ``json`` and ``simple`` formats; ``ups`` is updates a second:
https://github.com/facebookresearch/fairseq/blob/main/fairseq/logging/progress_bar.py
"""

from __future__ import annotations

import re

from propel_helper.metrics.dialects import Dialect
from propel_helper.metrics.pairs import gathered
from propel_helper.metrics.sample import Phase, Sample

_INNER = re.compile(
    r"epoch (?P<epoch>\d+):\s+(?P<at>\d+)(?:\s*/\s*(?P<total>\d+))?\s(?P<rest>.*\bloss=.*)"
)
_WHOLE = re.compile(
    r"(?:^|\|\s*)(?:(?P<mode>train|valid\w*|test)\s*\|\s*)?epoch (?P<epoch>\d+)\s*\|(?P<rest>.*\bloss\b.*)"
)
_UPDATES = re.compile(r"num_updates[ =]+(\d+)")


def _read(text: str) -> Sample | None:
    inner = _INNER.search(text)
    found = inner or _WHOLE.search(text)
    if found is None:
        return None
    rest = gathered(found["rest"])
    evaluation = inner is None and ((found["mode"] or "train") != "train" or "valid on" in text)
    updates = _UPDATES.search(text)
    step: float | None
    total: float | None
    if inner is not None:
        step, total = float(inner["at"]), float(inner["total"]) if inner["total"] else None
    else:
        step, total = float(updates[1]) if updates else None, None
    return rest._replace(
        step=step,
        total=total,
        epoch=float(found["epoch"]),
        phase=Phase.EVALUATION if evaluation else Phase.TRAINING,
        whole=inner is None,
    )


DIALECT = Dialect("fairseq", (b"epoch ",), lambda: _read, order=45)
