"""Environments that the gym's projects train in, made once and kept in the user's cache."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

PACKAGES = ("numpy", "PyYAML", "hydra-core")
_MADE = "made"
"""A file in a finished environment: one whose making was cut off has none and is made anew."""
_TORCH = Path(__file__).resolve().parents[2] / "extension" / "dev" / "torch.mjs"
"""Makes the environment with PyTorch, which the end-to-end tests use too, and prints its Python."""


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
    name = f"gym_plain-py{sys.version_info.major}{sys.version_info.minor}"
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "propel"
    training = Training(cache / name)
    if (training.folder / _MADE).exists():
        return training
    print(f"Making {training.folder} (once)", flush=True)
    subprocess.run([sys.executable, "-m", "venv", "--clear", training.folder], check=True)
    pip = [str(training.python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, *PACKAGES], check=True)
    (training.folder / _MADE).touch()
    return training


def with_torch() -> Training:
    """The same and PyTorch: the build without CUDA where the index has one, else the usual one.

    Raises:
        SystemExit: No index has PyTorch.
    """
    made = subprocess.run(["node", _TORCH], stdout=subprocess.PIPE, text=True, check=False)
    if made.returncode:
        raise SystemExit(
            "No PyTorch here: name a Python that has it with PROPEL_TORCH_PYTHON, or --without-torch"
        )
    return Training(Path(made.stdout.strip()).parent.parent)


def own_copy(base: Training, folder: Path) -> Training:
    """A new environment that sees all packages of ``base`` and can be installed into."""
    subprocess.run([base.python, "-m", "venv", folder], check=True)
    (site,) = folder.glob("lib/python3*/site-packages")
    (seen,) = base.folder.glob("lib/python3*/site-packages")
    (site / "base.pth").write_text(f"{seen}\n", "utf-8")
    return Training(folder)
