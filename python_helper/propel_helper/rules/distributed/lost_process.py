"""lost-process: a process lost its connection to another one.

## What happened
This process was talking to another one of the run, and the other one was gone.

## Why it happens
The other process died: its own error is the cause, and stands in its own log or output. Here
nothing of it is to be seen.

## What the fix changes
Nothing by itself.

## Fix safety
There is nothing to apply.
"""

from __future__ import annotations

import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule
from propel_helper.rules.said import line_of, said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import first_line

# gloo's pair.cc; c10d's TCPStore; the launchers' own errors.
_WORDS = Wording(
    r"[Aa]ctor died unexpectedly|[Aa]ctor \w+ is unavailable: |worker died or was killed while executing|"
    r"Connection (?:closed|reset) by peer"
    r"|Broken pipe"
    r"|Stop_waiting response is expected"
    r"|Horovod has been shut down"
    r"|remote process exited"
    r"|Socket Timeout"
    r"|Tcp connection (?:closed|reset)"
    r"|another task died"
    r"|Connection refused(?!.*http)"
)
_OTHERS = Wording(
    r"NCCL (?:error|communicator was)|ncclRemote|HTTP|http|Watchdog|Timed out after|C10d store has failed"
    r"|client socket has|detected fatal errors|wandb"
)
# Where in gloo's own source it was noticed.
_PLACE = Wording(r"^\[\S+\.(?:cc|cpp|h):\d+\] ")
_LOOK = guide(
    "look-at-other-rank",
    "Look at the other rank",
    "Look at the log of the rank that is gone: memory (`dmesg`), its own exception, or its node.",
)


def _is_distributed(crash: Crash) -> bool:
    """Whether the processes of one training talk here, not some client with its server."""
    if re.search(
        r"gloo|c10d|nccl|NCCL|\bmpi|\bstore\b|Horovod|[Aa]ctor died|[Aa]ctor \w+ is unavailable|worker died",
        crash.message,
    ):
        return True
    return any("distributed" in frame.file or "horovod" in frame.file for frame in crash.frames)


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    if not re.search("died|unavailable", found[0]) and _OTHERS.search(found.string):
        return None
    if not _is_distributed(crash):
        return None
    return Explanation(
        error="another process that was lost",
        because=f"the connection to it ended ({_PLACE.sub('', first_line(line_of(found)))})",
        fixes=(_LOOK,),
    )


RULE = Rule("lost-process", Category.DISTRIBUTED, ("exception",), explain)
