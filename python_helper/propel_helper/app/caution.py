"""What a person should know before the yes to a fix: its safety, and scripts that run right now."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from propel_helper.app.runs import run_of
from propel_helper.facts.finding import CommandStep, Fix, Safety
from propel_helper.facts.run import Run, RunState
from propel_helper.facts.shell import simple_commands
from propel_helper.runs.ledger import Ledger
from propel_helper.runs.record import Record
from propel_helper.sessions import processes

ASKS = "This needs your decision: whether it is what you mean, only you can tell."
REACHES = "This needs your decision: it changes more than this project's files."
_SHELL = frozenset({".sh", ".bash", ".slurm", ".sbatch"})


def caution(fix: Fix, files: Iterable[str], ledger: Ledger) -> str | None:
    """One sentence a line, None without any.

    Args:
        fix: what is asked for.
        files: absolute paths of what the fix edits.
        ledger: asked for the runs that still run, and only when a shell script is edited.
    """
    beyond = any(isinstance(step, CommandStep) for step in fix.steps)
    said = [REACHES if beyond else ASKS] if fix.safety is Safety.ASK else []
    for script in sorted({file for file in files if Path(file).suffix in _SHELL}):
        said += [
            f"{Path(script).name} is being run by {run.run}: bash reads a script while it runs it, "
            "so the edit can change what that run does next."
            for run in _running(script, ledger)
        ]
    return "\n".join(said) or None


def _running(script: str, ledger: Ledger) -> Iterator[Run]:
    for record in ledger.records():
        if _names(record.last.command, script, record.cwd) or _is_read(script, record):
            run = run_of(ledger, record)
            if run.state is RunState.RUNNING:
                yield run


def _is_read(script: str, record: Record) -> bool:
    """Whether a process of the run on this host was given the script: one that another one started."""
    window = record.last.window
    if window is None or record.last.ending is not None or record.host != processes.host():
        return False
    seen = (processes.seen(pid) for pid in processes.below(window.pid))
    return any(
        os.path.realpath(script) in {_real(one.cwd, word) for word in one.arguments[1:3]}
        for one in seen
        if one is not None and one.cwd
    )


def _names(command: str, script: str, cwd: str) -> bool:
    """Whether a word of ``command`` is ``script``; one behind a ``cd`` is known by its name alone."""
    commands = simple_commands(command)
    words = [word.value for one in commands for word in one.words]
    if "cd" in words:
        return Path(script).name in {Path(word).name for word in words}
    return os.path.realpath(script) in {_real(cwd, word) for word in words}


def _real(cwd: str, word: str) -> str:
    """Where ``word`` leads; a word that is no path leads nowhere, and raises nothing."""
    return os.path.realpath(os.path.join(cwd, word))  # noqa: PTH118 - Path.resolve raises on loops
