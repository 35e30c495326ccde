"""One client's state: the watch over its folders, and the marks on its lines."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from lsprotocol import types
from pygls.uris import to_fs_path

from propel_helper.app.meters import Meters
from propel_helper.app.silences import Silences
from propel_helper.app.watch import Watch
from propel_helper.app.watched import Watched
from propel_helper.facts.problem import Problem
from propel_helper.facts.run import Run, RunState
from propel_helper.lsp.hints import Hint, Hints
from propel_helper.lsp.marks import Marks, uri_of
from propel_helper.lsp.notices import notice
from propel_helper.lsp.server import PropelServer
from propel_helper.lsp.spots import spots
from propel_helper.lsp.waits import waits
from propel_helper.project.originals import content
from propel_helper.runs.ledger import Ledger
from propel_helper.wire import (
    PROGRESSED,
    RUN_CHANGED,
    RUN_ENDED,
    RUN_GONE,
    TARGET_REACHED,
    RunNote,
    RunParams,
    RunProgress,
    StuckReport,
)

LARGEST_TEXT = 4 * 1024 * 1024
"""Bytes; a larger file gets no squiggle."""
CRASH, WAIT, HINT = "crash", "wait", "hint"
"""Kinds of marks."""


class Desk:
    """Hears from the watch (its thread) and from the client (the loop)."""

    def __init__(self, server: PropelServer) -> None:
        self.server = server
        self.ledger = Ledger.of(os.environ)
        self._watch: Watch | None = None
        self._meters = Meters(self.ledger, self)
        self.marks = Marks(self.text)
        self.hints = Hints(server, self.ledger, self._put_hints)
        self._silences = Silences(self.ledger, self)
        self._silent: dict[str, str] = {}
        self._looked: dict[str, int] = {}
        """Bytes that a run had printed when its waits were marked."""

    @property
    def watch(self) -> Watch:
        """The watch. Raises ``Problem`` before the client has said ``initialized``."""
        if self._watch is None:
            raise Problem("The helper is still starting.", "Try again in a moment.")
        return self._watch

    def open(self) -> None:
        """Begin to watch the client's folders."""
        folders = [to_fs_path(uri) for uri in self.server.workspace.folders]
        if not folders and self.server.workspace.root_path:
            folders = [self.server.workspace.root_path]
        self._watch = Watch(
            self.ledger, tuple(folder for folder in folders if folder), self, self.open_text
        )
        self._watch.start()
        self._silences.start()
        self._meters.start()

    def close(self) -> None:
        """Stop watching; no run is touched."""
        if self._watch is not None:
            self._watch.close()
            self._silences.close()
            self._meters.close()

    def told(self, run: Run) -> Run:
        """A run with whether it is silent."""
        silence = self._silent.get(run.run, "") if run.state is RunState.RUNNING else ""
        return replace(run, silence=silence)

    def root_of(self, run: str, cwd: str) -> Path:
        """The folder of the client that a run belongs to, else the one that it runs in."""
        watched = self._watch.one(run) if self._watch is not None else None
        return watched.root if watched is not None else Path(cwd)

    def open_text(self, file: str) -> str | None:
        """Text of a file that is open in the editor."""
        document = self.server.workspace.text_documents.get(uri_of(file))
        return document.source if document is not None else None

    def content(self, file: str) -> bytes:
        """What a file holds for a person: the editor's unsaved text, else the bytes on disk.

        Raises:
            Problem: it can't be read.
        """
        data = content(Path(file))
        held = self.open_text(file)
        if held is None or held == data.decode("utf-8", "replace").removeprefix("\ufeff"):
            return data
        return held.encode("utf-8")

    def text(self, file: str) -> str | None:
        """Text of a file: the editor's, else what is on disk."""
        held = self.open_text(file)
        if held is not None:
            return held
        path = Path(file)
        try:
            if path.stat().st_size > LARGEST_TEXT:
                return None
            return path.read_text("utf-8", "replace")
        except OSError:
            return None

    def changed(self, watched: Watched) -> None:
        """A run is different now: its squiggles, then its row."""
        pages = str(self.server.options.get("pages") or "").rstrip("/")
        files = self.marks.put(CRASH, watched.run.run, spots(watched, pages))
        published = {file: self._diagnostics(file) for file in files}
        self.server.on_loop(self._send, published, watched)
        self._silences.show(watched.run)
        self._meters.show(watched.run)
        self.hints.show(watched.run, watched.root)

    def ended(self, watched: Watched) -> None:
        """An attempt is over: one notification."""
        self.server.on_loop(self.server.tell, RUN_ENDED, notice(watched))

    def gone(self, run: str) -> None:
        """A run was removed: its squiggles, marks and hints go, then its row."""
        files = self.marks.put(CRASH, run, ()) | self.marks.put(WAIT, run, ())
        self.hints.drop(run)
        self.server.on_loop(self._publish_all, files)
        self.server.on_loop(self.server.tell, RUN_GONE, RunParams(run))

    def silent(self, run: str, text: str) -> None:
        """A run prints nothing any more: its row offers to look why."""
        self._silent = {**self._silent, run: text}
        self._tell_row(run)

    def spoke(self, run: str, size: int | None) -> None:
        """A run goes on, or is over: nothing of it waits where it did."""
        if run in self._silent:
            self._silent = {name: text for name, text in self._silent.items() if name != run}
            self._tell_row(run)
        if size is None or size > self._looked.get(run, 0):
            self.unmark(run)

    def mark(self, report: StuckReport) -> None:
        """Mark the lines that a run's processes wait on. On the loop."""
        run = report.hang.run
        self._looked[run] = report.log_size
        self._publish_all(self.marks.put(WAIT, run, waits(report)))

    def unmark(self, run: str) -> None:
        """Take a run's marks away. From any thread."""
        files = self.marks.put(WAIT, run, ())
        if files:
            self.server.on_loop(self._publish_all, files)

    def _put_hints(self, root: Path, hints: tuple[Hint, ...]) -> None:
        self._publish_all(self.marks.put(HINT, str(root), hints))

    def progressed(self, found: RunProgress) -> None:
        """A run is further than it was."""
        self.server.on_loop(self.server.tell, PROGRESSED, found)

    def reached(self, found: RunNote) -> None:
        """A run has reached the metric that was asked for: one notification."""
        self.server.on_loop(self.server.tell, TARGET_REACHED, found)

    def publish_uri(self, uri: str) -> None:
        """A document has changed: its marks follow their lines, or go."""
        file = to_fs_path(uri)
        if file is not None and file in self.marks.files():
            self._publish(file, self._diagnostics(file))

    def _diagnostics(self, file: str) -> list[types.Diagnostic]:
        return [found for _, found in self.marks.on(file)]

    def _publish_all(self, files: set[str]) -> None:
        for file in files:
            self._publish(file, self._diagnostics(file))

    def _tell_row(self, run: str) -> None:
        watched = self._watch.one(run) if self._watch is not None else None
        if watched is not None:
            self.server.on_loop(self.server.tell, RUN_CHANGED, self.told(watched.run))

    def _send(self, published: dict[str, list[types.Diagnostic]], watched: Watched) -> None:
        for file, diagnostics in published.items():
            self._publish(file, diagnostics)
        self.server.tell(RUN_CHANGED, self.told(watched.run))

    def _publish(self, file: str, diagnostics: list[types.Diagnostic]) -> None:
        self.server.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(uri=uri_of(file), diagnostics=diagnostics)
        )
