"""launcher-stopped: torchrun, or a data loader's worker, was told to end by a signal from outside.

## What happened
The launcher got a signal, ended the processes that it had started, and said which signal it was; or a worker
of a data loader got one.

## Why it happens
SIGHUP comes when the terminal or the SSH connection that it was started in is closed. SIGTERM is what a
scheduler, `kill` or the machine's shutdown sends. No line of the project's code is the reason.

## What the fix changes
Nothing: a run that is started in a screen or tmux session is not reached by a closed connection.

## Fix safety
Guide only.
"""

from __future__ import annotations

import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule
from propel_helper.rules.steps import guide

# torch/distributed/elastic/multiprocessing/api.py, _terminate_process_handler.
_WORDS = Wording(r"^Process \d+ got signal: (?P<number>\d+)$", re.MULTILINE)
# torch/utils/data/_utils/signal_handling.py.
_WORKER = Wording(r"DataLoader worker \(pid\(?s?\)? [\d, ]+\) is killed by signal: Terminated")
_LOOK = guide(
    "look-who-stopped",
    "See who stopped it",
    "Ask the scheduler how the job ended (`sacct -j JOB`, `scontrol show job JOB`), and look whether "
    "the machine was shut down (`last -x`). Then launch it again.",
)
_HANGUP = "1"
_NAMES = {"1": "SIGHUP", "3": "SIGQUIT", "15": "SIGTERM"}


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim the launcher's own exception, and the loader's of its worker, when no other error of the log is its reason."""
    if _WORKER.search(crash.message) is not None:
        return Explanation(
            "a data loader's worker that was stopped",
            "it got SIGTERM from outside, and the log does not say from whom",
            fixes=(_LOOK,),
        )
    found = _WORDS.search(crash.message)
    if found is None:
        return None
    name = _NAMES.get(found["number"], f"signal {found['number']}")
    if found["number"] == _HANGUP:
        because = (
            f"torchrun got {name}, which is sent when the terminal that it was started in is closed"
        )
        step = guide(
            "start-in-a-session",
            "Start it in a session",
            "Launch it with Propel, or in `screen` or `tmux`: such a session stays when the connection ends.",
        )
    else:
        because = f"torchrun got {name} from outside, and the log does not say from whom"
        step = _LOOK
    return Explanation("a launcher that was stopped", because, fixes=(step,))


RULE = Rule("launcher-stopped", Category.ENVIRONMENT, ("SignalException", "RuntimeError"), explain)
