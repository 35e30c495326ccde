"""``wait``: return when a run has ended."""

from __future__ import annotations

import argparse
import math
import os

from propel_helper.app.wait import wait
from propel_helper.facts.run import RunState
from propel_helper.runs.ledger import Ledger

HELP = "wait for a run's end: exit status 0 succeeded, 1 not, 3 timed out"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The run and how long at most."""
    parser.add_argument("run_name", metavar="RUN", help="a run's id, or the path of its log")
    parser.add_argument("--timeout", type=_seconds, metavar="S", help="wait S seconds at most")


def run(args: argparse.Namespace) -> int:
    """Exit status 0: it succeeded; 1: it failed, was killed or lost; 3: it still runs."""
    seen = wait(Ledger.of(os.environ), args.run_name, args.timeout)
    if seen.state is RunState.RUNNING:
        print(f"Run {seen.run} still runs after {args.timeout:g} s.")
        return 3
    print(f"Run {seen.run}: {seen.state.value}. {seen.reason}")
    return 0 if seen.state is RunState.SUCCEEDED else 1


def _seconds(text: str) -> float:
    value = float(text)
    if math.isnan(value):
        raise ValueError(text)
    return value
