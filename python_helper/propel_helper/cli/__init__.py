"""Floor 4: the command line. One file per subcommand, found without a registration list.

A subcommand module has ``HELP`` (one line), ``add_arguments(parser)`` and ``run(args) -> int``;
its name, with ``-`` for ``_``, is the subcommand's.
"""

from __future__ import annotations

import argparse
import importlib
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from propel_helper.facts.problem import Problem


def build_parser(chosen: str = "") -> argparse.ArgumentParser:
    """The parser of the subcommand ``chosen``; of all, as far as ``--help`` tells, without one.

    Only the chosen one's module is imported: a start costs nobody else's imports, and another one
    that is broken does not matter.
    """
    parser = argparse.ArgumentParser(
        prog="propel-helper",
        description="Find, launch, watch and repair training runs on this host.",
    )
    subparsers = parser.add_subparsers(dest="subcommand", required=True, metavar="SUBCOMMAND")
    name = chosen.replace("-", "_")
    if (Path(__path__[0]) / f"{name}.py").is_file() and name.isidentifier():
        module = importlib.import_module(f"{__name__}.{name}")
        if hasattr(module, "HELP"):
            subparser = subparsers.add_parser(chosen, help=module.HELP, description=module.HELP)
            module.add_arguments(subparser)
            subparser.set_defaults(run=module.run)
            return parser
    # Imported only to tell of all: a start must not cost it.
    from propel_helper.cli.listing import subcommands  # noqa: PLC0415

    for name, text in subcommands(Path(__path__[0])).items():
        subparsers.add_parser(name.replace("_", "-"), help=text)
    return parser


def _joined(words: Sequence[str]) -> list[str]:
    """``--sbatch OPTIONS`` as one word: argparse takes a value for an option when it has a dash."""
    joined: list[str] = []
    for index, word in enumerate(words):
        if word == "--":
            return joined + list(words[index:])
        if joined and joined[-1] == "--sbatch":
            joined[-1] += f"={word}"
        else:
            joined.append(word)
    return joined


def main(argv: Sequence[str] | None = None) -> int:
    """Entry point of ``propel-helper``. Returns the exit status; 2 for bad input."""
    words = sys.argv[1:] if argv is None else argv
    chosen = next((word for word in words if not word.startswith("-")), "")
    if chosen != "lsp":
        # What is logged has a stack trace; a person at the command line gets sentences only.
        logging.getLogger().addHandler(logging.NullHandler())
    args = build_parser(chosen).parse_args(_joined(words))
    try:
        status: int = args.run(args)
    except Problem as problem:
        print(f"propel-helper: {problem}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        return 141
    except KeyboardInterrupt:
        return 130
    return status
