"""Whatever a loop of one's own prints: ``epoch 1 step 20 loss: 0.1``, ``[100/600] loss=0.3``.

No project defines it; the names are those of ``names.py``.
"""

from __future__ import annotations

import re

from propel_helper.metrics.dialects import Dialect
from propel_helper.metrics.pairs import gathered
from propel_helper.metrics.sample import Phase, Sample

_EVALUATION = re.compile(
    r"[\s\W\d]*(?:\w+ set:?\s*)?(?:avg |average )?(?:val(?:id|idation)?|test(?:ing)?|eval(?:uation|uating)?|dev)\b",
    re.IGNORECASE,
)
_RUNNING = re.compile(r"\brunning: (?P<at>\d+)/(?P<all>\d+)", re.IGNORECASE)
_PLACE = re.compile(r"[\[(]\s*(?P<at>\d+)\s*/\s*(?P<total>\d+)\s*(?:\(\s*\d+%\s*\))?\s*[\])]")
_BOTH = re.compile(r"\[(?P<epoch>\d+)/(?P<epochs>\d+)\]\s*\[(?P<step>\d+)/(?P<total>\d+)\]")
_COUNTED = re.compile(
    r"(?:^\W*|\b)(?P<at>\d+)\s*/\s*(?P<total>\d+)(?=\s*(?:batches|steps|iter\w*|its?\b|updates)|\s*[:,|-]|\s+\w*loss)"
)
_TWO = re.compile(r"\[\s*(?P<epoch>\d+)\s*,\s*(?P<step>\d+)\s*\]\s*(?=loss)")
_HEADER = re.compile(
    r"[\s\W]*(?:(?:start(?:ing)?|begin(?:ning)?|running|train(?:ing)?)\s+)?(?:epoch|ep)\W{0,3}(\d+)"
    r"(?:\s*(?:/|of)\s*(\d+))?[\s\W]*(?:[A-Za-z:. ]*[\dms:. ]*|.*started.*)$",
    re.IGNORECASE,
)
_STATS = re.compile(r"\b(?:averaged|summary|total|final|best|overall)\b", re.IGNORECASE)


def _read(text: str) -> Sample | None:
    found = gathered(text)
    if found.step is None or found.epoch is None:
        found = _placed(text, found)
    counted = found.step is not None or found.epoch is not None
    if not found.values:
        header = _HEADER.match(text)
        if header is not None:
            return Sample(epoch=float(header[1]), epochs=float(header[2]) if header[2] else None)
        return (
            Sample(phase=Phase.EVALUATION) if _EVALUATION.match(text) and len(text) < 60 else None
        )
    if not counted and _STATS.search(text.partition("loss")[0]):
        return None
    if _EVALUATION.match(text):
        found = found._replace(phase=Phase.EVALUATION)
    return found


def _placed(text: str, found: Sample) -> Sample:
    """``found`` with counters that have no name: ``[1, 2000] loss``, ``running: 1/250``."""
    both = _BOTH.search(text)
    if both is not None:
        epoch, epochs, step, total = (
            float(both[name]) for name in ("epoch", "epochs", "step", "total")
        )
        return found._replace(epoch=epoch, epochs=epochs, step=step, total=total)
    two = _TWO.search(text)
    if two is not None:
        return found._replace(epoch=float(two["epoch"]), step=float(two["step"]))
    running = _RUNNING.search(text)
    if running is not None and found.epoch is None:
        return found._replace(epoch=float(running["at"]), epochs=float(running["all"]))
    place = _PLACE.search(text) or (_COUNTED.search(text) if found.values else None)
    if place is not None and found.step is None:
        return found._replace(step=float(place["at"]), total=float(place["total"]))
    return found


DIALECT = Dialect(
    "plain_text",
    (b"loss", b"Loss", b"LOSS", b"poch", b"EPOCH", b"step", b"Step", b"iter", b"Iter", b"acc", b"Acc",
     b"reward", b"Reward", b"return", b"lr", b"LR", b"val", b"Val", b"est", b"core", b"pisode", b"earning", b"cost"),
    lambda: _read,
    order=90,
)  # fmt: skip
