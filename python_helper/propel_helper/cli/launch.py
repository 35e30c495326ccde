"""``launch``: run one command in a session that outlives this terminal."""

from __future__ import annotations

import argparse
import os
import shlex
from pathlib import Path

from propel_helper.app.launch import launch
from propel_helper.cli.output import print_json
from propel_helper.facts.problem import Problem
from propel_helper.runs.ledger import Ledger

HELP = "run a command in a session of its own: launch [OPTIONS] -- COMMAND..."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One argument is one shell text; several are words of one."""
    parser.add_argument(
        "--backend", choices=("auto", "screen", "tmux", "slurm"), default="auto",
        help="what holds the run (default: screen, else tmux)",
    )  # fmt: skip
    parser.add_argument(
        "--sbatch", default="", metavar="OPTIONS",
        help='with slurm: options of sbatch, e.g. --sbatch="--partition=gpu --time=1:00:00"',
    )  # fmt: skip
    parser.add_argument("--cwd", default=".", help="folder to run in (default: this one)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("command", nargs=argparse.REMAINDER, metavar="COMMAND")


def run(args: argparse.Namespace) -> int:
    """Exit status 0 once the session is up."""
    words = args.command[1:] if args.command[:1] == ["--"] else args.command
    if not words:
        raise Problem("There is no command.", "Give it after `--`, e.g. `-- python train.py`.")
    text = words[0] if len(words) == 1 else shlex.join(words)
    try:
        cwd = str(Path(args.cwd).absolute())
    except FileNotFoundError:
        raise Problem(
            "This folder was removed.", "Enter one that is there, or name it: --cwd."
        ) from None
    started = launch(Ledger.of(os.environ), text, cwd, args.backend, os.environ, args.sbatch)
    if args.json:
        names = ("run", "backend", "session", "log", "attach", "detach", "list", "kill")
        print_json({name: getattr(started, name) for name in names})
        return 0
    print(f"Run {started.run} is up in the {started.backend} session {started.session}.")
    if started.reason:
        print(started.reason)
    print(f"  Log     {started.log}")
    for label, words_of in (
        ("Attach", started.attach),
        ("Detach", started.detach),
        ("List", started.list),
        ("Kill", started.kill),
    ):
        print(f"  {label:<7} {words_of}")
    return 0
