"""``restart``: start a run's command again in its session."""

from __future__ import annotations

import argparse
import os

from propel_helper.app.launch import restart
from propel_helper.cli.output import print_json
from propel_helper.runs.ledger import Ledger

HELP = "start a run's command again, in the same session"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The run."""
    parser.add_argument("run_name", metavar="RUN", help="a run's id, or the path of its log")
    parser.add_argument(
        "--sbatch",
        metavar="OPTIONS",
        help="other options of sbatch than those it was launched with",
    )
    parser.add_argument("--json", action="store_true", help="print the run as one JSON object")


def run(args: argparse.Namespace) -> int:
    """Exit status 0 once the command runs again."""
    started = restart(Ledger.of(os.environ), args.run_name, os.environ, options=args.sbatch)
    if args.json:
        print_json(started)
        return 0
    print(f"Run {started.run} is up again (attempt {started.attempt}) in {started.session}.")
    if started.reason:
        print(started.reason)
    print(f"  Log     {started.log}")
    return 0
