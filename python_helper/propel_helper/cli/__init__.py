"""Floor 4: the command line. One file per subcommand, found without a registration list.

A subcommand module has ``HELP`` (one line), ``add_arguments(parser)`` and ``run(args) -> int``;
its name, with ``-`` for ``_``, is the subcommand's. One that has ``begin(args)`` is asked for it
before anything else is imported, and finds its answer in ``args.begun``.
"""

from __future__ import annotations

import argparse
import errno
import importlib
import io
import os
import sys
from collections.abc import Sequence

from propel_helper.facts.problem import Problem

_TAKES_NO_MORE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


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
    # Not by pathlib: its import costs the start more than all else here.
    if name.isidentifier() and os.path.isfile(f"{__path__[0]}/{name}.py"):  # noqa: PTH113
        module = importlib.import_module(f"{__name__}.{name}")
        if hasattr(module, "HELP"):
            subparser = subparsers.add_parser(chosen, help=module.HELP, description=module.HELP)
            module.add_arguments(subparser)
            begin = getattr(module, "begin", None)
            subparser.set_defaults(run=module.run, begun=None, begin=begin)
            return parser
    # Imported only to tell of all: a start must not cost it.
    from propel_helper.cli.listing import subcommands  # noqa: PLC0415

    for name, text in subcommands(__path__[0]).items():
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


def _log_nothing() -> None:
    """What is logged has a stack trace; a person at the command line gets sentences only."""
    import logging  # noqa: PLC0415

    logging.getLogger().addHandler(logging.NullHandler())


def _open_closed() -> None:
    """Put nothing in the place of standard streams that the caller closed (``>&-``).

    Python leaves such a stream None, and the next file that is opened would get its number.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            handle = os.open(os.devnull, os.O_RDWR)
            if handle != number:
                os.dup2(handle, number)
                os.close(handle)
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(number, "r" if number == 0 else "w", closefd=False))


def main(argv: Sequence[str] | None = None) -> int:
    """Entry point of ``propel-helper``.

    Returns the exit status; 2 for bad input, 74 (EX_IOERR, sysexits.h) when standard output takes
    no more.
    """
    _open_closed()
    for stream in (sys.stdout, sys.stderr):
        # What a locale can't show, and bytes that are no text, are escaped.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        try:
            return _answered(sys.argv[1:] if argv is None else argv)
        finally:
            # Also behind ``--help``, which leaves by SystemExit.
            sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        _let_go_of_output()
        return 141
    except OSError as error:
        # Of a file that was opened it would have the name.
        if error.filename is not None or error.errno not in _TAKES_NO_MORE:
            raise
        _let_go_of_output()
        print(
            f"propel-helper: What it had to say could not be written: {error.strerror}.",
            file=sys.stderr,
        )
        return 74


def _answered(words: Sequence[str]) -> int:
    chosen = next((word for word in words if not word.startswith("-")), "")
    args = build_parser(chosen).parse_args(_joined(words))
    if args.begin is not None:
        args.begun = args.begin(args)
    if chosen != "lsp":
        _log_nothing()
    try:
        status: int = args.run(args)
    except Problem as problem:
        print(f"propel-helper: {problem}", file=sys.stderr)
        return 2
    return status


def _let_go_of_output() -> None:
    """What is still to be written goes nowhere: Python would try once more as it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
