"""``propel-helper metrics``: loss, learning rate, rate and progress that a run has printed."""

from __future__ import annotations

import argparse
import os
import sys

from propel_helper.app.metrics import log_of, metrics_json, progress_text, read_log, read_stream
from propel_helper.cli.output import print_json

HELP = "show the loss, learning rate, speed and progress that a run or a log reports"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """RUN or LOG, or ``-``."""
    parser.add_argument("log", metavar="RUN|LOG", help="a run's id, a log file, or -")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(args: argparse.Namespace) -> int:
    """Read the whole log and print."""
    if args.log == "-":
        reader = read_stream(sys.stdin.buffer)
    else:
        reader = read_log(log_of(os.environ, args.log))
    if args.json:
        print_json(metrics_json(reader))
        return 0
    print(progress_text(reader.progress()) or "This log reports no step, loss or rate.")
    for one in reader.series():
        if len(one):
            print(f"{one.name:<20} {len(one):>7} points, last {one.values[-1]:.6g}")
    return 0
