"""Training commands that were found in a project, and what they would run with."""

from __future__ import annotations

from dataclasses import dataclass

from propel_helper.facts.gpu import GpuFact


@dataclass(frozen=True)
class TrainingCommand:
    """A command that was found, not yet run.

    Attributes:
        command: the shell text as it would be offered, one line.
        source: where such a command comes from, e.g. ``script``, ``shell``, ``readme``.
        file: the file that names it, relative to the scanned folder, with ``/``.
        line: line in ``file`` (from 1), or None when the file as a whole is the source.
        notes: what a person should know before picking it, one sentence.
        score: how likely a person would pick it; higher is better, comparable in one scan only.
        cwd: folder to run in, relative to the scanned folder; "" is that folder itself.
        entry: the file that it starts, relative to the scanned folder; "" when it is none of it.
    """

    command: str
    source: str
    file: str
    line: int | None
    notes: str
    score: float
    cwd: str = ""
    entry: str = ""


@dataclass(frozen=True)
class PythonFact:
    """Python that the project asks for, and the one that its best command would get.

    Attributes:
        version: version text as declared, e.g. ``>=3.9``; None when nothing declares one.
        source: where that was read, relative to the scanned folder.
        interpreter: absolute path of the Python that the best command would get, None if unknown.
        found: that interpreter's version, None if unknown.
        own: whether it is an environment of this project or the one that is switched on.
    """

    version: str | None
    source: str | None
    interpreter: str | None = None
    found: str | None = None
    own: bool = False


@dataclass(frozen=True)
class FrameworkFact:
    """A training framework of the project.

    Attributes:
        name: distribution name.
        version: version text as declared, None when it is declared or imported without one.
        installed: version that the interpreter of ``PythonFact`` has, None if it hasn't or unknown.
    """

    name: str
    version: str | None
    installed: str | None = None


@dataclass(frozen=True)
class Environment:
    """What the project trains with: what its files declare, and what this host has.

    Attributes:
        python: Python asked for and found.
        frameworks: training frameworks, the main one first.
        cuda: versions by what has them: ``driver``, ``driver_cuda`` (the newest CUDA that the
            driver runs), ``toolkit``, ``framework`` (the CUDA that the framework was built for).
        gpus: the GPUs of this host.
        trackers: experiment trackers that the project uses, by distribution name.
        precision: ``bf16``, ``fp16`` or ``amp`` when the project trains so by itself, else None.
        notes: what a person should know before a run, one sentence each.
    """

    python: PythonFact
    frameworks: tuple[FrameworkFact, ...] = ()
    cuda: dict[str, str] | None = None
    gpus: tuple[GpuFact, ...] = ()
    trackers: tuple[str, ...] = ()
    precision: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ScanReport:
    """Everything that one scan found; ``commands`` best first.

    ``skipped``: what could not be read or was left out, as ``path: reason``. ``unfinished``: the
    folder answers slowly, and the scan goes on.
    """

    commands: tuple[TrainingCommand, ...]
    configs: tuple[str, ...]
    environment: Environment
    skipped: tuple[str, ...] = ()
    unfinished: bool = False
