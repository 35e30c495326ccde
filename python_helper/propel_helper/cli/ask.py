"""``propel-helper ask``: what Propel can do about a sentence, or the redirect."""

from __future__ import annotations

import argparse

from propel_helper.change_request import answer
from propel_helper.cli.output import print_json

HELP = "ask for a change in your own words"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The sentence."""
    parser.add_argument("sentence", nargs="+", metavar="TEXT", help="what you want changed")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(args: argparse.Namespace) -> int:
    """Exit status 0, whatever the answer is."""
    said = answer(" ".join(args.sentence))
    if args.json:
        print_json(said)
    else:
        print(said.answer)
    return 0
