"""Use case: what would stop a command within its first minutes, found in a second and by looking.

Nothing is executed: no import, no command. A finding never keeps anybody from launching.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from propel_helper.app.flight import Check, Flight
from propel_helper.app.gpus import gpus
from propel_helper.app.imports import missing, site_folders
from propel_helper.app.placed import folder_of, placed_words
from propel_helper.app.preflight_paths import REMOTE, config_paths, paths, script
from propel_helper.app.python_of import python_of
from propel_helper.app.typed_path import typed
from propel_helper.coach.setup import Setup
from propel_helper.facts.gpu import GpuReport
from propel_helper.facts.problem import Problem
from propel_helper.sessions.logout import dies_at_logout

_GIB = 1024**3
_LITTLE = 5 * _GIB
_HARDLY_ANY = 1 * _GIB
_PORT = re.compile(
    r"(?:--master[_-]port|--main[_-]process[_-]port)[ =](\d+)|MASTER_PORT=(\d+)|--rdzv[_-]endpoint[ =]\S+:(\d+)"
)
_MEETS = re.compile(
    r"\btorchrun\b|torch\.distributed\.(?:run|launch)|\baccelerate\s+launch|\bdeepspeed\b"
)
_PROGRAM = re.compile(r"(?:.*/)?(?:python[\d.]*|torchrun|accelerate|deepspeed|lightning|composer)")
_SWITCHES = re.compile(
    r"\b(?:activate|conda|mamba|pyenv|module|uv|poetry|pdm|pixi|hatch|docker|apptainer|singularity)\b"
)
_WANTS_GPU = re.compile(
    r"\bcuda\b|\bnccl\b|--gpus?\b|accelerator[ =]['\"]?gpu|CUDA_VISIBLE_DEVICES=\d"
)
_NO_GPU = re.compile(
    r"device[ =]['\"]?cpu\b|--(?:use_)?(?:cpu|no[_-]cuda)\b|accelerator[ =]['\"]?cpu"
)


def preflight(
    folder: str, command: str, cwd: str, environ: Mapping[str, str], setup: Setup
) -> tuple[Check, ...]:
    """Every check, in the order in which a run would meet it. ``cwd`` is relative to ``folder``.

    Raises:
        Problem: there is no such folder or no command.
    """
    folder = str(Path(folder).absolute())
    if not folder_of(folder, cwd).is_dir():
        raise Problem(
            f"There is no folder {Path(folder) / cwd}.", "Give the folder that the command runs in."
        )
    if not command.strip():
        raise Problem("There is no command.", "Give the command that starts the training.")
    flight = Flight(folder, command, cwd, environ, setup, placed_words(folder, command, cwd))
    checks: tuple[Callable[[Flight], Iterator[Check]], ...] = (
        _interpreter, script, paths, config_paths, _output, _port, _gpu, _logout,
    )  # fmt: skip
    return tuple(found for check in checks for found in check(flight))


def _interpreter(flight: Flight) -> Iterator[Check]:
    python = python_of(flight.command, str(flight.place), flight.environ)
    if python is not None:
        yield Check("interpreter", True, f"The command gets the Python at {python}.")
        yield from _imports(flight, python)
        return
    named = _program(flight)
    if named is not None:
        yield Check(
            "interpreter", False, f"There is no program {named} here.",
            "Switch the environment on first, or start the command with its python's path.",
        )  # fmt: skip
    else:
        yield Check(
            "interpreter", None, "Which Python the command gets can't be told without running it."
        )


def _program(flight: Flight) -> str | None:
    """The launcher or interpreter of the command that is not there, None when nothing is missing."""
    if _SWITCHES.search(flight.command):
        return None
    path = flight.environ.get("PATH", os.defpath)
    for one in flight.placed:
        for word in one.words:
            if not _PROGRAM.fullmatch(word):
                continue
            named = one.path(word) if "/" in word else Path(word)
            return None if named is None or shutil.which(str(named), path=path) else word
    return None


def _imports(flight: Flight, python: str) -> Iterator[Check]:
    script = _entry(flight)
    sites = site_folders(python)
    if script is None or not sites or Path(python).parent.name == "shims":
        return
    path = [str(flight.place), ".", "src"]
    listed = re.search(r"PYTHONPATH=['\"]?([^\s'\"]+)", flight.command)
    for text in (listed[1] if listed else "", flight.environ.get("PYTHONPATH", "")):
        path += [
            str(flight.place / part) for part in text.split(os.pathsep) if part and "$" not in part
        ]
    lacking = missing(flight.folder, script, sites, tuple(path))
    for one in lacking:
        yield Check(
            "imports", False, f"{one.file}:{one.line} imports {one.module}, which {python} does not have.",
            f"Install it there (`{python} -m pip install ...`), or switch on the environment that has it.",
            one.file, one.line,
        )  # fmt: skip
    if not lacking:
        yield Check("imports", True, f"Every module that {script} imports at its top is there.")


def _entry(flight: Flight) -> str | None:
    for one in flight.placed:
        for word in one.words:
            named = one.path(word) if word.endswith(".py") else None
            path = None if named is None else Path(os.path.normpath(named))
            if path is not None and path.is_file() and path.is_relative_to(flight.folder):
                return path.relative_to(flight.folder).as_posix()
    return None


def _output(flight: Flight) -> Iterator[Check]:
    value = flight.setup.values.get("output")
    text = value.text if value is not None else ""
    usable = bool(text) and not REMOTE.search(text)
    wanted = flight.place / typed(text) if usable else flight.place
    at = wanted
    while not at.exists() and at != at.parent:
        at = at.parent
    shown = f"{text} ({value.shown})" if usable and value is not None else str(flight.place)
    if not at.is_dir():
        yield Check(
            "output",
            False,
            f"The output folder {shown} can't be made: {at} is a file.",
            "Name another one.",
        )
        return
    if not os.access(at, os.W_OK | os.X_OK):
        yield Check("output", False, f"The output folder {shown} can't be written: {at} belongs to others.",
                    "Name another one, or mend its permissions.")  # fmt: skip
    else:
        yield Check("output", True, f"The output folder {shown} can be written.")
    try:
        free, inodes = shutil.disk_usage(at).free, os.statvfs(at)
    except OSError:
        return
    if inodes.f_files and not inodes.f_favail:
        yield Check(
            "disk",
            False,
            f"The disk of {at} has no room for another file (inodes).",
            "Remove files there.",
        )
    enough = free >= _LITTLE
    yield Check(
        "disk", enough, f"{free / _GIB:.1f} GiB are free where the output goes ({at}).",
        "" if enough else "Free some space: a checkpoint that finds no room ends the run."
        if free >= _HARDLY_ANY else "Free space first: the first checkpoint will hardly fit.",
    )  # fmt: skip


def _port(flight: Flight) -> Iterator[Check]:
    if (
        not _MEETS.search(" ".join(" ".join(words) for words in flight.lists))
        or "--standalone" in flight.command
    ):
        return
    found = _PORT.search(flight.command)
    named = next((one for one in found.groups() if one), None) if found else None
    port = int(named or flight.environ.get("MASTER_PORT", "") or 29500)
    if port == 0 or port > 65535:
        return
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind(("", port))
        except OSError as error:
            yield Check("port", False, f"The port {port}, where the processes meet, is taken ({error.strerror}).",
                        "Name another one with --master_port, or end what holds it.")  # fmt: skip
            return
    yield Check("port", True, f"The port {port}, where the processes meet, is free.")


def _gpu(flight: Flight) -> Iterator[Check]:
    report = gpus()
    text = " ".join(" ".join(words) for words in flight.lists)
    many = flight.setup.processes
    if not report.gpus:
        wants = bool(_WANTS_GPU.search(text)) and not _NO_GPU.search(text)
        yield Check("gpu", False if wants else None, f"No GPU here: {report.reason}",
                    "Launch it on a host that has one, or on the CPU." if wants else "")  # fmt: skip
        return
    chosen = _chosen(flight, report)
    if many is not None and many > len(chosen) and not _NO_GPU.search(text):
        yield Check("gpu", False, f"The command starts {many} processes and there are {len(chosen)} GPUs for them.",
                    "Start as many processes as there are GPUs.")  # fmt: skip
    for gpu in report.gpus:
        if gpu.index not in chosen:
            continue
        full = gpu.free < gpu.memory * 0.5
        held = ", ".join(f"{one.pid} {one.name}" for one in gpu.processes[:3])
        by = f" Held by {held}." if held else ""
        yield Check(
            "gpu", not full, f"GPU {gpu.index} ({gpu.name}): {gpu.free / _GIB:.1f} of {gpu.memory / _GIB:.1f} GiB free.{by}",
            "Wait for it, end what holds it, or choose another with CUDA_VISIBLE_DEVICES." if full else "",
        )  # fmt: skip


def _chosen(flight: Flight, report: GpuReport) -> set[int]:
    named = re.search(r"CUDA_VISIBLE_DEVICES=['\"]?([\d,]*)", flight.command)
    text = named[1] if named else flight.environ.get("CUDA_VISIBLE_DEVICES")
    if text is None or not re.fullmatch(r"[\d,]*", text):
        return {gpu.index for gpu in report.gpus}
    return {int(one) for one in text.split(",") if one}


def _logout(flight: Flight) -> Iterator[Check]:
    del flight
    if dies_at_logout():
        yield Check("logout", False, "This system ends your processes when you log out, the session too.",
                    "`loginctl enable-linger` keeps them.")  # fmt: skip
    else:
        yield Check("logout", True, "The session stays when you log out.")
