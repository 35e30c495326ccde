"""``propel-helper stuck``: where each process of a run stands, and which one the others wait for."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from propel_helper.app.stuck import stuck
from propel_helper.cli.output import print_json, printable
from propel_helper.facts.hang import WaitGroup
from propel_helper.runs.ledger import Ledger

HELP = "show why a run is stuck: where each of its processes stands"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """RUN, and how to print."""
    parser.add_argument("run_id", metavar="RUN", help="a run's id")
    parser.add_argument("--root", metavar="DIR", help="the project's folder; default: the run's")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(args: argparse.Namespace) -> int:
    """Look and print."""
    root = Path(args.root).absolute() if args.root else None
    found = stuck(Ledger.of(os.environ), args.run_id, root)
    if args.json:
        print_json(found)
        return 0
    print(printable(found.text))
    for sentence in (*found.recorder, *found.notes):
        print(printable(sentence))
    for group in found.groups:
        # What only serves, or waits for work, is in the JSON.
        if group.role == "rank" or group.at is not None:
            print("\n" + printable("\n".join(_lines(group))))
    return 0


def _lines(group: WaitGroup) -> list[str]:
    """The group and its stack, innermost first, the person's own lines marked."""
    head = f"{group.text} (process {', '.join(map(str, group.pids))})"
    stack = [
        f"  {'>' if frame.user else ' '} {frame.file}:{frame.line} in {frame.function}"
        + (f"   {frame.code}" if frame.code else "")
        for frame in reversed(group.frames)
    ]
    return [head, *stack]
