"""Scripts of LightningCLI: the sub-command that they ask for, and the config that goes with it.

Unless it is told ``run=False``, the CLI stops without one of its sub-commands; without a model
class of its own it takes the model from ``--config``
(https://lightning.ai/docs/pytorch/stable/cli/lightning_cli_intermediate.html).
"""

from __future__ import annotations

import posixpath
import re

from propel_helper.facts.wording import Wording
from propel_helper.scan.tree import Tree

SUBCOMMANDS = ("fit", "validate", "test", "predict")
_CALL = Wording(
    r"^(?!\s*(?:#|class\b))[^#\n]*\bLightningCLI\(([^()]*(?:\([^()]*\)[^()]*)*)\)", re.MULTILINE
)
_ONLY_PARSES = Wording(r"\brun\s*=\s*False\b|\bargs\s*=")
_MODEL = Wording(r"^\s*[A-Za-z_][\w.]*\s*(?:,|$)|\bmodel_class\s*=")
_FOLDERS = ("", "configs", "config", "conf")
_ENDS = (".yaml", ".yml")
_WHOLE = ("config", "default", "base", "train", "fit")
"""Names of a config that holds all that a training needs, likeliest first."""


def required(text: str) -> tuple[tuple[str, ...], ...]:
    """One of the sub-commands, and a config where the script names no model."""
    found = _CALL.search(text) if "LightningCLI(" in text else None
    if found is None or _ONLY_PARSES.search(found[1]):
        return ()
    return (SUBCOMMANDS,) if _MODEL.search(found[1]) else (SUBCOMMANDS, ("--config", "-c"))


def config(tree: Tree, cwd: str, entry: str) -> str:
    """The config to train with, seen from ``cwd``; "" where nothing tells which it is."""
    for base in dict.fromkeys((cwd, posixpath.dirname(entry))):
        for below in _FOLDERS:
            folder = posixpath.join(base, below) if below else base
            names = [name for name in tree.names(folder) if name.endswith(_ENDS)]
            stems = [posixpath.splitext(name)[0] for name in names]
            whole = next((names[stems.index(one)] for one in _WHOLE if one in stems), "")
            if not whole and below and len(names) == 1:
                whole = names[0]
            if whole:
                return posixpath.relpath(posixpath.join("/", folder, whole), f"/{cwd}")
    return ""
