"""Scans that stay current: what changes in the folders is read again, nothing else is."""

from __future__ import annotations

import asyncio
import threading
import uuid
from pathlib import Path

from lsprotocol import types

from propel_helper.app.scan import Scanner
from propel_helper.facts.command import ScanReport
from propel_helper.facts.problem import Problem
from propel_helper.lsp.server import PropelServer
from propel_helper.wire import SCANNED, ScanNews

WATCHED = (
    "**/*.{py,sh,bash,slurm,sbatch,md,mdx,rst,toml,cfg,yaml,yml,json,txt}",
    "**/{Makefile,makefile,GNUmakefile,justfile,Justfile,.python-version}",
)
"""Globs (LSP 3.17, FileSystemWatcher) of every file that a source of the scan may want."""
PAUSE_S = 0.4
"""A checkout changes thousands of files: the rescan waits until it is quiet for this long."""


class Scans:
    """One scanner a folder. ``scan`` is called in the pool, the rest on the loop."""

    def __init__(self, server: PropelServer) -> None:
        self._server = server
        self._lock = threading.Lock()
        self._scanners: dict[str, Scanner] = {}
        self._reports: dict[str, ScanReport] = {}
        self._waiting: asyncio.TimerHandle | None = None

    def scan(self, folder: str) -> ScanReport:
        """The report of ``folder`` as it is now. Raises ``Problem``."""
        with self._lock:
            scanner = self._scanners.setdefault(folder, Scanner(folder))
            report = scanner.scan()
            self._reports[folder] = report
            return report

    async def watch_files(self) -> None:
        """Ask the client to tell which files change, where it can."""
        workspace = self._server.client_capabilities.workspace
        able = workspace.did_change_watched_files if workspace else None
        if not (able and able.dynamic_registration):
            return
        watchers = [types.FileSystemWatcher(glob) for glob in WATCHED]
        await self._server.client_register_capability_async(
            types.RegistrationParams(
                [
                    types.Registration(
                        str(uuid.uuid4()),
                        types.WORKSPACE_DID_CHANGE_WATCHED_FILES,
                        types.DidChangeWatchedFilesRegistrationOptions(watchers),
                    )
                ]
            )
        )

    def touched(self, files: list[str]) -> None:
        """Files have changed on disk: scan their folders again once it is quiet."""
        folders = {
            folder
            for folder in tuple(self._scanners)
            if any(Path(file).is_relative_to(folder) for file in files)
        }
        if not folders:
            return
        if self._waiting is not None:
            self._waiting.cancel()
        loop = asyncio.get_running_loop()
        self._waiting = loop.call_later(PAUSE_S, lambda: loop.create_task(self._again(folders)))

    async def _again(self, folders: set[str]) -> None:
        for folder in sorted(folders):
            before = self._reports.get(folder)
            try:
                report = await self._server.in_pool(self.scan, folder)
            except Problem:
                continue
            if report != before:
                self._server.tell(SCANNED, ScanNews(folder, report))
