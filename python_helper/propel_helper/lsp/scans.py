"""Scans that stay current: what changes in the folders is read again, nothing else is."""

from __future__ import annotations

import asyncio
import threading
import uuid
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import replace
from pathlib import Path

from lsprotocol import types

from propel_helper.app.scan import REST_STOPPED, Scanner
from propel_helper.facts.command import Environment, PythonFact, ScanReport
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


SLICE_S = 2.0
"""How often a folder that answers slowly shows what is known by then."""
PATIENCE_S = 5.0
"""A request waits no longer than this: then it is answered by what is known."""


class _Folder:
    """One folder: its scanner, what is known, and the scan that goes on, if one does."""

    def __init__(self, path: str, news: Callable[[str, ScanReport], None]) -> None:
        self._path = path
        self._news = news
        self._scanner = Scanner(path)
        self._lock = threading.Lock()
        self._late = False
        self._stopping = False
        self.known: ScanReport | None = None

    def scan(self) -> ScanReport:
        """The report of the folder as it is now, or what is known when that takes too long."""
        if self._late and not self._stopping:
            return self._so_far()
        # One that was stopped ends soon: the new one waits for it.
        self._stopping = False
        first: Future[ScanReport] = Future()
        # A thread of its own: a dead network folder may never let go of it, nor of its lock.
        threading.Thread(target=self._run, args=(first,), daemon=True, name="propel-scan").start()
        try:
            return first.result(PATIENCE_S)
        except FutureTimeout:
            if not first.cancel():
                return first.result()
            self._late = True
            return self._so_far()

    def stop(self) -> None:
        """End the scan that goes on; what is known is told as all there is."""
        if not self._late:
            return
        # A dead folder would not let the scan itself say so.
        known = self._so_far()
        skipped = (*known.skipped, REST_STOPPED)
        self._news(self._path, replace(known, skipped=skipped, unfinished=False))
        self._stopping = True
        self._scanner.stop()

    def _so_far(self) -> ScanReport:
        if self.known is None:
            silent = f"{self._path}: does not answer"
            return ScanReport(
                (), (), Environment(PythonFact(None, None)), (silent,), unfinished=True
            )
        return replace(self.known, unfinished=True)

    def _run(self, first: Future[ScanReport]) -> None:
        """Scan; the first report answers the request, if it still waits, the others are news."""
        with self._lock:
            asked = True
            try:
                for report in self._scanner.reports(SLICE_S):
                    self.known, self._late = report, report.unfinished
                    if asked and first.set_running_or_notify_cancel():
                        first.set_result(report)
                    else:
                        self._news(self._path, report)
                    asked = False
            except Exception as error:
                # Whatever it is, it is the request that fails with it.
                if not (asked and first.set_running_or_notify_cancel()):
                    raise
                first.set_exception(error)
            finally:
                self._late = False


class Scans:
    """One scanner a folder. ``scan`` is called in the pool, the rest on the loop."""

    def __init__(self, server: PropelServer) -> None:
        self._server = server
        self._folders: dict[str, _Folder] = {}
        self._waiting: asyncio.TimerHandle | None = None

    def scan(self, folder: str) -> ScanReport:
        """The report of ``folder`` as it is now. Raises ``Problem``.

        A folder that answers slowly is answered by what is known, and news follow.
        """
        return self._of(folder).scan()

    def stop(self, folder: str) -> None:
        """End a scan of ``folder`` that goes on."""
        self._of(folder).stop()

    def known(self, folder: str) -> ScanReport:
        """The report of ``folder`` as it was last seen; a scan when it was never. Raises ``Problem``."""
        one = self._of(folder)
        return one.known or one.scan()

    def _of(self, folder: str) -> _Folder:
        return self._folders.setdefault(folder, _Folder(folder, self._tell))

    def _tell(self, folder: str, report: ScanReport) -> None:
        self._server.on_loop(self._server.tell, SCANNED, ScanNews(folder, report))

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
            for folder in tuple(self._folders)
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
            before = self._of(folder).known
            try:
                report = await self._server.in_pool(self.scan, folder)
            except Problem:
                continue
            if report != before:
                self._server.tell(SCANNED, ScanNews(folder, report))
