"""A run under watch, and what its log says so far."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from typing_extensions import override

from propel_helper.app import changed_since
from propel_helper.app.diagnose import END, findings, read_into
from propel_helper.app.ending import elsewhere
from propel_helper.app.piped import reader_of
from propel_helper.app.surroundings import LocalSurroundings
from propel_helper.app.undone import without_undone
from propel_helper.facts.finding import Finding
from propel_helper.facts.problem import Problem
from propel_helper.facts.run import Run, RunState
from propel_helper.regular import stream
from propel_helper.runs.record import Record
from propel_helper.sessions import processes
from propel_helper.tracebacks.ranked import is_aftermath
from propel_helper.tracebacks.reader import LogReader

OpenText = Callable[[str], "str | None"]
"""Text of an absolute path as an editor holds it, None when no editor does."""


class EditedSurroundings(LocalSurroundings):
    """Surroundings in which an open file has the text that the editor shows."""

    def __init__(
        self,
        root: Path,
        cwd: Path,
        command: str,
        open_text: OpenText,
        environ: Callable[[], Mapping[str, str]] = dict,
    ) -> None:
        super().__init__(root, cwd, command, environ)
        self._open_text = open_text

    @override
    def text(self, file: str) -> str | None:
        """Text of a project file: the editor's where it is open there."""
        path = self.find(file)
        held = self._open_text(str(path)) if path is not None else None
        return held if held is not None else super().text(file)


@dataclass(frozen=True)
class Watched:
    """The last attempt of a run. ``reader`` has read its log as far as it was followed."""

    run: Run
    record: Record
    root: Path
    reader: LogReader
    findings: tuple[Finding, ...] = ()

    @classmethod
    def fresh(cls, run: Run, record: Record, root: Path) -> Watched:
        """Nothing read yet; only the end mark with this attempt's nonce will end its log."""
        return cls(run, record, root, reader_of(record.last))

    @property
    def key(self) -> str:
        """Names the attempt among all that are followed."""
        return f"{self.run.run}/{self.run.attempt}"

    @property
    def over(self) -> bool:
        """Whether the attempt has ended."""
        return self.run.state is not RunState.RUNNING

    @property
    def crashed(self) -> bool:
        """Whether it is over in a way that its log may explain, and nobody has put that aside."""
        last = self.record.last
        well = self.run.state is RunState.SUCCEEDED or last.killed is not None or last.dismissed
        return self.over and not well

    def read_whole(self) -> Watched:
        """With the whole log read. Raises ``Problem`` when it can't be."""
        reader = reader_of(self.record.last)
        read_into(reader, Path(self.run.log), regular=True)
        return replace(self, reader=reader)

    def settled(self) -> Watched:
        """With what the log of an attempt that is over says in the end.

        Of a large log the last bytes are read first. A log that is gone says no more than it did
        while it was followed.
        """
        if self.reader.ended:
            return self
        try:
            return self._by_its_end() or self.read_whole()
        except (OSError, Problem):
            return self

    def _by_its_end(self) -> Watched | None:
        """With the last bytes read, when they show a crash by themselves. Raises ``OSError``."""
        log = Path(self.run.log)
        size = log.stat().st_size
        if size <= 2 * END:
            return None
        reader = reader_of(self.record.last, start=size - END)
        with stream(log) as file:
            file.seek(size - END)
            while data := file.read(END):
                reader.feed(data)
        crashes = reader.crashes(ended=True, exit_status=self.run.exit_status)
        # What another process's death explains may have its cause further up.
        shown = bool(crashes) and not any(is_aftermath(crash) for crash in crashes)
        return replace(self, reader=reader) if shown else None

    def with_run(self, run: Run) -> Watched:
        """The same attempt in another state."""
        return replace(self, run=run)

    def with_record(self, record: Record) -> Watched:
        """The same attempt with what was recorded since."""
        return replace(self, record=record)

    def with_findings(self, found: tuple[Finding, ...]) -> Watched:
        """The same attempt with other findings."""
        return replace(self, findings=found)


def findings_of(watched: Watched, open_text: OpenText) -> Watched:
    """``watched`` with what its log so far says, computed for the files as they stand now.

    A run that went well, or that a person ended, has no crash.
    """
    run = watched.run
    attempt = watched.record.last
    if attempt.killed is not None or attempt.dismissed or (watched.over and not watched.crashed):
        return watched.with_findings(())
    crashes = watched.reader.crashes(ended=watched.over, exit_status=run.exit_status)
    environ = partial(_environ, watched.record)
    around = EditedSurroundings(watched.root, Path(run.cwd), run.command, open_text, environ)
    found = without_undone(findings(crashes, around), run, watched.record, watched.root)
    return watched.with_findings(changed_since.told(found, run, around))


def _environ(record: Record) -> Mapping[str, str]:
    """The variables that the run's session was started with; none where it is gone, or on another host."""
    window = record.last.window
    return {} if window is None or elsewhere(record) else processes.environment(window.pid)
