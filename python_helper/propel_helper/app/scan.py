"""Scanning a folder for its training commands. Nothing of the project is run or imported."""

from __future__ import annotations

import math
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from propel_helper.app.environment import with_host
from propel_helper.facts.command import Environment, ScanReport, TrainingCommand
from propel_helper.facts.gpu import GpuReport
from propel_helper.facts.problem import Problem
from propel_helper.gpu import driver
from propel_helper.project.read import read, stamp
from propel_helper.project.walk import Walker
from propel_helper.project.walk_ahead import WalkAhead
from propel_helper.scan.configs import configs
from propel_helper.scan.environment import Best, environment
from propel_helper.scan.environment.requirements import declares
from propel_helper.scan.plan import reading_list
from propel_helper.scan.rank import Ranking
from propel_helper.scan.reading import Reading
from propel_helper.scan.sources import all_sources
from propel_helper.scan.tree import Tree

_LONGEST = 30.0
"""Seconds after which a scan reads no further file and shows what it has."""
_FRESH = 5.0
"""Seconds for which GPU figures are good enough for a rescan."""

_STOPPED = "not read, you stopped the scan"
REST_STOPPED = f"the rest: {_STOPPED}"
"""Stands among what was left out."""


def scan(folder: str, walker: Walker | WalkAhead | None = None) -> ScanReport:
    """Everything that can be found in ``folder``; an empty folder gives an empty report.

    ``walker``: of the same folder, when its walk is under way already.

    Raises:
        Problem: ``folder`` is missing or no folder.
    """
    return Scanner(folder, walker).scan()


@dataclass(frozen=True)
class _Read:
    """What was made of one file, and the time and size it had then."""

    stamp: tuple[int, int]
    readings: tuple[Reading, ...]


_NOTHING = _Read((-1, -1), ())
"""What is known of a file that could not be read: it is tried again in the next scan."""


class Scanner:
    """Scans one folder again and again; reads only the files that changed since."""

    def __init__(self, folder: str, walker: Walker | WalkAhead | None = None) -> None:
        # Not resolved: a person's own name for the folder stays what is shown.
        self._folder = str(Path(folder).absolute())
        self._walker = walker or Walker(self._folder)
        self._tree = Tree({})
        self._listed: tuple[str, ...] = ()
        self._led_to: tuple[str, ...] = ()
        self._read: dict[str, _Read] = {}
        self._ranking: Ranking | None = None
        self._asked: tuple[float, GpuReport] | None = None
        self._left_out: tuple[str, ...] = ()
        self._unread: list[str] = []
        self._ends = 0.0
        self._complete = False
        self._stopped = False
        self._about: Environment | None = None

    def scan(self) -> ScanReport:
        """The report for the folder as it is now.

        Raises:
            Problem: the folder is missing or no folder.
        """
        *_, last = self.reports()
        return last

    def stop(self) -> None:
        """Have the scan that goes on in another thread end soon, with what it has by then."""
        self._stopped = True

    def reports(self, every: float = math.inf) -> Iterator[ScanReport]:
        """What is known after about each ``every`` seconds, the nearest files first.

        The last report is finished. A scan of a folder that is known already gives no other one:
        what was found before is better than a part of what is there now.

        Raises:
            Problem: the folder is missing or no folder.
        """
        if not Path(self._folder).is_dir():
            raise Problem(
                f"There is no folder {self._folder}.", "Give the folder of your training project."
            )
        # Before the walk, which may be under way in a process of its own: they take their imports.
        sources = all_sources()
        before, self._read, self._unread = self._read, {}, []
        every = math.inf if self._complete else every
        self._stopped = False
        for seen in self._walker.walks(every):
            self._left_out = seen.skipped
            if seen.changed:
                self._tree = Tree(seen.folders, self._folder)
                self._listed = reading_list(self._tree, sources)
                self._led_to = ()
            self._ends = time.monotonic() + _LONGEST
            if seen.unfinished and self._stopped:
                self._left_out = (*seen.skipped, REST_STOPPED)
                break
            if seen.unfinished:
                self._look(before, time.monotonic() + every)
                yield self._report(unfinished=True)
        while not self._look(before, time.monotonic() + every):
            yield self._report(unfinished=True)
        self._complete = not self._stopped
        yield self._report()

    def _look(self, before: dict[str, _Read], pause: float) -> bool:
        """Read what is to be read, until ``pause``; whether that was all."""
        done = self._refresh((*self._listed, *self._led_to), before, pause)
        self._ranking = Ranking(self._tree, self._readings(), self._ranking)
        unread = self._ranking.unread() if done else ()
        if unread:
            done = self._refresh(unread, before, pause)
            self._led_to = (*self._led_to, *unread)
            self._ranking = Ranking(self._tree, self._readings(), self._ranking)
        return done

    def _report(self, *, unfinished: bool = False) -> ScanReport:
        commands = self._ranking.rows() if self._ranking else ()
        found = configs(self._tree, self._readings(), commands)
        skipped = (*self._left_out, *self._unread)
        # On a folder that answers slowly the environment is not worth a second look half-way.
        if self._about is None or not unfinished:
            self._about = self._environment(commands, found)
        return ScanReport(commands, found, self._about, skipped, unfinished)

    def _environment(
        self, commands: tuple[TrainingCommand, ...], found: tuple[str, ...]
    ) -> Environment:
        best = commands[0] if commands else None
        config = next((path for path in found if best and path in best.command), None)
        text = read(self._folder, config) if config else None
        traits = [one.traits for part in self._read.values() for one in part.readings if one.traits]
        own = self._read.get(best.entry) if best else None
        shown = tuple(one.traits for one in own.readings if one.traits) if own else ()
        about = Best(best.command if best else "", text.text if text else "", shown)
        declared = environment(self._declared(), traits, about)
        return with_host(declared, self._folder, best, self._gpus(), os.environ)

    def _gpus(self) -> GpuReport:
        """The GPUs, asked for again only after a while: waking the driver takes its time."""
        if self._asked is None or time.monotonic() - self._asked[0] > _FRESH:
            self._asked = (time.monotonic(), driver.report())
        return self._asked[1]

    def _readings(self) -> dict[str, tuple[Reading, ...]]:
        return {path: one.readings for path, one in self._read.items()}

    def _refresh(self, paths: tuple[str, ...], before: dict[str, _Read], pause: float) -> bool:
        """Read what of ``paths`` has changed since ``before``; False when ``pause`` came first."""
        for path in paths:
            if path in self._read:
                continue
            self._read[path] = self._now(path, before.get(path))
            if time.monotonic() > pause:
                return False
        return True

    def _now(self, path: str, old: _Read | None) -> _Read:
        """What there is to know of a file now; ``old`` when it is unchanged, or time is up."""
        is_late = self._stopped or time.monotonic() > self._ends
        if old is not None and (is_late or old.stamp == stamp(self._folder, path)):
            return old
        found = None if is_late else read(self._folder, path)
        if found is None:
            self._unread.append(f"{path}: {self._why(is_late)}")
            return _NOTHING
        made = tuple(one.read(path, found.text) for one in all_sources() if one.wants(path))
        return _Read(found.stamp, made)

    def _why(self, is_late: bool) -> str:
        if self._stopped:
            return _STOPPED
        return "not read, the folder answers too slowly" if is_late else "can't be read"

    def _declared(self) -> dict[str, str]:
        names = [
            *self._tree.names(""),
            *(f"requirements/{one}" for one in self._tree.names("requirements")),
        ]
        wanted = [one for one in names if declares(one) or one.lower().startswith("readme.")]
        texts = ((name, read(self._folder, name)) for name in wanted)
        return {name: found.text for name, found in texts if found}
