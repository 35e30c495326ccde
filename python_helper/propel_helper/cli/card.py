"""``propel-helper card``: a run on one page of Markdown, without secrets."""

from __future__ import annotations

import argparse
import os

from propel_helper.app.run_card import run_card
from propel_helper.runs.ledger import Ledger

HELP = "print a run's card: command, code, environment, metrics, crashes and fixes as Markdown"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """RUN."""
    parser.add_argument("run_id", metavar="RUN", help="a run's id")


def run(args: argparse.Namespace) -> int:
    """Print the card."""
    print(run_card(Ledger.of(os.environ), args.run_id), end="")
    return 0
