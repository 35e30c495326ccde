"""``attach``: attach this terminal to a run's session."""

from __future__ import annotations

import argparse
import os
import shlex
import sys

from propel_helper.app.launch import attach_argv
from propel_helper.facts.problem import Problem
from propel_helper.runs.ledger import Ledger

HELP = "attach this terminal to a run's session"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The run."""
    parser.add_argument("run_name", metavar="RUN", help="a run's id, or the path of its log")


def run(args: argparse.Namespace) -> int:
    """Becomes the attached session; does not return when that works."""
    argv = attach_argv(Ledger.of(os.environ), args.run_name)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Problem(
            "Attaching needs a terminal, and standard input or output is none.",
            f"Type this in a terminal: {shlex.join(argv)}",
        )
    try:
        os.execvp(argv[0], argv)  # noqa: S606 - becoming the session's client is the point
    except OSError as error:
        raise Problem(f"{argv[0]} could not be started: {error.strerror}.", "") from error
