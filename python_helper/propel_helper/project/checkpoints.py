"""Checkpoints that training left in a workspace, newest first, also where a scan does not look."""

from __future__ import annotations

import os
import time

_SUFFIXES = (
    ".pt",
    ".pth",
    ".ckpt",
    ".safetensors",
    ".h5",
    ".keras",
    ".pdparams",
    ".npz",
    ".msgpack",
)
_SKIPPED = frozenset("node_modules __pycache__ site-packages venv .venv .git env".split())


def checkpoints(
    top: str, *, most: int = 50, seconds: float = 0.5, depth: int = 6
) -> tuple[str, ...]:
    """Checkpoint files and ``checkpoint-N`` folders below ``top``, relative, newest first.

    Looks for ``seconds`` at most, and ``depth`` folders deep.
    """
    found: list[tuple[float, str]] = []
    ends = time.monotonic() + seconds
    pending = [("", 0)]
    while pending and time.monotonic() < ends:
        inside, level = pending.pop(0)
        try:
            with os.scandir(f"{top}/{inside}" if inside else top) as entries:
                for entry in entries:
                    path = f"{inside}/{entry.name}" if inside else entry.name
                    if entry.is_dir(follow_symlinks=False):
                        if entry.name.startswith("checkpoint-"):
                            found.append((entry.stat().st_mtime, path))
                        elif entry.name not in _SKIPPED and level < depth:
                            pending.append((path, level + 1))
                    elif entry.name.endswith(_SUFFIXES):
                        found.append((entry.stat().st_mtime, path))
        except OSError:
            continue
    return tuple(path for _, path in sorted(found, reverse=True)[:most])
