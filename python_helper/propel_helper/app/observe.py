"""Use case: what really runs in a run's session, beside what was confirmed."""

from __future__ import annotations

import os
import re
import shutil
import time
from contextlib import suppress
from pathlib import Path

from propel_helper.app.ending import elsewhere
from propel_helper.facts.problem import Problem
from propel_helper.facts.run import Observed
from propel_helper.interpreter import python_word
from propel_helper.regular import read
from propel_helper.runs.ledger import Ledger
from propel_helper.runs.record import Attempt, Record
from propel_helper.sessions import named, processes
from propel_helper.sessions.processes import Seen
from propel_helper.sessions.scheduler import Scheduler

_PYTHON = re.compile(r"(?:python|pypy)[0-9.]*", re.IGNORECASE)
_SHELLS = frozenset({"bash", "sh", "dash", "zsh", "ksh", "mksh", "fish", "csh", "tcsh", "busybox"})
# Programs that are Python themselves and look for the interpreter of an environment.
_RUNNERS = frozenset({"conda", "mamba", "poetry", "pdm", "pipenv", "hatch", "rye", "pixi", "uv"})
_MOVES = re.compile(r"\b(?:cd|pushd|chdir|env)\b")
_MOST_WORDS = 64
_MOST_CHARS = 2000

_SETTLED_S = 1.0
"""Seconds until a process that is no Python counts: before, it may be a step on the way (``mkdir``, a
shell that is about to become its command)."""
YOUNG_S = 10.0
"""Seconds after a start in which most programs have come up."""


def observe(ledger: Ledger, record: Record) -> Record:
    """The record with what runs in its last attempt, written down when it says more than before.

    Meant for a run that runs; costs a few reads of ``/proc``.
    """
    attempt = record.last
    if not _open_question(record) or attempt.window is None:
        return record
    window = attempt.window
    if not processes.lives(window.pid, window.born):
        return record
    found = _chosen(window.pid, attempt.text_file)
    if found is None or _rank(found) <= _known_rank(attempt):
        return record
    seen = _observed(found, record)
    # A disk that is full keeps nobody from being told: it is looked at again next time.
    with suppress(Problem):
        ledger.append(record.run, "observed", attempt=attempt.number, **vars(seen))
    return ledger.record(record.run) or record


def _open_question(record: Record) -> bool:
    """Whether a look at the processes of this host may tell more than the record holds."""
    attempt = record.last
    return (
        attempt.window is not None
        and attempt.ending is None
        and (attempt.observed is None or attempt.observed.python is None)
        and not elsewhere(record)
        and not isinstance(named(record.backend), Scheduler)
    )


def young(attempt: Attempt) -> bool:
    """Whether the attempt was started a moment ago."""
    return 0 <= time.time() - attempt.started < YOUNG_S


def _chosen(leader: int, text_file: str) -> Seen | None:
    """The process that a person would call the run, from the top: Python, a program, a shell.

    Not the leader's own fork that reads ``text_file``, which takes long on a slow disk.
    """
    own = processes.arguments(leader)
    best: Seen | None = None
    for pid in processes.below(leader):
        seen = processes.seen(pid)
        if seen is None or _runs_another(seen):
            continue
        if seen.arguments == own or seen.arguments[-1] == text_file:
            continue
        if is_python(seen):
            return seen
        if _is_on_the_way(pid):
            continue
        if best is None or _rank(seen) > _rank(best):
            best = seen
    return best


def _is_on_the_way(pid: int) -> bool:
    born = processes.started(pid)
    return born is None or 0 <= time.time() - born < _SETTLED_S


def _name(path: str) -> str:
    return path.rpartition("/")[2].lstrip("-")


def is_python(seen: Seen) -> bool:
    """Whether the process is an interpreter of Python, by its program or its first word."""
    names = (_name(seen.program), _name(seen.arguments[0]) if seen.arguments else "")
    return any(_PYTHON.fullmatch(name) for name in names)


def _runs_another(seen: Seen) -> bool:
    return any(_name(word) in _RUNNERS for word in seen.arguments[:2])


def _rank(seen: Seen) -> int:
    if is_python(seen):
        return 3
    called = _name(seen.program or (seen.arguments[0] if seen.arguments else ""))
    return 1 if called in _SHELLS else 2


def _known_rank(attempt: Attempt) -> int:
    known = attempt.observed
    return 0 if known is None else _rank(Seen(0, known.arguments, known.program, known.cwd))


def _observed(seen: Seen, record: Record) -> Observed:
    python = _python(seen, record.last.python) if is_python(seen) else None
    words = tuple(word[:_MOST_CHARS] for word in seen.arguments[:_MOST_WORDS])
    environment = _environment_of(python) if python else ""
    differs = tuple(filter(None, (_other_python(python, record.last), _other_folder(seen, record))))
    return Observed(seen.pid, words, seen.program, python, seen.cwd, environment, differs)


def _python(seen: Seen, confirmed: str | None) -> str | None:
    """The interpreter as it was called: Python tells its environment by the link's place.

    https://docs.python.org/3/library/sys.html#sys.executable
    """
    word = seen.arguments[0] if seen.arguments else ""
    if "/" in word:
        called = os.path.normpath(Path(seen.cwd) / word) if seen.cwd or word[0] == "/" else None
    else:
        path = processes.environment(seen.pid).get("PATH", os.defpath)
        called = shutil.which(word, path=path) if word else None
    if not seen.program:
        return called
    # A program may have given itself another title; then the first word is no path.
    for candidate in (called, confirmed):
        if candidate and os.path.realpath(candidate) == os.path.realpath(seen.program):
            return candidate
    return seen.program


def _environment_of(python: str) -> str:
    """Folder of the virtual (PEP 405) or conda environment that an interpreter stands in."""
    top = Path(python).parent.parent
    known = (top / "pyvenv.cfg").is_file() or (top / "conda-meta").is_dir()
    return str(top) if known else ""


def _other_python(python: str | None, attempt: Attempt) -> str | None:
    confirmed = attempt.python
    if python is None or confirmed is None or _several(attempt.command) or _is_script(confirmed):
        return None
    same_program = os.path.realpath(python) == os.path.realpath(confirmed)
    if same_program and _environment_of(python) == _environment_of(confirmed):
        return None
    return f"It runs with {python}, not with the confirmed {confirmed}."


def _several(command: str) -> bool:
    """Whether a text names more than one interpreter: which of them was seen is not known."""
    first = python_word(command)
    second = python_word(command[first.end :]) if first else None
    return second is not None and first is not None and second.value != first.value


def _is_script(program: str) -> bool:
    """Whether a program is a script that looks for the interpreter itself, as pyenv's shims do."""
    try:
        return read(program, 2) == b"#!"
    except OSError:
        return True


def _other_folder(seen: Seen, record: Record) -> str | None:
    moves = _MOVES.search(record.last.command)
    if not seen.cwd or moves or os.path.realpath(record.cwd) == seen.cwd:
        return None
    return f"It runs in the folder {seen.cwd}; it was started in {record.cwd}."
