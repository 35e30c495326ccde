"""YOLO's columns: a header line names them, and each epoch's bar has the numbers before it.

``Epoch gpu_mem GIoU obj cls total targets img_size`` above ``10/49 7.4G 2.45 1.36 0.49 4.31 4 512:
100% 304/304 [19:44<00:00, 3.90s/it]``; ultralytics has no total
(https://github.com/ultralytics/ultralytics/blob/main/ultralytics/engine/trainer.py, ``progress_string``).
"""

from __future__ import annotations

import re

from propel_helper.metrics.dialects import Dialect, Read
from propel_helper.metrics.dialects.tqdm_bar import DIALECT as BAR
from propel_helper.metrics.names import plain_name, role
from propel_helper.metrics.sample import Phase, Sample

_HEADER = re.compile(r"\s*Epoch\s+(?:gpu_?mem\b|[\w/]+\s).*", re.IGNORECASE)
_ROW = re.compile(r"\s*(\d+)/(\d+)\s+(\S+(?:\s+\S+){2,}?):\s+(?=\d{1,3}%)")
_LOSSES = re.compile(r"box|obj|cls|dfl|giou|.*loss|pose|kobj|seg|rgb")


class _Reader:
    """Remembers the header's names."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.bar = BAR.start()

    def read(self, text: str) -> Sample | None:
        if _HEADER.fullmatch(text) and not any(
            letter.isdigit() for letter in text.replace("mAP50", "")
        ):
            self.names = [plain_name(word) for word in text.split()][1:]
            return Sample()
        row = _ROW.match(text) if self.names else None
        if row is None:
            return None
        bar = self.bar(text[row.end() :])
        return self._sample(row, bar) if bar is not None else None

    def _sample(self, row: re.Match[str], bar: Sample) -> Sample:
        values: dict[str, float] = {}
        for name, word in zip(self.names, row[3].split(), strict=False):
            called = "total_loss" if name in ("total", "totl") else name
            called = (
                f"{name}_loss"
                if called == name and _LOSSES.fullmatch(name) and "loss" not in name
                else called
            )
            try:
                value = float(word)
            except ValueError:
                continue
            if role(called) in ("loss", "lr", "measure"):
                values[called] = value
        first = float(row[1])
        return Sample(
            values=values,
            step=bar.step,
            total=bar.total,
            epoch=first,
            epochs=float(row[2]),
            rate=bar.rate,
            eta_s=bar.eta_s,
            phase=Phase.TRAINING,
            bar=True,
        )


def _start() -> Read:
    return _Reader().read


DIALECT = Dialect("columns", (b"Epoch", b"%"), _start, order=5, remembers=True)
