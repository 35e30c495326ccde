"""Environments that the gym's projects train in, made once and kept in the user's cache."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

TORCH = "2.13.0"
PACKAGES = ("numpy", "PyYAML", "hydra-core")
_MADE = "made"
"""A file in a finished environment: one whose making was cut off has none and is made anew."""


@dataclass(frozen=True)
class Training:
    """A virtual environment to train in."""

    folder: Path

    @property
    def programs(self) -> Path:
        """Its folder of programs."""
        return self.folder / "bin"

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.programs / "python"


def without_torch() -> Training:
    """NumPy, PyYAML and Hydra."""
    return _made(f"gym_plain-{_version()}", [list(PACKAGES)])


def with_torch() -> Training:
    """The same and PyTorch: the build without CUDA where the index has one, else the usual one."""
    tries = [[f"torch=={TORCH}{build}", *PACKAGES] for build in ("+cpu", "")]
    return _made(f"gym_torch-{TORCH}-{_version()}", tries)


def own_copy(base: Training, folder: Path) -> Training:
    """A new environment that sees all packages of ``base`` and can be installed into."""
    subprocess.run([base.python, "-m", "venv", folder], check=True)
    (site,) = folder.glob("lib/python3*/site-packages")
    (seen,) = base.folder.glob("lib/python3*/site-packages")
    (site / "base.pth").write_text(f"{seen}\n", "utf-8")
    return Training(folder)


def _version() -> str:
    return f"py{sys.version_info.major}{sys.version_info.minor}"


def _made(name: str, tries: list[list[str]]) -> Training:
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "propel"
    training = Training(cache / name)
    if (training.folder / _MADE).exists():
        return training
    print(f"Making {training.folder} (once)", flush=True)
    subprocess.run([sys.executable, "-m", "venv", "--clear", training.folder], check=True)
    install = [
        str(training.python),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ]
    for packages in tries[:-1]:
        if subprocess.run([*install, *packages], check=False, capture_output=True).returncode == 0:
            break
    else:
        subprocess.run([*install, *tries[-1]], check=True)
    (training.folder / _MADE).touch()
    return training
