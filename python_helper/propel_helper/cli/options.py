"""``propel-helper options``: the options of the script that a command starts."""

from __future__ import annotations

import argparse

from propel_helper.app.arguments import options
from propel_helper.cli.output import print_json
from propel_helper.facts.option import Option

HELP = "show the options of the script that a command starts"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of ``options``."""
    parser.add_argument("folder", nargs="?", default=".", metavar="DIR", help="default: here")
    parser.add_argument("--command", required=True, metavar="TEXT", help="the command's text")
    parser.add_argument("--cwd", default="", metavar="DIR", help="where it runs, seen from DIR")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(args: argparse.Namespace) -> int:
    """Read the options and print them."""
    found = options(args.folder, args.command, args.cwd)
    if args.json:
        print_json(found)
    else:
        for option in found:
            print(_line(option))
        if not found:
            print("The script declares no option that can be read without running it.")
    return 0


def _line(option: Option) -> str:
    parts = [f"{option.name}"]
    if option.type:
        parts.append(f"({option.type})")
    if option.required:
        parts.append("required")
    elif option.default is not None:
        parts.append(f"default {option.default}")
    if option.choices:
        parts.append("one of " + ", ".join(option.choices[:12]))
    return " ".join(parts) + (f"\n      {option.help}" if option.help else "")
