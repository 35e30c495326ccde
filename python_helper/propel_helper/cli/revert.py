"""``propel-helper revert``: take the last fix of a run back."""

from __future__ import annotations

import argparse
import os

from propel_helper.app.revert import revert
from propel_helper.cli.output import print_json
from propel_helper.runs.ledger import Ledger

HELP = "bring back the files as they were before a run's last fix"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The run."""
    parser.add_argument("run_name", metavar="RUN", help="a run's id, or the path of its log")
    parser.add_argument("--json", action="store_true", help="print the run as one JSON object")


def run(args: argparse.Namespace) -> int:
    """Exit status 0 when the files hold what they held before."""
    reverted = revert(Ledger.of(os.environ), args.run_name)
    if args.json:
        print_json(reverted)
        return 0
    taken_back = [one for one in reverted.fixes if one.reverted][-1]
    print(f"Taken back: {taken_back.fix} in {', '.join(one.file for one in taken_back.files)}.")
    return 0
