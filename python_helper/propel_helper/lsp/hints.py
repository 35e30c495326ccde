"""Pitfalls of the newest run as hints on the lines where their values stand. They suggest; none edits.

Numbers are read from the files as they are on disk, anew when one is saved; between that a hint
follows its line, and goes with it.
"""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lsprotocol import types

from propel_helper.app.check_in import dismissed
from propel_helper.app.intake import warnings
from propel_helper.app.setup import setup_of
from propel_helper.facts.lines import lines_of
from propel_helper.facts.prompt import Prompt
from propel_helper.facts.run import Run
from propel_helper.lsp.marks import SOURCE
from propel_helper.lsp.quick_fix import quick_fix
from propel_helper.lsp.server import PropelServer
from propel_helper.runs.ledger import Ledger

PAUSE_S = 1.0
"""Seconds until the files are read: nothing waits for a hint."""
HINT = "hint:"
READ = (".py", ".sh", ".yaml", ".yml", ".json", ".toml")
"""Endings of files that a setting may stand in."""


@dataclass(frozen=True)
class Hint:
    """A pitfall of a run at one line (from 1) of a file (absolute path)."""

    run: str
    prompt: Prompt
    file: str
    line: int
    code: str

    def diagnostic(self, place: types.Range) -> types.Diagnostic:
        """The hint."""
        return types.Diagnostic(
            range=place,
            message=self.prompt.text,
            severity=types.DiagnosticSeverity.Hint,
            source=SOURCE,
            code=self.prompt.id,
            data={"run": self.run},
        )

    def actions(self, diagnostic: types.Diagnostic) -> list[types.CodeAction]:
        """The one thing to do about it: no fix, it is about what training means."""
        words = {"run": self.run, "prompt": dismissal_of(self.prompt)}
        title = "Dismiss this hint for this run"
        return [quick_fix(title, diagnostic, "propel.dismissPrompt", words)]


class Hints:
    """Finds the hints of each folder's newest run.

    ``put`` is called on the server's loop with a folder and its hints when they are other ones.
    """

    def __init__(
        self,
        server: PropelServer,
        ledger: Ledger,
        put: Callable[[Path, tuple[Hint, ...]], None],
    ) -> None:
        self._server = server
        self._ledger = ledger
        self._put = put
        self._lock = threading.Lock()
        self._newest: dict[Path, Run] = {}
        self._found: dict[Path, tuple[Hint, ...]] = {}
        self._due: set[Path] = set()

    def show(self, run: Run, root: Path) -> None:
        """A run of ``root`` as it stands now. From any thread; waits for nothing."""
        with self._lock:
            known = self._newest.get(root)
            if known is not None and known.started > run.started:
                return
            self._newest[root] = run
            same = known is not None and (known.run, known.command) == (run.run, run.command)
        if not same:
            self._look_again(root)

    def touched(self, file: str) -> None:
        """A file was saved or has changed on disk."""
        if not file.endswith(READ):
            return
        for root in tuple(self._newest):
            if Path(file).is_relative_to(root):
                self._look_again(root)

    def put_aside(self, run: str) -> None:
        """Something of ``run`` was dismissed."""
        for root, newest in tuple(self._newest.items()):
            if newest.run == run:
                self._look_again(root)

    def drop(self, run: str) -> None:
        """``run`` was removed. From any thread."""
        with self._lock:
            roots = [root for root, newest in self._newest.items() if newest.run == run]
            for root in roots:
                del self._newest[root]
                self._found.pop(root, None)
        for root in roots:
            self._server.on_loop(self._put, root, ())

    def _look_again(self, root: Path) -> None:
        with self._lock:
            if root in self._due:
                return
            self._due.add(root)
        self._server.on_loop(self._soon, root)

    def _soon(self, root: Path) -> None:
        # A run that has just started may crash at once, and a checkout changes many files.
        loop = asyncio.get_running_loop()
        loop.call_later(PAUSE_S, lambda: self._server.pool.submit(self._look, root))

    def _look(self, root: Path) -> None:
        with self._lock:
            self._due.discard(root)
            run = self._newest.get(root)
            if run is None:
                return
            before = self._found.get(root, ())
        found = hints_of(self._ledger, run, root)
        with self._lock:
            # It may have been removed meanwhile, or another run may be the newest.
            now = self._newest.get(root)
            if now is None or (now.run, now.command) != (run.run, run.command):
                return
            self._found[root] = found
        if found != before:
            self._server.on_loop(self._put, root, found)


def hints_of(ledger: Ledger, run: Run, root: Path) -> tuple[Hint, ...]:
    """The pitfalls of a run's command that stand on a line of ``root``."""
    cwd = os.path.relpath(run.cwd, root)
    if cwd.startswith(".."):
        return ()
    gone = dismissed(ledger, run.run)
    setup = setup_of(str(root), run.command, "" if cwd == "." else cwd)
    said = (one for one in warnings(setup) if dismissal_of(one) not in gone)
    return tuple(hint for one in said if (hint := _hint(run, one, root)) is not None)


def dismissal_of(prompt: Prompt) -> str:
    """The name that a hint is dismissed by; a check-in says other things by plain names."""
    return f"{HINT}{prompt.id}"


def _hint(run: Run, prompt: Prompt, root: Path) -> Hint | None:
    if prompt.file is None or prompt.line is None:
        return None
    file = root / prompt.file
    try:
        lines = lines_of(file.read_text("utf-8", "replace"))
    except OSError:
        return None
    if not 1 <= prompt.line <= len(lines):
        return None
    code = lines[prompt.line - 1].strip()
    return Hint(run.run, prompt, os.path.normpath(file), prompt.line, code)
