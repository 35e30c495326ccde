"""What a person should know before the yes to a fix: its safety, and scripts that run right now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from propel_helper.app.runs import run_of
from propel_helper.facts.finding import Fix, Safety
from propel_helper.facts.run import Run, RunState
from propel_helper.facts.shell import simple_commands
from propel_helper.runs.ledger import Ledger

ASKS = "This needs your decision: it changes more than this project's files."
_SHELL = frozenset({".sh", ".bash", ".slurm", ".sbatch"})


def caution(fix: Fix, files: Iterable[str], ledger: Ledger) -> str | None:
    """One sentence a line, None without any.

    Args:
        fix: what is asked for.
        files: absolute paths of what the fix edits.
        ledger: asked for the runs that still run, and only when a shell script is edited.
    """
    said = [ASKS] if fix.safety is Safety.ASK else []
    for script in sorted({file for file in files if Path(file).suffix in _SHELL}):
        said += [
            f"{Path(script).name} is being run by {run.run}: bash reads a script while it runs it, "
            "so the edit can change what that run does next."
            for run in _running(script, ledger)
        ]
    return "\n".join(said) or None


def _running(script: str, ledger: Ledger) -> Iterator[Run]:
    for record in ledger.records():
        if _names(record.last.command, script, record.cwd):
            run = run_of(ledger, record)
            if run.state is RunState.RUNNING:
                yield run


def _names(command: str, script: str, cwd: str) -> bool:
    """Whether a word of ``command`` is ``script``; one behind a ``cd`` is known by its name alone."""
    commands = simple_commands(command)
    words = [word.value for one in commands for word in one.words]
    if "cd" in words:
        return Path(script).name in {Path(word).name for word in words}
    return Path(script).resolve() in {Path(cwd, word).resolve() for word in words}
