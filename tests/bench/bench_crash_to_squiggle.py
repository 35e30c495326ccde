"""Time from the last byte of a traceback to its diagnostic, over real crashes in real screen.

Both ends read the same clock of one machine. The client is another process, so its reading of
the message is part of the figure, as in an editor.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from lsprotocol import types
from pygls.lsp.client import LanguageClient

CRASHES = int(os.environ.get("PROPEL_BENCH_CRASHES", "100"))
START = Path(__file__).resolve().parents[2] / "python_helper" / "start.py"
SCRIPT = Path(__file__).resolve().parent / "crash_once.py"


class Crashes(LanguageClient):
    """Takes diagnostics and notes when each came."""

    def __init__(self) -> None:
        super().__init__("bench", "0")
        self.arrived: asyncio.Queue[tuple[int, str]] = asyncio.Queue()

        @self.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def note(params: types.PublishDiagnosticsParams) -> None:
            moment = time.time_ns()
            for diagnostic in params.diagnostics:
                self.arrived.put_nowait((moment, str(diagnostic.data)))

        for method in ("propel/runChanged", "propel/runEnded", "propel/progressed"):
            self.feature(method)(lambda _: None)


async def one_crash(client: Crashes, folder: Path, number: int) -> float:
    """Milliseconds from the last byte to the diagnostic, for one run."""
    moment = folder / f"moment-{number}"
    command = f"{sys.executable} {folder / 'train.py'} {moment}"
    run = await client.protocol.send_request_async(
        "propel/launch", {"command": command, "cwd": str(folder), "backend": "screen"}
    )
    while True:
        arrived, data = await asyncio.wait_for(client.arrived.get(), 30)
        if run.run in data:
            break
    for _ in range(1000):
        if moment.exists() and moment.read_text():
            break
        await asyncio.sleep(0.01)
    await client.protocol.send_request_async("propel/kill", {"run": run.run})
    return (arrived - int(moment.read_text())) / 1e6


async def measure(folder: Path) -> list[float]:
    """One figure a crash, in milliseconds."""
    client = Crashes()
    await client.start_io(sys.executable, str(START), "lsp")
    await client.initialize_async(
        types.InitializeParams(
            capabilities=types.ClientCapabilities(),
            root_uri=folder.as_uri(),
            workspace_folders=[types.WorkspaceFolder(folder.as_uri(), folder.name)],
        )
    )
    client.initialized(types.InitializedParams())
    figures = [await one_crash(client, folder, number) for number in range(CRASHES)]
    await client.shutdown_async(None)
    client.exit(None)
    return figures


def main() -> int:
    """Print median, p99 and worst; exit 1 when p99 is not under 300 ms."""
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["XDG_STATE_HOME"] = f"{scratch}/state"
        folder = Path(scratch) / "project"
        folder.mkdir()
        (folder / "train.py").write_text(SCRIPT.read_text())
        figures = sorted(asyncio.run(measure(folder)))
    screen = subprocess.run(["screen", "-v"], capture_output=True, text=True, check=False)
    p99 = figures[min(len(figures) - 1, int(len(figures) * 0.99))]
    print(
        json.dumps(
            {
                "crashes": len(figures),
                "median_ms": round(statistics.median(figures), 1),
                "p99_ms": round(p99, 1),
                "worst_ms": round(figures[-1], 1),
                "screen": screen.stdout.strip(),
            }
        )
    )
    return 0 if p99 < 300 else 1


if __name__ == "__main__":
    sys.exit(main())
