"""Which environment is active where a run was started."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

_FOLDERS = ("VIRTUAL_ENV", "CONDA_PREFIX")
"""Variables in which an environment says where it is: venv's activate, and conda's."""


def active_environment(environ: Mapping[str, str]) -> Path | None:
    """Folder of the environment whose Python is ``python``, as it says of itself and PATH shows; or None."""
    python = shutil.which("python", path=environ.get("PATH", ""))
    for name in _FOLDERS:
        folder = environ.get(name)
        if folder and python and Path(python).parent == Path(folder) / "bin":
            return Path(folder)
    return None
