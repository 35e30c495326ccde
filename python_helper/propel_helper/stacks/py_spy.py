"""The hands on py-spy: the Python stacks of a process, read from its memory.

``py-spy dump --nonblocking`` reads with process_vm_readv(2) and never stops the process. It comes
with the helper as a program of its own (https://github.com/benfred/py-spy).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sysconfig
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from propel_helper.facts.crash import Frame
from propel_helper.facts.problem import Problem

TIMEOUT_S = 5.0
"""Seconds that reading one process may take; usually it takes 0.02."""
_TRIES = 3
"""A process that runs on while it is read may give nonsense, which py-spy refuses."""
_AT_ONCE = 8
_MOST_FRAMES = 400
_BUNDLED = Path(__file__).resolve().parents[2] / "bundled" / "libs" / "bin" / "py-spy"
_DENIED = ("permission denied", "operation not permitted", "requires root", "sys_ptrace")


@dataclass(frozen=True)
class SpiedThread:
    """One thread: ``tid`` is the system's number (None where it is not told)."""

    name: str
    tid: int | None
    is_active: bool
    frames: tuple[Frame, ...]


@dataclass(frozen=True)
class Spied:
    """What py-spy said of one process: threads, or an error; ``denied``: it was not allowed to."""

    threads: tuple[SpiedThread, ...]
    error: str = ""
    denied: bool = False


def program(state: Path) -> Path:
    """Absolute path of a py-spy that can be started.

    An unpacked extension may have lost the mark that makes a file a program; where that can't be
    mended a copy in ``state`` (Propel's own folder) is used.

    Raises:
        Problem: there is none.
    """
    installed = Path(sysconfig.get_path("scripts")) / "py-spy"
    for path in (_BUNDLED, installed):
        if path.is_file():
            return _executable(path, state)
    found = shutil.which("py-spy")
    if found is not None:
        return Path(found).absolute()
    raise Problem(
        "py-spy, which reads the stacks, is not among the helper's files.",
        "Install Propel's package for this platform again, or `pip install py-spy`.",
    )


def _executable(path: Path, state: Path) -> Path:
    if os.access(path, os.X_OK):
        return path
    try:
        path.chmod(path.stat().st_mode | 0o111)
    except OSError:
        pass
    else:
        return path
    copy = state / "py-spy"
    try:
        if not copy.is_file() or copy.read_bytes() != path.read_bytes():
            state.mkdir(mode=0o700, parents=True, exist_ok=True)
            fresh = state / f"py-spy.{os.getpid()}"
            fresh.write_bytes(path.read_bytes())
            fresh.chmod(0o700)
            fresh.replace(copy)
    except OSError as error:
        raise Problem(
            f"{path} is no program here and can't be copied: {error.strerror}.",
            f"Make it one: `chmod +x {path}`.",
        ) from error
    return copy


def spy(program: Path, pids: tuple[int, ...]) -> tuple[Spied, ...]:
    """The stacks of each process, read side by side, in the order of ``pids``."""
    with ThreadPoolExecutor(max_workers=_AT_ONCE, thread_name_prefix="propel-spy") as pool:
        return tuple(pool.map(lambda pid: _spied(program, pid), pids))


def _spied(program: Path, pid: int) -> Spied:
    said = Spied((), "it could not be read")
    for _ in range(_TRIES):
        said = _once(program, pid)
        if not said.error or said.denied:
            break
    return said


def _once(program: Path, pid: int) -> Spied:
    argv = [str(program), "dump", "--json", "--nonblocking", "--full-filenames", "--pid", str(pid)]
    try:
        answer = subprocess.run(
            argv,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=TIMEOUT_S,
            check=False,
            # Its own words are asked for: a backtrace or a log is of no use to anybody here.
            env={name: value for name, value in os.environ.items() if not name.startswith("RUST_")},
        )
    except subprocess.TimeoutExpired:
        return Spied((), f"it could not be read within {TIMEOUT_S:.0f} s")
    except OSError as error:
        return Spied((), f"py-spy can't be started: {error.strerror}")
    if answer.returncode != 0:
        told, _, _ = answer.stderr.decode("utf-8", "replace").partition("Stack backtrace")
        text = " ".join(told.split())
        return Spied((), text, any(word in text.lower() for word in _DENIED))
    try:
        return Spied(tuple(_thread(told) for told in json.loads(answer.stdout)))
    except (ValueError, TypeError, KeyError):
        return Spied((), "py-spy's answer can't be read")


def _thread(told: dict[str, Any]) -> SpiedThread:
    tid = told.get("os_thread_id")
    frames = [
        Frame(str(one["filename"]), int(one["line"]), str(one["name"]))
        for one in told["frames"][:_MOST_FRAMES]
    ]
    return SpiedThread(
        name=str(told.get("thread_name") or ""),
        tid=tid if isinstance(tid, int) else None,
        is_active=told.get("active") is True,
        frames=tuple(reversed(frames)),
    )
