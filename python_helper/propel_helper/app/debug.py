"""Use case: a run's confirmed command once more, under the debugger, in the run's session."""

from __future__ import annotations

import importlib.util
import os
import re
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

from propel_helper import debug_adapter
from propel_helper.app.console_script import console_script
from propel_helper.app.debug_targets import refuse_elsewhere
from propel_helper.app.debug_text import ConsoleScript, Debuggee, under_debugger
from propel_helper.app.launch import restart
from propel_helper.app.python_of import python_of
from propel_helper.app.runs import find, judge
from propel_helper.facts.debugging import DebugPlan
from propel_helper.facts.finding import Finding
from propel_helper.facts.problem import Problem
from propel_helper.facts.run import Run, RunState
from propel_helper.project.installed import installation
from propel_helper.runs.ledger import Ledger
from propel_helper.runs.record import Record
from propel_helper.sessions import named, processes
from propel_helper.sessions.port import Held

LOOPBACK = "127.0.0.1"

# What stands above a person's main module when ``python -m`` or debugpy has started it.
_STARTERS = re.compile(r"runpy>?|/(?:debugpy|_?pydevd\w*)/|pydevd\w*\.py$")


def debugpy_folder() -> str:
    """Absolute path of debugpy, which any Python from 3.8 on can start by it.

    Raises:
        Problem: it is missing.
    """
    found = importlib.util.find_spec("debugpy")
    if found is None or found.origin is None:
        raise Problem("Propel's package lacks debugpy.", "Install Propel again.")
    return str(Path(found.origin).resolve().parent)


def adapter_argv() -> tuple[str, ...]:
    """Program and arguments of the debug adapter, which speaks DAP on its standard streams.

    It runs with the helper's own Python, untouched by any environment, and ends with the process
    that starts it.
    """
    return (sys.executable, "-I", "-S", debug_adapter.__file__, debugpy_folder())


def free_port() -> int:
    """A port of loopback that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


def debug_plan(
    ledger: Ledger,
    name: str,
    findings: tuple[Finding, ...],
    environ: Mapping[str, str],
    port: int | None = None,
) -> DebugPlan:
    """What "Debug this crash" would start; nothing is started. ``port`` is chosen without one.

    Raises:
        Problem: the run still runs, is not on this host, or its text can't be started so.
    """
    record = find(ledger, name)
    refuse_elsewhere(record)
    if judge(ledger, record).state is RunState.RUNNING:
        raise Problem(
            f"Run {record.run} still runs in {record.name}.",
            'Use "Propel: Attach Debugger to Run", or end it first.',
        )
    session, inside = _session(record, environ)
    chosen = free_port() if port is None else port
    debuggee = Debuggee(debugpy_folder(), LOOPBACK, chosen)
    confirmed = record.last.command

    def lookup(word: str) -> ConsoleScript | None:
        return console_script(word, confirmed, record.cwd, inside)

    frames = [frame for finding in findings for frame in finding.frames]
    names = frozenset(frame.file.rpartition("/")[2] for frame in frames)
    command = under_debugger(confirmed, debuggee, lookup, names)
    python = python_of(command, record.cwd, inside)
    version = _version(python)
    return DebugPlan(
        run=record.run,
        command=command,
        confirmed=confirmed,
        cwd=record.cwd,
        session=session,
        python=python,
        host=LOOPBACK,
        port=chosen,
        exception=reported_exception(findings),
        notes=_notes(session, version),
    )


def debug(ledger: Ledger, plan: DebugPlan, environ: Mapping[str, str]) -> Run:
    """Start what a person said yes to, as a further attempt of the run.

    A later restart starts the confirmed command again, without the debugger.

    Raises:
        Problem: it can't be started.
    """
    return restart(ledger, plan.run, environ, debugged=plan.command)


def reported_exception(findings: tuple[Finding, ...]) -> str:
    """The crash's exception where a library may have caught it only to report it, else "".

    An exception that goes through nothing but the person's own code, up to their main module, ends
    the process, which a debugger sees by itself. One that passes through a library on its way
    (multiprocessing, Hydra, a DataLoader) may never get there.
    """
    finding = next((one for one in findings if one.exception), None)
    if finding is None or not finding.exception:
        return ""
    frames = [frame for frame in finding.frames if not _STARTERS.search(frame.file)]
    own = [index for index, frame in enumerate(frames) if frame.user]
    if not own:
        return finding.exception
    straight = frames[0].function == "<module>" and own[-1] + 1 == len(own)
    return "" if straight else finding.exception


def _session(record: Record, environ: Mapping[str, str]) -> tuple[str, Mapping[str, str]]:
    """Name and environment of the run's session, "" and ``environ`` when it is gone."""
    held = Held(**vars(record.window)) if record.window else None
    if held is None or not named(record.backend).alive(held):
        return "", environ
    return held.session, processes.environment(held.pid) or dict(os.environ)


def _version(python: str | None) -> tuple[int, ...]:
    """Major and minor version of an interpreter, empty when unknown. Refuses one too old."""
    version = installation(python).version if python else None
    numbers = tuple(int(part) for part in (version or "").split(".")[:2] if part.isdigit())
    if numbers and numbers < (3, 8):
        raise Problem(
            f"The command runs with Python {version}, and the debugger needs 3.8 or newer.",
            "Use a newer Python for the run.",
        )
    return numbers


def _notes(session: str, version: tuple[int, ...]) -> tuple[str, ...]:
    stops = "It runs from the start once more and stops where its exception is not caught."
    kept = "The log of the crash stays, and a restart runs the command without the debugger."
    gone = "The run's session is gone, so it gets a new one."
    # Measured: 2 million calls take 7 times as long on 3.8 and 3.11, and no longer on 3.13, where
    # sys.monitoring (PEP 669) tells of exceptions alone.
    slow = "Before Python 3.12, what is written in Python is several times slower under it."
    said = [stops, kept] if session else [stops, kept, gone]
    return (*said, slow) if version and version < (3, 12) else tuple(said)
