"""Use case: follow the runs of some folders and say at once what crashed and what ended.

One thread does it all; whatever it learns it hands to a listener. Several watches on one host (two
editors, a reload) see the same runs because they read the same ledger.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Protocol

from propel_helper.app import telling
from propel_helper.app.observe import observe, young
from propel_helper.app.runs import run_of
from propel_helper.app.watched import OpenText, Watched, findings_of
from propel_helper.app.worker import Worker
from propel_helper.runs.follow import LogFollower, Trouble
from propel_helper.runs.ledger import Ledger
from propel_helper.runs.moved import found_again
from propel_helper.runs.record import Record
from propel_helper.sessions import named
from propel_helper.sessions.port import Held, Phase
from propel_helper.sessions.scheduler import Scheduler

log = logging.getLogger("propel.watch")

TICK_S = 1.0
"""How often the sessions of running runs are looked at: a session that was ended from outside
writes nothing that could be followed."""
TOLD_ON_RETURN = 3
"""How many crashes of the time nobody looked are told one by one; the runs list has the rest."""
EXPLAINED_ON_RETURN = 20
"""How many of the newest crashes are read at once; the others when they are asked for."""
_SELDOM = 16
"""Ticks between two looks at what a run really runs, once it is no longer young."""


class Listener(Protocol):
    """Who is told. Called on the watch's own thread."""

    def changed(self, watched: Watched) -> None:
        """A run appeared, or its state or findings are others now."""

    def ended(self, watched: Watched) -> None:
        """A run's last attempt is over, and nobody on this host has told a person yet.

        Who is about to do so asks ``telling.claim`` first, as others may watch as well.
        """

    def gone(self, run: str) -> None:
        """A run was removed from the ledger: nothing of it is to be shown any more."""


class Watch:
    """Follows the runs whose folder lies in one of ``folders`` (absolute), or holds one.

    ``text`` gives the text of a file that is open in an editor, else None.
    """

    def __init__(
        self, ledger: Ledger, folders: tuple[str, ...], listener: Listener, text: OpenText
    ) -> None:
        self._ledger = ledger
        self._folders = tuple(Path(folder) for folder in folders)
        self._listener = listener
        self._text = text
        self._runs: dict[str, Watched] = {}
        self._ticks = 0
        self._follower: LogFollower | None = None
        self._worker = Worker("propel-watch", self._tick, TICK_S)

    def start(self) -> None:
        """Begin; what happened before is told first."""
        self._follower = LogFollower(
            self._on_bytes, self._on_trouble, self._ledger.folder, self._on_record
        )
        self._worker.put(self._catch_up)
        self._worker.start()

    def close(self) -> None:
        """Stop following; no run is touched."""
        if self._follower is None:
            return
        self._follower.close()
        self._worker.close()

    def runs(self) -> tuple[Watched, ...]:
        """Every run watched, the newest first."""
        return tuple(sorted(self._runs.values(), key=lambda one: one.run.started, reverse=True))

    def one(self, run: str) -> Watched | None:
        """A run by its id, with its findings even when it ended long ago."""
        watched = self._runs.get(run)
        if watched is not None and watched.crashed and watched.reader.offset == 0:
            return findings_of(watched.settled(), self._text)
        return watched

    def look_again(self, run: str) -> None:
        """The record of ``run`` was written to by this process: read it now."""
        self._on_record(run)

    def _on_bytes(self, key: str, _offset: int, data: bytes) -> None:
        self._worker.put(partial(self._take, key, data))

    def _on_trouble(self, key: str, _trouble: Trouble) -> None:
        self._worker.put(partial(self._begin_anew, key))

    def _on_record(self, run: str) -> None:
        self._worker.put(partial(self._read, run))

    def _catch_up(self) -> None:
        """Every run is shown first; then, when nothing else is to be done, crashes are read."""
        for record in self._ledger.records():
            if self._mine(record):
                self._worker.guarded(partial(self._watch, record))
        newest: set[tuple[str, str]] = set()
        told = explained = 0
        for watched in self.runs():
            command = (watched.run.cwd, watched.run.command)
            explain = watched.crashed and command not in newest and explained < EXPLAINED_ON_RETURN
            newest.add(command)
            untold = watched.over and not self._is_told(watched)
            tell = untold and told < TOLD_ON_RETURN
            if untold and not tell:
                telling.claim(self._ledger, watched.run.run, telling.end_of(watched.run.attempt))
            explained += explain
            told += tell
            if explain or tell:
                self._worker.put_off(partial(self._return_to, watched, explain=explain, tell=tell))

    def _return_to(self, watched: Watched, *, explain: bool, tell: bool) -> None:
        """Explain and tell what ended while nobody looked."""
        now = self._runs.get(watched.run.run)
        if now is None or now.key != watched.key:
            # It has been restarted or removed since.
            return
        if explain:
            now = self._explain(now)
        if tell:
            self._listener.ended(now)

    def _mine(self, record: Record) -> bool:
        cwd = Path(record.cwd)
        return any(
            cwd.is_relative_to(folder) or folder.is_relative_to(cwd) for folder in self._folders
        )

    def _root(self, cwd: str) -> Path:
        inside = [folder for folder in self._folders if Path(cwd).is_relative_to(folder)]
        return max(inside, key=lambda folder: len(folder.parts), default=Path(cwd))

    def _watch(self, record: Record) -> Watched:
        """Take a run's last attempt up; follow its log while it may grow."""
        run = run_of(self._ledger, record)
        watched = self._put(Watched.fresh(run, record, self._root(record.cwd)))
        if not watched.over:
            self._follow(watched)
        self._listener.changed(watched)
        return watched

    def _explain(self, watched: Watched) -> Watched:
        """Read what an attempt that is over crashed of."""
        if not watched.crashed:
            return watched
        explained = self._put(findings_of(watched.settled(), self._text))
        if explained.findings:
            self._listener.changed(explained)
        return explained

    def _read(self, name: str) -> None:
        """A record has changed on disk."""
        record = self._ledger.record(name)
        known = self._runs.get(name)
        if record is None and known is not None and not self._ledger.folder_of(name).exists():
            self._forget(known)
        if record is None or not self._mine(record):
            return
        if known is None or known.run.attempt != record.last.number:
            if known is not None:
                self._unfollow(known)
            self._say_end(self._explain(self._watch(record)))
            return
        dismissed = record.last.dismissed and not known.record.last.dismissed
        self._refresh(known.with_record(record), forget=dismissed)

    def _forget(self, known: Watched) -> None:
        """A run was removed from the ledger."""
        self._unfollow(known)
        self._runs = {name: one for name, one in self._runs.items() if name != known.run.run}
        self._listener.gone(known.run.run)

    def _follow(self, watched: Watched) -> None:
        if self._follower is not None:
            self._follower.follow(watched.key, Path(watched.run.log))

    def _unfollow(self, watched: Watched) -> None:
        if self._follower is not None:
            self._follower.unfollow(watched.key)

    def _keyed(self, key: str) -> Watched | None:
        return next((one for one in self._runs.values() if one.key == key), None)

    def _begin_anew(self, key: str) -> None:
        """A log was cut, replaced or removed: what was read of it no longer stands there."""
        watched = self._keyed(key)
        if watched is not None and not watched.over:
            log.warning("The log of run %s was cut, replaced or removed.", watched.run.run)
            record = self._ledger.record(watched.run.run) or watched.record
            run = replace(watched.run, log=record.last.log)
            fresh = self._put(Watched.fresh(run, record, watched.root))
            if run.log != watched.run.log:
                self._follow(fresh)
            if watched.findings:
                self._listener.changed(fresh)

    def _take(self, key: str, data: bytes) -> None:
        """New bytes of a log that is followed."""
        watched = self._keyed(key)
        if watched is None or watched.over:
            return
        watched.reader.feed(data)
        explained = findings_of(watched, self._text)
        if explained.findings != watched.findings:
            self._listener.changed(self._put(explained))
        if watched.reader.ended:
            self._refresh(self._runs[watched.run.run])

    def _tick(self) -> None:
        """Look at the sessions of running runs, and nothing else."""
        self._ticks += 1
        for watched in tuple(self._runs.values()):
            if not watched.over:
                self._worker.guarded(partial(self._look, watched))

    def _look(self, watched: Watched) -> None:
        window = watched.record.last.window
        if window is None:
            self._read(watched.run.run)
            return
        if found_again(watched.record).last.log != watched.run.log:
            # It was moved aside a while ago, and now it goes on under its first name.
            self._begin_anew(watched.key)
            return
        backend = named(watched.run.backend)
        phase = backend.phase(Held(**vars(window)), watched.record.last.nonce)
        # A scheduler also tells why a run waits, and when it does no more.
        if phase is not Phase.RUNNING or isinstance(backend, Scheduler):
            self._refresh(watched)
        elif young(watched.record.last) or self._ticks % _SELDOM == 0:
            record = observe(self._ledger, watched.record)
            if record is not watched.record:
                self._refresh(watched.with_record(record))

    def _refresh(self, watched: Watched, *, forget: bool = False) -> None:
        """Read the state anew; tell what differs."""
        before = self._runs[watched.run.run]
        run = run_of(self._ledger, watched.record)
        now = watched.with_run(run)
        if now.over:
            self._unfollow(now)
            now = findings_of(now.settled(), self._text)
        if forget:
            now = now.with_findings(())
        self._put(now)
        if (now.run, now.findings) != (before.run, before.findings):
            self._listener.changed(now)
        if now.over and not before.over:
            self._say_end(now)

    def _say_end(self, watched: Watched) -> None:
        if watched.over and not self._is_told(watched):
            self._listener.ended(watched)

    def _is_told(self, watched: Watched) -> bool:
        return telling.is_told(self._ledger, watched.run.run, telling.end_of(watched.run.attempt))

    def _put(self, watched: Watched) -> Watched:
        # Other threads read: what they read is never changed, only replaced.
        self._runs = {**self._runs, watched.run.run: watched}
        return watched
