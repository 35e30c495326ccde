"""A client that behaves as an editor does: the real server process, spoken to over stdio."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.lsp.client import LanguageClient

START = Path(__file__).resolve().parents[3] / "python_helper" / "start.py"


class Editor(LanguageClient):
    """Keeps what the server published, and waits for what it should publish."""

    def __init__(self) -> None:
        super().__init__("editor", "0")
        self.published: dict[str, list[types.Diagnostic]] = {}
        self.notices: list[Any] = []
        self.changes: list[Any] = []
        self.told: list[Any] = []
        self.reached: list[Any] = []
        self.gone: list[str] = []
        self.shown: list[str] = []
        self._news = asyncio.Event()

        @self.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def diagnostics(params: types.PublishDiagnosticsParams) -> None:
            self.published[params.uri] = list(params.diagnostics)
            self._news.set()

        @self.feature("propel/runEnded")
        async def ended(params: Any) -> None:
            if await self._claims(params):
                self.notices.append(params)
                self._news.set()

        @self.feature("propel/runChanged")
        def changed(params: Any) -> None:
            self.changes.append(params)
            self._news.set()

        @self.feature("propel/progressed")
        def progressed(params: Any) -> None:
            self.told.append(params)
            self._news.set()

        @self.feature("propel/targetReached")
        async def reached(params: Any) -> None:
            if await self._claims(params):
                self.reached.append(params)

        @self.feature("propel/runGone")
        def gone(params: Any) -> None:
            self.gone.append(params.run)
            self._news.set()

        @self.feature(types.WINDOW_SHOW_MESSAGE)
        def message(params: types.ShowMessageParams) -> None:
            self.shown.append(params.message)

    async def start(self, folder: Path) -> None:
        """Start the server on ``folder``."""
        await self.start_io(sys.executable, str(START), "lsp")
        await self.initialize_async(
            types.InitializeParams(
                capabilities=types.ClientCapabilities(),
                root_uri=folder.as_uri(),
                workspace_folders=[types.WorkspaceFolder(folder.as_uri(), folder.name)],
                initialization_options={"pages": "file:///pages"},
            )
        )
        self.initialized(types.InitializedParams())

    async def close(self) -> None:
        """Stop the server as an editor does."""
        await self.shutdown_async(None)
        self.exit(None)
        await self.stop()

    async def _claims(self, told: Any) -> bool:
        claim = await self.ask("propel/claim", run=told.run.run, claim=told.claim)
        return bool(claim.first)

    async def ask(self, method: str, **params: Any) -> Any:
        """A custom request."""
        return await asyncio.wait_for(self.protocol.send_request_async(method, params), 60)

    async def until(self, wanted: Any, what: str, seconds: float = 30) -> Any:
        """The first true value of ``wanted()``; fails after ``seconds``."""
        deadline = asyncio.get_running_loop().time() + seconds
        while not (value := wanted()):
            left = deadline - asyncio.get_running_loop().time()
            assert left > 0, f"never seen: {what}; published {self.published}, {self.notices}"
            self._news.clear()
            try:
                await asyncio.wait_for(self._news.wait(), min(left, 0.5))
            except (TimeoutError, asyncio.TimeoutError):
                continue
        return value

    def on(self, file: Path) -> list[types.Diagnostic]:
        """Diagnostics of a file as last published."""
        return self.published.get(file.as_uri(), [])
