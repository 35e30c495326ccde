"""detectron2: ``d2.utils.events]:  eta: 0:10:00  iter: 19  total_loss: 1.2  time: 0.3  lr: 0.0001``.

https://github.com/facebookresearch/detectron2/blob/main/detectron2/utils/events.py
(``CommonMetricPrinter``); ``time`` is the seconds of one iteration, ``eta`` the whole run's.
"""

from __future__ import annotations

from propel_helper.metrics.dialects import Dialect
from propel_helper.metrics.pairs import gathered
from propel_helper.metrics.sample import Sample


def _read(text: str) -> Sample | None:
    if "iter: " not in text or "loss" not in text:
        return None
    found = gathered(text[text.find("iter: ") :], time_is_step=True)
    eta = gathered(text).eta_s
    return found._replace(whole=True, eta_s=eta, eta_whole=True)


DIALECT = Dialect("detectron2", (b"iter: ",), lambda: _read, order=55)
