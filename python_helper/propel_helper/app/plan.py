"""Use case: what would happen on a yes."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from propel_helper.app.python_of import python_of
from propel_helper.facts.problem import Problem
from propel_helper.interpreter import ends_in_background
from propel_helper.sessions import choose
from propel_helper.sessions.logout import dies_at_logout
from propel_helper.sessions.port import Backend
from propel_helper.sessions.scheduler import Scheduler
from propel_helper.sessions.window import LONGEST_TEXT
from propel_helper.wire import LaunchPlan


def plan(
    command: str, cwd: str, backend: str, environ: Mapping[str, str], options: str = ""
) -> LaunchPlan:
    """What a launch would do, without doing any of it."""
    problem = None
    chosen: Backend | None = None
    try:
        refuse_unless_possible(command, cwd)
        chosen = choose(backend, environ)
        refuse_options(chosen, command, options)
    except Problem as found:
        problem = str(found)
    return LaunchPlan(
        command=command,
        cwd=cwd,
        backend=chosen.name if chosen else "",
        python=python_of(command, cwd, environ),
        notes=_notes(chosen, command, options, environ),
        problem=problem,
        options=options,
        scheduled=isinstance(chosen, Scheduler),
    )


def refuse_unless_possible(command: str, cwd: str) -> None:
    """Refuse what no backend could start.

    Raises:
        Problem: no text, one too long, or no such folder.
    """
    if not command.strip():
        raise Problem("There is no command.", "Give the command that starts the training.")
    if "\0" in command:
        raise Problem("The command has a NUL character in it.", "Remove it.")
    if len(os.fsencode(command)) > LONGEST_TEXT:
        raise Problem(
            f"The command is longer than {LONGEST_TEXT} bytes, the most that a program can be "
            "given.",
            "Put it into a shell script and launch that.",
        )
    if not Path(cwd).is_dir():
        there = os.path.lexists(cwd)
        raise Problem(
            f"{cwd} is no folder." if there else f"The folder {cwd} does not exist.",
            "Choose the folder that the command runs in.",
        )
    if not os.access(cwd, os.X_OK):
        raise Problem(f"The folder {cwd} can't be entered.", "Mend its permissions.")


def refuse_options(backend: Backend, command: str, options: str) -> None:
    """Refuse what a scheduler can't be asked for. Raises ``Problem``."""
    if isinstance(backend, Scheduler):
        backend.refuse(command, options)
    elif options.strip():
        raise Problem(
            f"{backend.name} takes no options, and it was given: {options}",
            "Leave them out, or choose slurm.",
        )


def _notes(
    chosen: Backend | None, command: str, options: str, environ: Mapping[str, str]
) -> tuple[str, ...]:
    if chosen is not None and isinstance(chosen, Scheduler):
        return chosen.notes(command, options, environ)
    notes = []
    if dies_at_logout():
        notes.append(
            "This system ends your processes when you log out (KillUserProcesses=yes), the session "
            "too. `loginctl enable-linger` keeps them."
        )
    if ends_in_background(command):
        notes.append(
            "The command ends in `&`: its exit status and, if it is redirected, its output won't "
            "be seen. Without the `&` it runs in the session all the same."
        )
    if environ.get("STY") or environ.get("TMUX"):
        notes.append("You are inside a screen or tmux session; the run gets one of its own.")
    return tuple(notes)
