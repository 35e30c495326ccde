"""``propel-helper lsp``: the language server on stdio."""

from __future__ import annotations

import argparse

HELP = "speak the language server protocol on stdin and stdout, for editors"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options: everything comes with the ``initialize`` request."""


def run(_: argparse.Namespace) -> int:
    """Serve until the client says exit."""
    from propel_helper.lsp.serve import serve  # noqa: PLC0415 - other subcommands need no pygls

    serve()
    return 0
