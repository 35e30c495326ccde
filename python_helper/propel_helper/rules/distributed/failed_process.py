"""failed-process: a process of the run failed and said nothing.

## What happened
The launcher tells that a process ended with an error, and the log holds nothing that the
process itself said.

## Why it happens
Its output went to another file, it ended itself with a status, or it was ended before it could
print.

## What the fix changes
Nothing by itself.

## Fix safety
There is nothing to apply.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash, CrashKind
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule
from propel_helper.rules.steps import guide

_SIGNAL = Wording(r"SIG[A-Z]{3,}|signal \d")
# torch.distributed.elastic's block; CalledProcessError; ProcessExitedException.
_ROOT = Wording(r"Root Cause[\s\S]*?rank\s*: (?P<rank>\d+)[\s\S]*?exitcode\s*: (?P<code>-?\d+)")
_STATUS = Wording(
    r"returned non-zero exit status (?P<code>\d+)|terminated with exit code (?P<exit>\d+)"
)
_LAUNCHERS = (
    "torch/distributed",
    "accelerate/commands",
    "deepspeed/launcher",
    "torch/multiprocessing",
)
_LOOK = guide(
    "look-at-process-log",
    "Look at the process's own output",
    "Run again with the launcher's `--tee 3` (torchrun) so that every process's output is in the log, "
    "and look for where the program ends itself with a status.",
)


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim a launcher's own exceptions where no process said anything."""
    root = _ROOT.search(crash.message)
    # The launcher itself ends the other ranks by SIGTERM and lists them too.
    by_signal = int(root["code"]) < 0 if root else bool(_SIGNAL.search(crash.message))
    if crash.kind is not CrashKind.EXCEPTION or by_signal or not _launched(crash):
        return None
    return Explanation(
        error="a process that failed without a word",
        because=f"the launcher reports {_how(crash)} and the log holds no error of its own",
        fixes=(_LOOK,),
    )


def _launched(crash: Crash) -> bool:
    """Whether a launcher raised it: a person's own subprocess is the person's own matter."""
    files = [frame.file.replace("\\", "/") for frame in crash.frames]
    return any(part in file for file in files for part in _LAUNCHERS)


def _how(crash: Crash) -> str:
    root = _ROOT.search(crash.message)
    if root is not None:
        return f"that rank {root['rank']} ended with status {root['code']}"
    status = _STATUS.search(crash.message)
    return f"exit status {status['code'] or status['exit']}" if status else "its failure"


RULE = Rule(
    "failed-process",
    Category.DISTRIBUTED,
    ("ChildFailedError", "CalledProcessError", "ProcessExitedException"),
    explain,
)
