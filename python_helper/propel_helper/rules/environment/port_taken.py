"""port-taken: a network port is taken.

## What happened
A server that the run starts (TensorBoard, a dashboard, a debugger) wants a port that another
program has.

## Why it happens
An earlier run still has it, or another person's program.

## What the fix changes
The port that the launch names, for the next number. Otherwise nothing.

## Fix safety
Ask: whoever looks at that port has to look at the other one.
"""

from __future__ import annotations

import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation, Fix, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, launch_changes
from propel_helper.rules.launch_text import launch_of
from propel_helper.rules.said import line_of, said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line

# CPython's errno 98 and 48; gradio; tensorboard.
_WORDS = Wording(
    r"\[Errno (?:98|48)\] (?:error while attempting to bind on address .*)?.*[Aa]ddress already in use"
    r"|Cannot find empty port in range"
    r"|TensorBoard could not bind to port"
    r"|[Pp]ort \d+ is (?:already )?in use"
)

_OPTIONS = ("--port", "--tb_port", "--tensorboard_port", "--dashboard_port", "--server_port")


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    if re.search(r"c10d|server socket|TCPStore|EADDRINUSE|rendezvous", found.string):
        return None
    if any("/torch/distributed/" in frame.file for frame in crash.frames):
        return None
    return Explanation(
        error="a port that is taken",
        because=f"it stopped with {code(first_line(line_of(found)))}",
        fixes=(
            *_next(surroundings),
            guide(
                "choose-port",
                "Choose another port",
                "Give the program another port, or end the one that has it (`lsof -i :PORT`).",
            ),
        ),
    )


def _next(surroundings: Surroundings) -> tuple[Fix, ...]:
    """The launch with the next port, where it names one."""
    launch = launch_of(surroundings)
    option = launch.option(*_OPTIONS) if launch else None
    if launch is None or option is None or not (option.value or "").isdigit():
        return ()
    new = str(int(option.value or 0) + 1)
    steps = launch_changes.steps(launch, [launch_changes.value(option, new)])
    by = f"starting it with {code(option.with_value(new))}"
    return (Fix("take-next-port", f"Take port {new}", by, Safety.ASK, steps),)


RULE = Rule("port-taken", Category.ENVIRONMENT, ("exception",), explain)
