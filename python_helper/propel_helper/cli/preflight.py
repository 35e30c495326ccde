"""``propel-helper preflight``: what to know and to decide before a command is launched."""

from __future__ import annotations

import argparse
import os

from propel_helper.app.check_in import prompt_json
from propel_helper.app.intake import known, questions, warnings
from propel_helper.app.preflight import preflight
from propel_helper.cli.output import print_json
from propel_helper.runs.ledger import Ledger

HELP = "look at what would stop a command, before it is launched"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of ``preflight``."""
    parser.add_argument(
        "folder", nargs="?", default=".", metavar="DIR", help="the project's folder; default: here"
    )
    parser.add_argument("--command", required=True, metavar="TEXT", help="the command's text")
    parser.add_argument("--cwd", default="", metavar="DIR", help="where it runs, seen from DIR")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(args: argparse.Namespace) -> int:
    """Look and print; exit 0 whatever was found."""
    setup = known(Ledger.of(os.environ), args.folder, args.command, args.cwd)
    checks = preflight(args.folder, args.command, args.cwd, os.environ, setup)
    if args.json:
        print_json(
            {
                "ready": all(one.ok is not False for one in checks),
                "findings": checks,
                "pitfalls": [prompt_json(one) for one in warnings(setup)],
                "questions": [prompt_json(one) for one in questions(setup)],
            }
        )
        return 0
    for check in checks:
        mark = {True: "ok", False: "!!", None: "??"}[check.ok]
        print(f"{mark}  {check.id:<12} {check.text}")
        if check.fix and check.ok is not True:
            print(f"{'':<17}{check.fix}")
    for one in warnings(setup):
        print(f"--  {one.text}")
    for one in questions(setup):
        print(f"?   {one.text}")
    return 0
