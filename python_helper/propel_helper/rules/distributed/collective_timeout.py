"""collective-timeout: a process waited too long for the others.

## What happened
A collective operation did not end in time, so PyTorch ended the run. The rank that reports it waited;
the one that did not come is the likelier cause.

## Why it happens
One process is late or dead: it crashed elsewhere, does something slow alone (saving, evaluating,
preparing data), or the processes take another number of steps. Rarely it is the network.

## What the fix changes
Nothing by itself: a longer time would only hide what hangs.

## Fix safety
There is nothing to apply.
"""

from __future__ import annotations

import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation, Fix
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule
from propel_helper.rules.said import line_of, said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line

# ProcessGroupNCCL.cpp, ProcessGroupGloo.cpp, 1.5 to 2.13; monitored_barrier.
_WORDS = Wording(
    r"[Ww]atchdog caught collective operation timeout"
    r"|Caught collective operation timeout: Work"
    r"|Timed out waiting \d+ms for (?:recv|send)"
    r"|ProcessGroupNCCL's watchdog got stuck"
    r"|monitoredBarrier|[Rr]ank \d+ (?:successfully reached|failed to pass) monitored"
    r"|Some NCCL operations have failed or timed out"
    r"|Application timeout caused pair closure"
    r"|NCCL watchdog thread terminated with exception: (?!.*(?:CUDA error|NCCL error))"
)
_WORK = Wording(
    r"(?:\[Rank (?P<rank>\d+)\].{0,60})?Work(?:NCCL|\w*)\((?:SeqNum=(?P<number>\d+), )?"
    r"OpType=(?P<operation>\w+).{0,120}?Timeout\(ms\)=(?P<limit>\d+)\)"
)
_BARRIER = Wording(
    r"[Rr]anks? (?P<ranks>[\d, ]+) failed to pass monitoredBarrier in (?P<limit>\d+) ms"
)
_GLOO = Wording(r"Timed out waiting (?P<limit>\d+)ms for (?P<what>recv|send)")
# What only ProcessGroupGloo says; a monitored barrier goes through it as well.
_OF_GLOO = Wording(r"monitoredBarrier|monitored barrier|for (?:recv|send)\b|pair closure|/gloo/")


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    gloo = said(crash, _OF_GLOO) is not None
    return Explanation(
        "a collective that timed out", _because(crash, found), fixes=(_find(gloo=gloo),)
    )


def _find(*, gloo: bool) -> Fix:
    variable = (
        "`TORCH_DISTRIBUTED_DEBUG=DETAIL` before the command makes PyTorch check that the ranks take the same steps"
        if gloo
        else "`TORCH_NCCL_TRACE_BUFFER_SIZE=2000` before the command makes PyTorch print what each rank was doing"
    )
    return guide(
        "find-late-rank",
        "Find the rank that is late",
        f"Look for an error of another rank, and for what one rank does alone. {variable}; `py-spy dump --pid` "
        "shows where a process hangs. Only a step that is slow on purpose deserves a longer `timeout`, where the "
        "code sets one.",
    )


def _because(crash: Crash, found: re.Match[str]) -> str:
    works = [work for line in (*crash.above, crash.message) for work in _WORK.finditer(line)]
    if works:
        return _waited(works)
    barrier = said(crash, _BARRIER)
    if barrier is not None:
        late = f"rank {barrier['ranks'].strip()} did not reach a barrier"
        return f"{late} within {_seconds(barrier['limit'])}"
    gloo = said(crash, _GLOO)
    if gloo is not None:
        doing = "send" if gloo["what"] == "recv" else "take"
        return f"another rank had nothing to {doing} for {_seconds(gloo['limit'])}"
    return f"one process waited for others that did not come ({first_line(line_of(found))})"


def _waited(works: list[re.Match[str]]) -> str:
    """Who waited in what; ranks that stood at different operations are told apart."""
    places = {(work["number"], work["operation"]): work["rank"] for work in works if work["rank"]}
    last = works[-1]
    if len(places) > 1:
        each = " and ".join(
            f"rank {rank} at {code(operation)}" + (f" number {number}" if number else "")
            for (number, operation), rank in list(places.items())[:2]
        )
        return (
            f"the ranks stood at different operations, {each}, after {_seconds(last['limit'])}: they "
            "don't take the same steps"
        )
    ranks = sorted({int(work["rank"]) for work in works if work["rank"]})
    who = f"rank{'s' if len(ranks) > 1 else ''} {', '.join(map(str, ranks))}" if ranks else "a rank"
    number = f" number {last['number']}" if last["number"] else ""
    return (
        f"{who} waited {_seconds(last['limit'])} in {code(last['operation'])}{number} for a rank that "
        "did not come"
    )


def _seconds(milliseconds: str) -> str:
    seconds = int(milliseconds) / 1000
    return f"{seconds:g} s"


RULE = Rule("collective-timeout", Category.DISTRIBUTED, ("exception", "exit"), explain)
