"""CUDA toolkit and driver versions from the files that they leave; no program is started.

Toolkit: ``version.json`` (CUDA 11 and later) or ``version.txt`` in its folder. Driver:
``/proc/driver/nvidia/version`` (NVIDIA driver README, "The /proc interface").
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from propel_helper.facts.wording import Wording

_VERSION = Wording(r"(\d+\.\d+(?:\.\d+)?)")
_DRIVER = Wording(r"Kernel Module\s+(?:for \w+\s+)?(\d+\.\d+(?:\.\d+)?)")


def toolkit(environ: Mapping[str, str], usual: str = "/usr/local/cuda") -> str | None:
    """Version of the CUDA toolkit that ``CUDA_HOME`` names, else of the usual one."""
    named = (environ.get(name) for name in ("CUDA_HOME", "CUDA_PATH"))
    for folder in [*filter(None, named), usual]:
        text = _read(Path(folder) / "version.json")
        if text is not None:
            try:
                return str(json.loads(text)["cuda"]["version"])
            except (ValueError, KeyError, TypeError):
                continue
        found = _VERSION.search(_read(Path(folder) / "version.txt") or "")
        if found:
            return found.group(1)
    return None


def driver(file: str = "/proc/driver/nvidia/version") -> str | None:
    """Version of the loaded NVIDIA kernel module."""
    found = _DRIVER.search(_read(Path(file)) or "")
    return found.group(1) if found else None


def _read(path: Path) -> str | None:
    try:
        return path.read_text("utf-8", "replace")[:10_000]
    except OSError:
        return None
