"""``kill``: end a run's processes and its session."""

from __future__ import annotations

import argparse
import os

from propel_helper.app.launch import kill
from propel_helper.cli.output import print_json
from propel_helper.runs.ledger import Ledger

HELP = "end a run and its session"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The run."""
    parser.add_argument("run_name", metavar="RUN", help="a run's id, or the path of its log")
    parser.add_argument("--json", action="store_true", help="print the run as one JSON object")


def run(args: argparse.Namespace) -> int:
    """Exit status 0 once its session is gone."""
    ended = kill(Ledger.of(os.environ), args.run_name)
    if args.json:
        print_json(ended)
    else:
        print(f"Run {ended.run}: {ended.state.value}. {ended.reason}")
    return 0
