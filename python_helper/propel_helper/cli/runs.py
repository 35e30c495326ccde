"""``runs``: every run of this host and what became of it."""

from __future__ import annotations

import argparse
import os
import time

from propel_helper.app.runs import all_runs, matching
from propel_helper.cli.output import print_json, printable
from propel_helper.facts.run import Run
from propel_helper.runs.ledger import Ledger

HELP = "list the runs, the newest first"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which runs, and how."""
    parser.add_argument(
        "--search", default="", metavar="TEXT",
        help="only runs whose id, command, folder or state holds every word of TEXT",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="print one JSON array")


def run(args: argparse.Namespace) -> int:
    """Exit status 0, with or without runs."""
    found = all_runs(Ledger.of(os.environ))
    shown = matching(found, args.search)
    if args.json:
        print_json(shown)
        return 0
    if not found:
        print("No runs yet. `propel-helper launch -- COMMAND` starts one.")
    elif not shown:
        print(printable(f"None of {len(found)} runs matches {args.search!r}."))
    for one in shown:
        print(printable(_row(one)))
        if not one.backend:
            print(printable(f"{'':<20} {one.reason}"))
        if one.observed is not None and one.observed.differs:
            print(printable(f"{'':<20} {' '.join(one.observed.differs)}"))
    return 0


def _row(one: Run) -> str:
    started = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(one.started))
    status = "" if one.exit_status is None else f" ({one.exit_status})"
    command = one.command.replace("\n", " ")
    shown = command if len(command) <= 80 else command[:79] + "…"
    return f"{one.run:<20} {one.state.value + status:<15} {started}  {shown}"
