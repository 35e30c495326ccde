"""How sure it is that a command trains: what it starts, that file's name and text, its arguments."""

from __future__ import annotations

import posixpath
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from propel_helper.scan.arguments_text import of_arguments, of_stages
from propel_helper.scan.invocation import How, Invocation
from propel_helper.scan.lost import starts_what_is_not_there
from propel_helper.scan.path_words import of_path, stem
from propel_helper.scan.reading import BATCH, Mention, Reading, Traits
from propel_helper.scan.resolve import Place, Project, module_file, place
from propel_helper.scan.runners import RUNNERS, is_experiment, of_runner
from propel_helper.scan.vocabulary import (
    is_verb,
    may_run,
    names_training,
    of_name,
    tests_afterwards,
    words,
)
from propel_helper.scan.whereabouts import belongs, upwards


@dataclass(frozen=True)
class Evidence:
    """A sum of evidence, what spoke for it, and what a person should know."""

    score: float
    reasons: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


_USUAL = ("", "scripts", "tools", "bin")
_ENTRY_NAME = 0.7
"""What a name alone is worth in the usual places: the file is listed, last."""
_WHOLE = 3.5
"""What it is worth to start a training with all that it needs; the name ``train``: 2.9."""
NOTHING = Evidence(-9.0)


class Judge:
    """Judges commands of one project; remembers what it found out about files."""

    def __init__(self, project: Project, readings: Mapping[str, tuple[Reading, ...]]) -> None:
        self._project = project
        self._readings = readings
        self._files: dict[str, Evidence] = {}
        self._programs: dict[str, list[str]] = {}
        for name, file in project.programs.items():
            self._programs.setdefault(file, []).append(name)

    def traits(self, file: str) -> Traits | None:
        """What the file's text shows, None when it was not read."""
        found = (reading.traits for reading in self._readings.get(file, ()))
        return next((one for one in found if one is not None), None)

    def folder(self, file: str) -> str:
        """The folder that the script ``file`` is to be started in: the top, where that works."""
        found = self.traits(file)
        beside = posixpath.dirname(file)
        if found is None or not beside:
            return ""
        return belongs(self._project.tree, found.needs, file, ("", *upwards(beside)))

    def inside(self, file: str) -> Iterator[tuple[Invocation, Place]]:
        """What the shell script ``file`` starts of the project, and where that leads."""
        found = self.traits(file)
        script = self._script(file)
        for starts in found.starts if found else ():
            at = place(self._project, script, starts)
            if at is not None and at.entry:
                yield starts, at

    def _script(self, file: str) -> Mention:
        """A shell script itself, for looking up what it starts."""
        return Mention("", Invocation(How.SHELL, file), "shell", file, base=self.folder(file))

    def command(self, starts: Invocation, at: Place) -> Evidence:
        """Evidence that ``starts``, which leads to ``at``, trains."""
        return self._started(starts, at, ())

    def _started(self, starts: Invocation, at: Place, within: tuple[str, ...]) -> Evidence:
        score, verb = of_arguments(starts.arguments)
        reasons = (f"the sub-command is {verb}",) if verb else ()
        if is_experiment(starts.arguments):
            score, reasons = score + 1.0, ("an experiment of Sacred",)
        if starts.how is How.TASK:
            return self._task(starts, at, within)
        if starts.how is How.PROGRAM:
            found = self._program(starts, at)
            score += 0.7 if verb and starts.target in self._project.programs else 0.0
        else:
            found = self._file(at.entry, within)
        if found is NOTHING:
            return NOTHING
        return Evidence(score + found.score, (*reasons, *found.reasons), found.warnings)

    def _task(self, starts: Invocation, at: Place, within: tuple[str, ...]) -> Evidence:
        named, why = of_path(starts.target)
        if at.task is None:
            return NOTHING
        inner = self._inner(at.task, at.task.inner, within)
        if not starts.target and inner.score > 1:
            # A pipeline without a name: all that its training needs is made as well.
            named = _WHOLE
        score = named + min(inner.score, 4.0) * 0.8
        return Evidence(score, (*why, *inner.reasons), (*at.task.warnings, *inner.warnings))

    def _program(self, starts: Invocation, at: Place) -> Evidence:
        if starts.target in self._project.programs:
            named, why = of_path(starts.target)
            if words(starts.target)[-1:] == ("trainer",):
                # What is installed to be run is no library, whatever its name says.
                named, why = 2.5, ("named for training",)
            found = self.traits(at.entry)
            trains = 1.0 if found and (found.loop or found.fit) else 0.0
            several = found is not None and bool(found.verbs) and not starts.arguments
            score = named + trains - 3.0 * several + of_runner(starts.arguments)
            return Evidence(score, (*why, "declared by the project"))
        arguments = starts.arguments
        verb = bool(arguments) and is_verb(arguments[0]) and starts.target.islower()
        named_so = names_training(starts.target) and len(words(starts.target)) > 1
        if starts.target in RUNNERS and arguments[:1] in (("run",), ("launch",)):
            return Evidence(1.5 + of_stages(arguments), ("an experiment runner",))
        if verb or (named_so and arguments and not arguments[0].endswith(":")):
            return Evidence(0.5 if verb else 1.0, ("a program of an installed package",))
        return NOTHING

    def _inner(
        self, mention: Mention, commands: tuple[Invocation, ...], within: tuple[str, ...]
    ) -> Evidence:
        """The best of the commands that a script or recipe runs in turn."""
        best: Evidence | None = None
        for starts in commands:
            at = place(self._project, mention, starts)
            if at is None:
                one = self._elsewhere(starts)
            elif at.entry and at.entry in within:
                continue
            else:
                one = self._started(starts, at, (*within, at.entry))
            # Of a program that is not the project's own nothing is known, neither way.
            unknown = starts.how is How.PROGRAM and one is NOTHING
            if not unknown and (best is None or one.score > best.score):
                best = one
        return best or Evidence(-1.0)

    def _elsewhere(self, starts: Invocation) -> Evidence:
        """What is not among the project's files: all there is to judge by is what it is called."""
        score, verb = of_arguments(starts.arguments)
        if starts.how is How.MODULE and starts.target.partition(".")[0] in sys.stdlib_module_names:
            return NOTHING
        if verb and starts.how is How.MODULE:
            return Evidence(score + 0.5, ("a module of an installed package",))
        named = of_name(posixpath.basename(starts.target).partition(".")[0])
        return Evidence(min(named, 1.0))

    def _file(self, file: str, within: tuple[str, ...]) -> Evidence:
        if file not in self._files:
            self._files[file] = NOTHING
            self._files[file] = self._judged(file, within)
        return self._files[file]

    def _judged(self, file: str, within: tuple[str, ...]) -> Evidence:
        named, why = of_path(file)
        found = self.traits(file)
        if found is None:
            return Evidence(named, why)
        if file.endswith(".py"):
            return self._python(file, found, *self._named(file, named, why))
        script = self._script(file)
        inner = self._inner(script, found.starts, (*within, file))
        if inner.score > 1 and tests_afterwards(stem(file)):
            # What it starts tells train_test.sh, which does both, from the test of a training.
            named = max(named, _ENTRY_NAME)
        score = named + max(min(inner.score, 4.0), -2.0) * 0.8
        if named >= _ENTRY_NAME and posixpath.dirname(file) in _USUAL and inner.score > -2:
            score = max(score, _ENTRY_NAME)
        if found.starts and inner.score > 1:
            why = (*why, "starts a training")
        placed = ((one, place(self._project, script, one)) for one in found.starts)
        score -= 2.0 * starts_what_is_not_there(placed)
        # Whether a script that it starts is one for sbatch says nothing of this one.
        more = (one for one in inner.warnings if one != BATCH)
        return Evidence(score, why, (*found.warnings, *more))

    def _named(
        self, file: str, named: float, why: tuple[str, ...]
    ) -> tuple[float, tuple[str, ...]]:
        """What a name says; for a ``__main__`` that of the program which the project makes of it."""
        if stem(file) == "__main__":
            for program in self._programs.get(file, ()):
                if of_name(program) > named:
                    named, why = of_path(program)
        return named, why

    def _python(self, file: str, found: Traits, named: float, why: tuple[str, ...]) -> Evidence:
        score, reasons = named, list(why)
        if not found.runnable:
            score -= 4.0
        if found.loop:
            score += 1.5
            reasons.append("takes optimiser steps")
        if found.fit:
            score += 1.2
            if not found.loop:
                reasons.append("calls a training function")
        elif found.calls:
            score += 0.6 if named > 0.5 else 0.2
        if found.framework:
            score += 0.4
        if found.arguments:
            score += 0.3
        own = found.runnable and found.fit and found.arguments
        if own and words(stem(file))[-1:] == ("trainer",):
            # Run with arguments of its own it is no library, whatever its name says.
            score += 1.5
        if not found.loop and not found.fit:
            if self._shim(file, found):
                score += 0.8
                reasons.append("starts a training module of the project")
            elif found.infers:
                return Evidence(score - 3.0, tuple(reasons), found.warnings)
            elif not found.calls:
                score -= 0.8
        if found.calls and not reasons:
            reasons.append("a function that it calls is named for training")
        if found.runnable and named >= _ENTRY_NAME and posixpath.dirname(file) in _USUAL:
            score = max(score, _ENTRY_NAME)
        return Evidence(score, tuple(reasons), found.warnings)

    def _shim(self, file: str, found: Traits) -> bool:
        """Whether it may start a training module: it imports all of one, or what runs there.

        Who imports a helper from ``train`` starts nothing.
        """
        beside = posixpath.dirname(file)
        for module in found.imports:
            last = module.rpartition(".")[2]
            named = any(part.startswith("train") for part in words(last))
            if named and module_file(self._project.tree, module.lstrip("."), [beside, "", "src"]):
                names = [one for one in found.imports if one.startswith(f"{module}.")]
                if not names or any(may_run(one.rpartition(".")[2]) for one in names):
                    return True
        return False
