"""process-killed: the process was killed from outside.

## What happened
A process of the run got SIGKILL. It could say nothing any more.

## Why it happens
Most often the kernel's out-of-memory killer: main memory was full. A person, the scheduler or a
container's limit can do the same, and the log does not say who it was. ``docker run`` passes on
what became of its container.

## What the fix changes
Nothing by itself. Where the launch says how many data loading workers there are, half as many is the
second choice.

## Fix safety
Safe: fewer workers load the same data, more slowly. Exit status 137 (128 + 9) is not proof of memory:
look at the kernel's log.
"""

from __future__ import annotations

import re

from propel_helper.facts.container import container_run
from propel_helper.facts.crash import Crash, CrashKind
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, memory_limits, options, workers
from propel_helper.rules.said import said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code

# bash and dash job messages; srun; torch.distributed.elastic; torch.multiprocessing.spawn;
# DeepSpeed's launcher.
_WORDS = Wording(
    r"^(?:\S+: line \d+: +\d+ |\[\d+\][+-]? +)?Killed\b(?: .*)?$"
    r"|task \d+: Killed"
    r"|SIGKILL"
    r"|exits with return code = -9"
    r"|signal 9\b"
    r"|exitcode: -9"
    r"|died with <Signals\.SIGKILL: 9>",
    re.MULTILINE,
)
_SIGKILLED = 137
# systemd-run's property; docker's and podman's option.
_LIMIT = Wording(r"\bMemory(?:Max|Limit)=\w+|(?<![\w-])--memory[= ]\d+[bkmgBKMG]?\b")
_WHO = guide(
    "look-who-killed",
    "See who killed it",
    "`dmesg -T | grep -iE 'oom|killed process'` shows whether the kernel did it. If so, give the job "
    "more memory or start fewer workers.",
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim kills whose reason the log doesn't tell; a limit that is named is another page."""
    found = said(crash, _WORDS)
    killed = crash.kind is CrashKind.EXIT and crash.exit_status == _SIGKILLED
    if (found is None and not killed) or said(crash, memory_limits.WORDS) is not None:
        return None
    given = workers.given(surroundings)
    many = f"; the launch starts {given[2]} data loading workers" if given else ""
    full = "main memory was full"
    limit = _limit(surroundings)
    if limit is not None:
        full = f"the memory that {code(limit)} in the launch allows was full"
    inside = container_run(surroundings.command or "") if killed else None
    where, who = "", _WHO
    if inside is not None:
        where = f" in its {inside.engine} container"
        who = guide("look-who-killed", "See who killed it", inside.who_killed)
    return Explanation(
        error="a killed process",
        because=(
            f"it got SIGKILL{where}, most often because {full}, and the log does not say from "
            f"whom{many}"
        ),
        fixes=(who, *workers.fewer(surroundings)),
    )


def _limit(surroundings: Surroundings) -> str | None:
    """The limit of a group of processes that the launch sets, whatever the machine has."""
    texts = [surroundings.command or "", *options.scripts(surroundings).values()]
    found = [match[0] for text in texts for match in _LIMIT.finditer(text)]
    return found[-1] if found else None


RULE = Rule(
    "process-killed",
    Category.OOM,
    (
        "exit",
        "shell",
        "ProcessExitedException",
        "CalledProcessError",
        "ChildFailedError",
        "SignalException",
    ),
    explain,
)
