"""What the run panel and the GPUs view ask over the wire, of a run that really trains."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from pygls.exceptions import JsonRpcException

from tests.helper.lsp.editor import Editor

TRAIN = """\
import time
from pathlib import Path
for step in range(40):
    print(f"step {step} loss {1 / (step + 1):.4f} lr 1e-3", flush=True)
    while step == 19 and not Path("go").exists():
        time.sleep(0.02)
raise RuntimeError("the end")
"""


def test_a_run_seen_through_its_panel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "train.py").write_text(TRAIN)
    asyncio.run(scene(folder))


async def scene(folder: Path) -> None:
    client = Editor()
    await client.start(folder)
    launched = await client.ask(
        "propel/launch", command="python3 train.py", cwd=str(folder), backend="screen"
    )
    run = launched.run
    try:
        news = await reached(client, run, 19, [])
        assert [chart.id for chart in news.charts] == ["loss", "lr"]
        assert (news.read, news.settled, news.markers) == (1, False, [])
        marks = [mark(piece) for piece in news.pieces]
        page = await client.ask("propel/logPage", run=run, attempt=0, way="end", offset=0)
        assert page.lines[-1].text == "step 19 loss 0.0500 lr 1e-3"
        gpus = await client.ask("propel/gpuCurves", run=run, taken=0)
        assert bool(gpus.gpus) != bool(gpus.reason)
        (folder / "go").touch()
        await client.until(lambda: client.notices, "the end")
        more = await reached(client, run, 39, marks)
        loss = next(piece for piece in more.pieces if piece.name == "loss")
        assert loss.start == 19
        assert [marker.kind for marker in more.markers] == ["crash"]
        assert more.markers[0].text == "Crashed: RuntimeError: the end"
        after = await client.ask("propel/logPage", run=run, attempt=0, way="after", offset=page.end)
        assert after.lines[0].text == "step 20 loss 0.0476 lr 1e-3"
        crash = await client.ask("propel/logPage", run=run, attempt=1, way="crash", offset=0)
        shown = {line.offset: line.text for line in crash.lines}
        assert shown[crash.crash].startswith("Traceback")
        hits = await client.ask("propel/logSearch", run=run, attempt=0, text="STEP 7 ", offset=0)
        assert [line.text for line in hits.lines] == ["step 7 loss 0.1250 lr 1e-3"]
        part = await client.ask("propel/detail", run=run, names=["loss"], first=10, last=12)
        assert part.pieces[0].at == [9, 10, 11, 12, 13]
        report = await client.ask("propel/gpus")
        assert bool(report.gpus) != bool(report.reason)
        with pytest.raises(JsonRpcException, match="not one of this folder's"):
            await client.ask("propel/curves", run="another", marks=[])
        with pytest.raises(JsonRpcException):
            await client.ask("propel/logPage", run=run, attempt=0, way="sideways", offset=0)
        assert client.shown == []
    finally:
        await client.ask("propel/kill", run=run)
        await client.close()


async def reached(client: Editor, run: str, step: int, marks: list[dict[str, Any]]) -> Any:
    """The news once the log was read up to a step."""
    for _ in range(600):
        news = await client.ask("propel/curves", run=run, marks=marks)
        if any(piece.at[-1] == step for piece in news.pieces):
            return news
        await asyncio.sleep(0.05)
    raise AssertionError(f"step {step} never came")


def mark(piece: Any) -> dict[str, Any]:
    """What a page remembers of a piece."""
    return {
        name: getattr(piece, name) for name in ("attempt", "name", "version", "settled", "taken")
    }
