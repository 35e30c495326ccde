"""``${...}`` in OmegaConf's configs: where one that leads nowhere stands, and what it is a slip of."""

from __future__ import annotations

from dataclasses import dataclass

from propel_helper.facts.finding import Edit
from propel_helper.facts.surroundings import Surroundings
from propel_helper.rules import config_keys, texts


@dataclass(frozen=True)
class Reference:
    """The first ``${path}`` of the configs, and the one key ``right`` that the path is a slip of.

    ``edit`` writes that key for the path, where it stands once: what stands often is seldom the slip.
    """

    file: str
    line: int
    right: str | None = None
    edit: Edit | None = None


def to(path: str, surroundings: Surroundings) -> Reference | None:
    """Where ``${path}`` stands in the configs that the run reads; None where it does not."""
    keys = config_keys.all_keys(surroundings)
    written = f"${{{path}}}"
    places = []
    for file in dict.fromkeys(key.file for key in keys):
        text = surroundings.text(file) or ""
        start = text.find(written)
        while start >= 0:
            places.append((file, text, start))
            start = text.find(written, start + 1)
    if not places:
        return None
    file, text, start = places[0]
    line = text.count("\n", 0, start) + 1
    right = _near(path, keys)
    if right is None or len(places) > 1:
        return Reference(file, line, right)
    return Reference(file, line, right, texts.edit_at(file, text, start + 2, path, right))


def _near(path: str, keys: tuple[config_keys.Key, ...]) -> str | None:
    """``path`` with its first part that is no key respelt, where that leads to a key."""
    known = {key.path for key in keys}
    parts = path.split(".")
    for index in range(len(parts)):
        here = ".".join(parts[: index + 1])
        if here in known:
            continue
        near = config_keys.near_key(here, keys)
        right = ".".join([near.path, *parts[index + 1 :]]) if near else None
        return right if right in known else None
    return None
