"""process-group-left-open: a rank ended while threads of its process group still ran.

## What happened
While the process ended, a C++ thread was taken down before it had stopped, and
C++ answers that with an abort. The launcher then calls the whole run failed.

## Why it happens
`init_process_group` starts threads that talk to the other ranks, and `destroy_process_group` stops
them. Without it, whether they have stopped by the end is a matter of luck.

## What the fix changes
Nothing by itself. What the run had saved is there; it need not be repeated for this.

## Fix safety
There is nothing to apply.
"""

from __future__ import annotations

import ast

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation, Place
from propel_helper.facts.surroundings import Surroundings
from propel_helper.rules import Rule
from propel_helper.rules.launch_text import launch_of
from propel_helper.rules.steps import guide

# std::terminate of libstdc++, for a std::thread that is destroyed while it is joinable.
_WORDS = "terminate called without an active exception"
_MAKES, _ENDS = "init_process_group", "destroy_process_group"
_CLOSE = guide(
    "close-process-group",
    "Close the process group",
    "Call `torch.distributed.destroy_process_group()` in every rank as the last thing that it does. "
    "Look first at what this run has saved: if its last step was done, there is nothing to repeat.",
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim that abort of a program that makes a process group and never ends it."""
    if _WORDS not in crash.message:
        return None
    at = _left_open(surroundings)
    if at is None:
        return None
    return Explanation(
        error="a process group that was left open",
        because="the process ended while a C++ thread still ran, and nothing in its script calls "
        f"`{_ENDS}`, which stops the threads that `{_MAKES}` starts",
        at=at,
        fixes=(_CLOSE,),
    )


def _left_open(surroundings: Surroundings) -> Place | None:
    """Where the script makes a group that it never ends."""
    launch = launch_of(surroundings)
    script = launch.words[launch.script].value if launch else ""
    text = surroundings.text(script) if script.endswith(".py") else None
    if text is None or _ENDS in text:
        return None
    try:
        nodes = list(ast.walk(ast.parse(text)))
    except (SyntaxError, ValueError):
        return None
    lines = [
        node.lineno
        for node in nodes
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == _MAKES
    ]
    return Place(surroundings.shown(script), lines[0]) if lines else None


RULE = Rule("process-group-left-open", Category.DISTRIBUTED, ("exit",), explain)
