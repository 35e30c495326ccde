"""Whether this host's gdb can call a function in a process, tried on one that is of no account.

debugpy enters a running Python by such a call (pydevd's ``add_code_to_python_process.py``), and a
gdb that fails in the midst of it leaves the process with broken registers: its next system call
ends with an error that no program handles, and the training with it. Seen with gdb 13.1 on a
processor with AMX under Linux 6.18, and not with gdb 18.1 there; since August 2023 gdb asks the
processor for the layout of its extended state (patchwork.sourceware.org, "Handle variable XSAVE
layouts").
"""

from __future__ import annotations

import os
import re
import subprocess
import sys

from propel_helper.facts.problem import Problem
from propel_helper.sessions import program

_LONGEST = 60
"""Seconds for gdb to read the symbols of one small Python."""
_IDLE = "import time; print(flush=True); time.sleep(300)"
_ORDERS = ("--eval-command=set scheduler-locking off", "--eval-command=call (int)getpid()")
_ANSWER = re.compile(r"^\$1 = (\d+)$", re.MULTILINE)
_VERSION = re.compile(r"\b\d+\.\d+")
_NEWER = (
    "Install a newer gdb (14 or later) where the editor's server finds it first on PATH, such as "
    "by `conda install -c conda-forge gdb`, and start the server again. "
    '"Propel: Debug This Crash" and "Propel: Why Is It Stuck?" need no gdb.'
)


def failing(gdb: str) -> Problem | None:
    """Why ``gdb``, the path of the program, must not enter a run; None when it can."""
    idle = subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", _IDLE],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        if idle.stdout is not None:
            idle.stdout.readline()
        said, complained = _output(
            gdb, "--nw", "--nh", "--nx", "--pid", str(idle.pid), "--batch", *_ORDERS
        )
    finally:
        idle.kill()
        idle.communicate()
    answer = _ANSWER.search(said)
    if answer is not None and int(answer[1]) == idle.pid:
        return None
    return Problem(
        f"{_named(gdb)} can't call a function in a process of this host: {_last(complained)} "
        "It was tried on an idle process; in a run it would have ended the training.",
        _NEWER,
    )


def _named(gdb: str) -> str:
    found = _VERSION.search(_output(gdb, "--version")[0].partition("\n")[0])
    return f"gdb {found[0]}" if found else "gdb"


def _last(complained: str) -> str:
    lines = [line.strip() for line in complained.splitlines() if line.strip()]
    last = lines[-1] if lines else "it did not say why"
    return last if last.endswith(".") else f"{last}."


def _output(*argv: str) -> tuple[str, str]:
    try:
        done = program.run(argv, os.environ, _LONGEST)
    except subprocess.TimeoutExpired:
        return "", f"it gave no answer within {_LONGEST} seconds"
    except OSError as error:
        return "", str(error.strerror)
    return done.stdout, done.stderr
