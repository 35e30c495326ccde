"""``prune``: remove the records and logs of runs that are over."""

from __future__ import annotations

import argparse
import os
import sys
import time

from propel_helper.app.prune import Pruning, candidates, clear_claims, remove
from propel_helper.cli.output import print_json, printable
from propel_helper.facts.problem import Problem
from propel_helper.runs.ledger import Ledger

HELP = "remove the records and logs of runs that are over"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which runs, and the yes."""
    parser.add_argument(
        "--older-than", type=_days, default=0.0, metavar="DAYS",
        help="only runs that ended at least DAYS days ago",
    )  # fmt: skip
    parser.add_argument(
        "--keep", type=_count, default=0, metavar="N", help="leave the N newest runs alone"
    )
    parser.add_argument("--yes", action="store_true", help="remove without asking")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(args: argparse.Namespace) -> int:
    """Exit status 0 when they were removed (or none was to be), 1 without a yes."""
    ledger = Ledger.of(os.environ)
    found = candidates(ledger, args.older_than, args.keep)
    going = [one for one in found if not one.kept]
    if not args.json:
        _tell(found, going)
    yes = bool(going) and (args.yes or _asked(going, quiet=args.json))
    removed = []
    for one in going if yes else ():
        try:
            remove(ledger, one.run.run)
        except Problem as problem:
            print(f"propel-helper: {problem}", file=sys.stderr)
            continue
        removed.append(one)
    clear_claims(ledger)
    if args.json:
        print_json(
            {
                "runs": [one.run.run for one in going],
                "bytes": sum(one.size for one in going),
                "removed": [one.run.run for one in removed],
                "kept": [{"run": one.run.run, "reason": one.kept} for one in found if one.kept],
            }
        )
    elif yes:
        print(f"Removed {_counted(removed)}.")
    elif going:
        print("Nothing was removed.")
    return 0 if len(removed) == len(going) else 1


def _tell(found: tuple[Pruning, ...], going: list[Pruning]) -> None:
    for one in found:
        day = time.strftime("%Y-%m-%d", time.localtime(one.run.started))
        what = f"stays: {one.kept}" if one.kept else _size(one.size)
        command = one.run.command.replace("\n", " ")[:60]
        print(printable(f"{one.run.run:<20} {one.run.state.value:<10} {day}  {command}  {what}"))
    if not going:
        print("There is nothing to remove.")
    if len(going) < len(found):
        print("`propel-helper kill RUN` ends a session that is left.")


def _asked(going: list[Pruning], *, quiet: bool) -> bool:
    question = f"Remove the records and logs of {_counted(going)} for good?"
    if quiet:
        return False
    if not sys.stdin.isatty():
        raise Problem(question, "Say yes with --yes.")
    return input(f"{question} [y/N] ").strip().lower() in {"y", "yes"}


def _counted(some: list[Pruning]) -> str:
    runs = "1 run" if len(some) == 1 else f"{len(some)} runs"
    return f"{runs} ({_size(sum(one.size for one in some))})"


def _size(count: int) -> str:
    size = float(count)
    for unit in ("bytes", "KiB", "MiB"):
        if size < 1024:
            return f"{size:.0f} {unit}"
        size /= 1024
    return f"{size:.1f} GiB"


def _days(text: str) -> float:
    days = float(text)
    # Also refuses "nan".
    if not days >= 0:
        raise argparse.ArgumentTypeError("it must be 0 or more")
    return days


def _count(text: str) -> int:
    count = int(text)
    if count < 0:
        raise argparse.ArgumentTypeError("it must be 0 or more")
    return count
