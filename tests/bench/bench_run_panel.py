"""The run panel's data: first answer, whole log, one more line, a zoom, and a search.

Logs of 100,000 and of 1,000,000 steps. The aims: a first answer that shows the whole curve within
0.3 s, an answer with nothing but news within 20 ms, answers under 500 kB, a search of 200 MB/s. How
long the page takes to draw is printed by ``tests/e2e/run_panel.e2e.ts``.
"""

from __future__ import annotations

import json
import math
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from propel_helper.app.log_search import search  # noqa: E402
from propel_helper.app.panel import RunPanel  # noqa: E402
from propel_helper.app.watched import Watched  # noqa: E402
from propel_helper.facts.panel import CurveMark, RunCurves  # noqa: E402
from propel_helper.lsp.coding import fact_converter  # noqa: E402
from propel_helper.runs.ledger import Ledger  # noqa: E402
from tests.helper.app.panel_run import PanelRun  # noqa: E402

SIZES = (100_000, 1_000_000)


def log_of(steps: int) -> bytes:
    """A log that reports loss, learning rate and rate at each step."""
    return "".join(
        f"step {step} loss {2 * math.exp(-3 * step / steps) + 0.1 * math.sin(step):.4f} "
        f"lr {1e-3 * (1 - step / steps):.3e} {120 + step % 7} it/s\n"
        for step in range(steps)
    ).encode()


def timed(panel: RunPanel, watched: Watched, marks: list[CurveMark]) -> tuple[float, RunCurves]:
    """Seconds of one answer, and the answer."""
    began = time.perf_counter()
    news = panel.news(watched, marks)
    return time.perf_counter() - began, news


def marks_of(news: RunCurves) -> list[CurveMark]:
    """What somebody knows who was told ``news`` alone."""
    return [
        CurveMark(one.attempt, one.name, one.version, one.settled, one.taken) for one in news.pieces
    ]


def measure(steps: int, folder: Path) -> None:
    """All figures of one log."""
    run = PanelRun(Ledger(folder))
    log = run.attempt(1, log_of(steps))
    watched, panel = run.watched(), RunPanel()
    first_s, first = timed(panel, watched, [])
    shown = max(len(piece.at) for piece in first.pieces)
    last = max(piece.at[-1] for piece in first.pieces)
    began, cpu = time.perf_counter(), time.process_time()
    news = first
    while news.read < 1:
        _, news = timed(panel, watched, [])
    whole_s, cpu_s = time.perf_counter() - began, time.process_time() - cpu
    size = len(json.dumps(fact_converter().unstructure(news)))
    with log.open("ab") as file:
        file.write(f"step {steps} loss 0.1 lr 1e-9 120 it/s\n".encode())
    more_s, _ = timed(panel, watched, marks_of(news))
    began = time.perf_counter()
    panel.detail(["loss", "lr", "rate"], 0.4 * steps, 0.45 * steps)
    zoom_s = time.perf_counter() - began
    began, at = time.perf_counter(), 0
    while (found := search(watched.record, 1, "not to be found", at)).next is not None:
        at = found.next
    rate = found.size / 1e6 / (time.perf_counter() - began)
    print(
        f"{steps:>9,} steps: first answer {1e3 * first_s:.0f} ms ({shown} points up to {last:,.0f}), "
        f"whole log {whole_s:.1f} s ({cpu_s:.1f} s of CPU), {size / 1e3:.0f} kB, "
        f"one more line {1e3 * more_s:.1f} ms, zoom {1e3 * zoom_s:.1f} ms, search {rate:.0f} MB/s"
    )


if __name__ == "__main__":
    for steps in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            measure(steps, Path(folder))
