"""``propel-helper check-in``: how a run stands, and what about it a person should look at."""

from __future__ import annotations

import argparse
import os

from propel_helper.app.check_in import check_in, check_in_json, dismiss
from propel_helper.app.metrics import duration, progress_text
from propel_helper.cli.output import print_json
from propel_helper.runs.ledger import Ledger

HELP = "show how a run stands and what about it to look at"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """RUN, and what to hear no more of."""
    parser.add_argument("run_id", metavar="RUN", help="a run's id")
    parser.add_argument(
        "--dismiss", metavar="PROMPT", help="say no more of this prompt for this run"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(args: argparse.Namespace) -> int:
    """Look at the run and print."""
    ledger = Ledger.of(os.environ)
    if args.dismiss is not None:
        dismiss(ledger, args.run_id, args.dismiss)
    found = check_in(ledger, args.run_id)
    if args.json:
        print_json(check_in_json(found))
        return 0
    print(
        f"{found.run.run}: {found.run.state.value} for {duration(found.course.elapsed_s)}, {found.run.command}"
    )
    print(f"  {progress_text(found.reader.progress()) or 'It has reported no progress yet.'}")
    if found.course.checkpoints:
        newest = found.course.checkpoints[0]
        print(f"  last checkpoint: {newest.file}, {duration(newest.age_s)} old")
    for one in found.prompts:
        print(f"  {one.id}: {one.text}")
    return 0
