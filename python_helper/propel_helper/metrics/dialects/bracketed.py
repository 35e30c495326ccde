"""Lines that begin with their place: mmengine, timm, DETR and LAVIS, torchvision, MNIST examples.

=============== ========================================================================
mmengine, mmcv  ``Epoch(train) [1][5/7]  lr: 7.0e-03  loss: 17.88  time: 1.87``,
                ``Iter(train) [ 50/160000]``
timm            ``Train: 0 [  50/73 ( 70%)]  Loss: 6.77 (6.83)  Time: 0.320s, 400.32/s``
MetricLogger    ``Epoch: [0]  [  10/3000]  eta: 0:10:00  lr: 0.00003  loss: 3.55  time: 0.49``
torchvision     ``Epoch: [0][  10/5005]  Time 0.5 ( 1.2)  Loss 6.9e+00 (7.0e+00)``
MNIST example   ``Train Epoch: 1 [640/60000 (1%)]  Loss: 2.30``
=============== ========================================================================

``time`` is the seconds of one step in all of them. Sources:
https://github.com/open-mmlab/mmengine/blob/main/mmengine/runner/log_processor.py,
https://github.com/huggingface/pytorch-image-models/blob/main/train.py,
https://github.com/facebookresearch/detr/blob/main/util/misc.py,
https://github.com/pytorch/examples (``imagenet``, ``mnist``).
"""

from __future__ import annotations

import re

from propel_helper.metrics.dialects import Dialect
from propel_helper.metrics.pairs import gathered
from propel_helper.metrics.sample import Phase, Sample

_PLACE = re.compile(
    r"(?:^|[\s:\]-])(?P<word>(?:Train(?:ing)?|Test(?:ing)?|Val(?:idation)?|Eval(?:uation)?|Epoch|Iter(?:ation)?)\b(?:\((?P<mode>\w+)\))?"
    r"[ :]*(?:data |Epoch|epoch|\w+ epoch)?)\W{0,3}"
    r"(?:\[?\s*(?P<epoch>\d+)(?:/(?P<epochs>\d+))?\s*\]?[ :,]*)?\[\s*(?P<at>\d+)(?:\s*/\s*(?P<total>\d+))?(?:\s*\(\s*\d+%\))?\s*\]",
    re.IGNORECASE,
)
_EVALUATION = re.compile(r"test|val|eval", re.IGNORECASE)
_EPOCH_ALONE = re.compile(r"\[[^]]*\]\s*$")


def _read(text: str) -> Sample | None:
    place = _PLACE.search(text, 0, 200)
    if place is None:
        return None
    rest = gathered(text[place.end() :], time_is_step=True)
    mode = place["mode"] or place["word"]
    counts_iterations = place["word"].lower().startswith("iter")
    epoch, at, total = place["epoch"], place["at"], place["total"]
    if epoch is None and not counts_iterations and "epoch" in place["word"].lower():
        # "Epoch [3/10]": what stands in the only bracket is the epoch.
        return rest._replace(
            epoch=float(at),
            epochs=float(total) if total else None,
            phase=Phase.EVALUATION if _EVALUATION.search(mode) else rest.phase,
            eta_whole=True,
        )
    return rest._replace(
        step=float(at),
        total=float(total) if total else rest.total,
        epoch=float(epoch) if epoch is not None else rest.epoch,
        epochs=float(place["epochs"]) if place["epochs"] else rest.epochs,
        phase=Phase.EVALUATION if _EVALUATION.search(mode) else rest.phase,
        whole=True if counts_iterations else None,
        eta_whole="mmengine" in text or "mmcv" in text or counts_iterations,
    )


DIALECT = Dialect(
    "bracketed",
    (b"rain", b"poch", b"Iter", b"iter", b"Test", b"Val", b"val"),
    lambda: _read,
    order=60,
)
