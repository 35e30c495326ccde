"""A file that is not at its path any more: the one file of that very name in the project."""

from __future__ import annotations

import posixpath
import re

from propel_helper.facts.surroundings import PathKind, Surroundings
from propel_helper.facts.wording import Wording

# Folders whose name says what kind of thing is in them; any other name (a split, a language, a data
# set, a date) says which one it is, and the same file name in it is another file.
_ANY = frozenset({"asset", "assets", "resource", "resources", "file", "files", "storage", "store"})
_OF_DATA = _ANY | {"data", "dataset", "datasets", "raw", "input", "inputs", "download", "downloads"}
_OF_WEIGHTS = _ANY | {
    "weight", "weights", "pretrained", "checkpoint", "checkpoints", "ckpt", "ckpts", "model", "models",
    "artifact", "artifacts",
}  # fmt: skip
_OF_CONFIGS = frozenset({"config", "configs", "conf", "cfg", "cfgs"})
# What trainers call what they save: of another run, that is another one.
_SAVED = Wording(
    r"\d|(?:^|[_.-])(?:best|last|latest|final|newest|model|net|network|checkpoint|ckpt|weights"
    r"|epoch|step|iter|state|optim\w*|resume|snapshot|ema)(?:[_.-]|$)",
    re.IGNORECASE,
)
_WEIGHTS = Wording(
    r"\.(?:pt|pth|ckpt|bin|safetensors|npz|npy|h5|pkl|msgpack|joblib|onnx)$", re.IGNORECASE
)
# Below the very folder that the path names a date says when a file was put away.
_DATE = re.compile(r"(?:19|20)\d\d(?:[-_]?[01]\d){0,1}(?:[-_]?[0-3]\d)?$")
# Scripts that make the file that is missing out of the one that is there.
_MAKERS = Wording(
    r"prep|clean|process|convert|make|build|split|tokeni[sz]e|featur|generate|extract|download",
    re.IGNORECASE,
)
_FOLDERS = (".", "scripts", "tools", "bin", "data", "src")


def now_at(path: str, surroundings: Surroundings) -> str | None:
    """Where the one file of the name that ``path`` ends in lies; None without one, or with more."""
    name = posixpath.basename(path)
    if "." not in name.strip(".") or surroundings.kind(path) is not PathKind.MISSING:
        return None
    found = surroundings.called(name)
    return found[0] if len(found) == 1 else None


def is_moved(path: str, now: str, surroundings: Surroundings) -> bool:
    """Whether ``now`` is what ``path`` means: only folders that say a kind of thing differ, or when."""
    if posixpath.isabs(path) or path.startswith("~") or now.startswith(".."):
        return False
    old, new = (posixpath.normpath(one).split("/")[:-1] for one in (path, now))
    differing = set(old) ^ set(new)
    name = posixpath.basename(path)
    weights = _WEIGHTS.search(name) is not None
    kinds = (_OF_WEIGHTS, _OF_DATA) if weights else (_OF_DATA, _OF_CONFIGS)
    put_away = weights and bool(old) and new[: len(old)] == old
    if not (put_away and all(_DATE.match(one) for one in new[len(old) :])) and not any(
        differing <= kind for kind in kinds
    ):
        return False
    if weights and _SAVED.search(posixpath.splitext(name)[0]):
        return False
    return "raw" not in differing or not _is_made(surroundings)


def _is_made(surroundings: Surroundings) -> bool:
    """Whether a script of the project may make data out of its raw data."""
    return any(
        _MAKERS.search(name)
        for folder in _FOLDERS
        for name in surroundings.names(folder)
        if name.endswith((".py", ".sh", ".ipynb")) or name == "dvc.yaml"
    )
