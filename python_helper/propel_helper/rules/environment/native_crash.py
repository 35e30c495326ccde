"""native-crash: a compiled part of the program crashed.

## What happened
The process was ended by the system for what compiled code did: a segmentation fault, a bus
error, an abort.

## Why it happens
Compiled packages that don't fit each other or the driver, shared memory or a memory-mapped file
that ran out, or a fault in an extension. Python's own code can't do this.

## What the fix changes
Nothing by itself. The step says how to see where it happens.

## Fix safety
There is nothing to apply.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash, CrashKind
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule
from propel_helper.rules.distributed import process_group_left_open
from propel_helper.rules.said import line_of, said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import first_line

# bash's job messages; CPython's faulthandler; libstdc++; exit statuses 132 to 139; Windows' NTSTATUS of an error.
_WORDS = Wording(
    r"exits with return code = -(?:4|6|7|8|11)\b|"
    r"[Ss]egmentation fault"
    r"|[Bb]us error"
    r"|\bAborted\b"
    r"|Floating point exception"
    r"|Illegal instruction"
    r"|SIG(?:SEGV|BUS|ABRT|ILL|FPE)\b"
    r"|Fatal Python error: (?!_PyMainThread)"
    r"|terminated with signal SIG(?!KILL|TERM)"
    r"|exit code -\d+ \(0xC[0-9A-F]{7}\)"
    r"|terminate called without an active exception"
    r"|double free or corruption|free\(\): invalid|malloc\(\): |corrupted size vs"
)
# torch/utils/data/_utils/signal_handling.py; a bus error there is full shared memory.
_IN_WORKER = Wording(
    r"DataLoader worker \(pid\(?s?\)? [\d, ]+\) is killed by signal: (?!Killed|Terminated|Bus error)\w"
)
_BUS = Wording(r"[Bb]us error|SIGBUS")
# 128 + N for signal N, as shells report it.
_SIGNALS = {132: "SIGILL", 134: "SIGABRT", 135: "SIGBUS", 136: "SIGFPE", 139: "SIGSEGV"}


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    if process_group_left_open.explain(crash, surroundings) is not None:
        return None
    in_python = (crash.exception or "").rpartition(".")[2] == "RuntimeError"
    found = said(crash, _IN_WORKER if in_python else _WORDS)
    by_status = _SIGNALS.get(crash.exit_status or 0) if crash.kind is CrashKind.EXIT else None
    if found is None and by_status is None:
        return None
    words = first_line(line_of(found)) if found else f"exit status {crash.exit_status}, {by_status}"
    return Explanation(
        error="a crash in compiled code",
        because=f"the system ended the process: {words}",
        fixes=(
            guide(
                "see-native-stack",
                "See where it happens",
                "Run once with `python -X faulthandler` in the command: the Python stack at that moment is printed. Then look at the package that its innermost line names: reinstall it for the installed versions."
                + (
                    " Look at `/dev/shm` first: a bus error most often means that it is full."
                    if _BUS.search(words)
                    else ""
                ),
            ),
        ),
    )


RULE = Rule(
    "native-crash",
    Category.ENVIRONMENT,
    (
        "exit",
        "shell",
        "ProcessExitedException",
        "CalledProcessError",
        "ChildFailedError",
        "SignalException",
        "RuntimeError",
    ),
    explain,
)
