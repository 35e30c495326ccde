"""A run as the watch holds it, made of a log and of what its record says; nothing is started."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from propel_helper.app.runs import run_of
from propel_helper.app.watched import Watched
from propel_helper.runs.ledger import Ledger

BEGAN = 1_700_000_000.0


class PanelRun:
    """Attempts of one run; each has a log that the test writes."""

    def __init__(self, ledger: Ledger, run: str = "r1") -> None:
        self.ledger = ledger
        self.run = run
        ledger.create(run)
        self.event("launched", cwd="/tmp", backend="screen", name=run, host="elsewhere", run=run)

    def event(self, event: str, **values: Any) -> None:
        self.ledger.append(self.run, event, **values)

    def attempt(self, number: int, log: bytes = b"") -> Path:
        """Begin an attempt; returns its log."""
        path = self.ledger.write(self.run, f"{number}.log", log)
        self.event(
            "attempt", attempt=number, command="python train.py", log=str(path),
            text_file=str(path) + ".sh", nonce=f"n{number}", boot="b",
        )  # fmt: skip
        return path

    def ended(self, number: int, state: str, reason: str = "") -> None:
        self.event(
            "ended", attempt=number, state=state, exit_status=0 if state == "succeeded" else 1,
            reason=reason, ended=time.time(),
        )  # fmt: skip

    def watched(self) -> Watched:
        record = self.ledger.record(self.run)
        assert record is not None
        return Watched.fresh(run_of(self.ledger, record), record, Path("/tmp"))


def steps(numbers: Sequence[int], loss: str = "{:.4f}") -> bytes:
    return b"".join(f"step {n} loss {loss.format(1 / (n + 1))} lr 1e-3\n".encode() for n in numbers)
