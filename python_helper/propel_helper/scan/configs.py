"""Which files of a project are its configs: by their folder, and by what commands and scripts say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from propel_helper.facts.command import TrainingCommand
from propel_helper.facts.wording import Wording
from propel_helper.scan.reading import Reading
from propel_helper.scan.tree import Tree, joined

_FOLDERS = frozenset("configs config conf confs cfg cfgs hparams hyperparams".split())
_SUFFIXES = (".yaml", ".yml", ".json", ".toml", ".gin", ".jsonnet")
_ASIDE = frozenset("tests test docs node_modules third_party thirdparty vendor".split())
_VALUE = Wording(r"[\w./-]+\.(?:ya?ml|json|toml|gin|jsonnet|py)\b")
_ASKS = Wording(r"conf|cfg|hparam|recipe|param|^-c$|^--?base$", re.IGNORECASE)


def _is_config_folder(folder: str) -> bool:
    parts = folder.lower().split("/")
    return not any(part in _ASIDE for part in parts) and any(
        part in _FOLDERS or part.endswith(("_configs", "_config", "_hparams", "-configs"))
        for part in parts
    )


@lru_cache(4096)
def _handed_over(command: str) -> tuple[str, ...]:
    """Paths that a command hands to its script as a config, as written."""
    found: list[str] = []
    words = command.split()
    for before, word in zip(["", *words], words, strict=False):
        option, equals, value = word.partition("=")
        if not equals:
            option, value = (before if before.startswith("-") else ""), word
        asked = bool(_ASKS.search(option))
        for path in _VALUE.findall(value):
            if path.endswith(".py"):
                # Python configs stand in folders of their own; any other is a script.
                fits = any(part in _FOLDERS for part in path.split("/")[:-1])
                fits = fits and (asked or not option)
            else:
                fits = asked or (not option and not path.endswith(".json"))
            if fits:
                found.append(path)
    return tuple(found)


def _named(tree: Tree, commands: Iterable[TrainingCommand]) -> Iterator[str]:
    """Files of the project that commands hand over."""
    for row in commands:
        for written in _handed_over(row.command):
            for base in dict.fromkeys((row.cwd, "")):
                path = tree.seen(base, written)
                if path and path in tree and path != row.entry:
                    yield path


def configs(
    tree: Tree, readings: Mapping[str, tuple[Reading, ...]], commands: Iterable[TrainingCommand]
) -> tuple[str, ...]:
    """Config files, nearest to the top first, then by name."""
    single: set[str] = set()
    folders: dict[str, set[str]] = {}
    for path in _named(tree, commands):
        folder, _, name = path.rpartition("/")
        single.add(path)
        if folder:
            # Its neighbours of the same kind are what else could be handed over.
            folders.setdefault(folder, set()).add(name[name.rfind(".") :])
    for file, parts in readings.items():
        for traits in (part.traits for part in parts if part.traits):
            for written in traits.config_folders:
                named = joined(file.rpartition("/")[0], written)
                if named is not None:
                    folders.setdefault(named, set()).update((".yaml", ".yml"))
    for folder, _ in tree.in_folders():
        if _is_config_folder(folder):
            folders.setdefault(folder, set()).update(_SUFFIXES)
    single.update(
        f"{folder}/{name}" if folder else name
        for folder, suffixes in folders.items()
        for name in tree.names(folder)
        if name[name.rfind(".") :] in suffixes and name[0] not in "._"
    )
    return tuple(sorted(single, key=lambda path: (path.count("/"), path)))
