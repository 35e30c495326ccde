"""The project's files and folders by name, as they were walked: pure look-ups."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

_ASKED = (".py", ".sh", ".bash", ".slurm", ".sbatch")
"""Files that a command may name by the end of their path alone."""


class Tree:
    """Names of a project's files in each folder (``/`` as separator), without their texts.

    ``top``: the project's own absolute path, for what is written from a folder above it.
    """

    def __init__(self, names: Mapping[str, Sequence[str]], top: str = "") -> None:
        self._names = names
        self._above = [part for part in top.split("/") if part]
        self._holding: dict[str, tuple[str, ...]] = {}

    def __contains__(self, path: object) -> bool:
        folder, _, name = str(path).rpartition("/")
        return name in self._names.get(folder, ())

    @property
    def top_name(self) -> str:
        """The name of the project's own folder, "" when it is not known."""
        return self._above[-1] if self._above else ""

    def in_folders(self) -> Iterator[tuple[str, Sequence[str]]]:
        """Every folder that holds files, with their names."""
        yield from self._names.items()

    def names(self, folder: str) -> Sequence[str]:
        """Names of the files in ``folder``, sorted."""
        return sorted(self._names.get(folder, ()))

    @cached_property
    def folders(self) -> frozenset[str]:
        """Every folder that holds a file, at any depth; "" is the project itself."""
        found = {""}
        for whole in self._names:
            folder = whole
            while folder not in found:
                found.add(folder)
                folder = posixpath.dirname(folder)
        return frozenset(found)

    def seen(self, folder: str, path: str) -> str | None:
        """``path`` seen from ``folder``, which may lie above the project (``..``), or None."""
        whole = joined(folder, path, leaving=True)
        if whole is None or not whole.startswith(".."):
            return whole
        parts = whole.split("/")
        up = parts.count("..")
        if parts[up : 2 * up] != self._above[len(self._above) - up :] or up > len(self._above):
            return None
        return "/".join(parts[2 * up :])

    def from_above(self, path: str) -> tuple[str, str] | None:
        """The file that ``path`` names by way of a folder above the project, and where it does."""
        for up in range(path.count("/") + 1):
            folder = "/".join([".."] * up)
            found = self.seen(folder, path)
            if found is not None and found in self:
                return found, folder
        return None

    def holding(self, path: str) -> tuple[str, ...]:
        """The folders from which ``path`` is written as it must be, of all files."""
        if path not in self._holding:
            folder, _, name = path.rpartition("/")
            ends = f"/{folder}"
            self._holding[path] = tuple(
                whole[: len(whole) - len(folder)].rstrip("/")
                for whole, names in self._names.items()
                if (not folder or whole == folder or whole.endswith(ends)) and name in names
            )
        return self._holding[path]

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for folder, names in self._names.items():
            for name in names:
                if name.endswith(_ASKED):
                    found.setdefault(name, []).append(f"{folder}/{name}" if folder else name)
        return found

    def ending_with(self, path: str) -> tuple[str, ...]:
        """Python and shell files whose last parts are ``path``, shallowest first."""
        named = self._by_name.get(path.rpartition("/")[2], [])
        fitting = [file for file in named if file == path or file.endswith(f"/{path}")]
        return tuple(sorted(fitting, key=lambda file: (file.count("/"), file)))


@lru_cache(8192)
def joined(folder: str, path: str, *, leaving: bool = False) -> str | None:
    """``path`` seen from ``folder``, relative to the project.

    None when it leaves the project, unless ``leaving`` is allowed.
    """
    if path.startswith(("/", "~", "$")):
        return None
    whole = posixpath.normpath(posixpath.join(folder, path))
    if whole == ".":
        return ""
    return None if whole.startswith("..") and not leaving else whole
