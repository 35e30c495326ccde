"""What a Python interpreter has installed, from the names of its folders; it is never started.

Layouts: https://docs.python.org/3/library/sysconfig.html#installation-paths, ``pyvenv.cfg`` (PEP
405), ``NAME-VERSION.dist-info`` (https://packaging.python.org/en/latest/specifications/recording-installed-packages/).
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from propel_helper.facts.wording import Wording

_FOLDER = Wording(r"^(.+?)-(\d[^-]*)(?:-py[\d.]+)?\.(?:dist|egg)-info$")
_PATCH = Wording(r'#define\s+PY_VERSION\s+"([^"]+)"')
_TORCH_CUDA = Wording(r"^cuda(?::[^=]*)?\s*=\s*(?:'([\d.]+)'|\"([\d.]+)\"|None)", re.MULTILINE)


_TRAINING = (
    "torch",
    "tensorflow",
    "jax",
    "keras",
    "transformers",
    "lightning",
    "pytorch-lightning",
    "accelerate",
    "deepspeed",
    "numpy",
)


@dataclass(frozen=True)
class Installation:
    """An interpreter's version, and what is installed for it (normalised name -> version).

    ``cuda`` is the CUDA version that torch was built for, ``cpu``, or None when unknown.
    """

    version: str | None
    distributions: dict[str, str]
    cuda: str | None = None


def packages(has: Installation) -> tuple[str, ...]:
    """Name and version of what training is made of, as far as it is installed: ``torch 2.5.1``."""
    return tuple(f"{one} {has.distributions[one]}" for one in _TRAINING if one in has.distributions)


def installation(python: str) -> Installation:
    """What the interpreter at the absolute path ``python`` has. Unknown parts stay empty."""
    prefix = Path(python).parent.parent
    version, more = _venv(prefix)
    if version is None:
        real = Path(os.path.realpath(python))
        prefix = real.parent.parent
        version = _version(prefix, real.name)
    minor = ".".join((version or "").split(".")[:2])
    folders = _site_packages(prefix, minor)
    if more:
        base = Path(more).parent
        folders += _site_packages(base, minor)
    found: dict[str, str] = {}
    cuda = None
    for folder in folders:
        for name, has in _distributions(folder).items():
            found.setdefault(name, has)
        cuda = cuda or _torch_cuda(folder)
    return Installation(version, found, cuda)


def has_module(prefix: Path, module: str) -> bool:
    """Whether an environment's folders for packages, or those that their ``.pth`` files name, have a module.

    https://docs.python.org/3/library/site.html: each line of such a file is a folder more.
    """
    _, more = _venv(prefix)
    folders = _site_packages(prefix, "") + (_site_packages(Path(more).parent, "") if more else [])
    for folder in folders:
        for file in folder.glob("*.pth"):
            try:
                lines = file.read_text("utf-8", "replace").splitlines()
            except OSError:
                continue
            folders = [*folders, *(folder / line for line in lines if line.startswith(("/", ".")))]
    return any(
        (folder / module).is_dir()
        or (folder / f"{module}.py").is_file()
        or any(folder.glob(f"{module}.*.so"))
        for folder in folders
    )


def _venv(prefix: Path) -> tuple[str | None, str]:
    """Version of the virtual environment at ``prefix``; its base too, when it sees the base's."""
    try:
        text = (prefix / "pyvenv.cfg").read_text("utf-8", "replace")
    except OSError:
        return None, ""
    pairs = (line.partition("=") for line in text.splitlines())
    keys = {name.strip().lower(): value.strip() for name, _, value in pairs}
    version = keys.get("version") or keys.get("version_info")
    sees = keys.get("include-system-site-packages", "").lower() == "true"
    return version, keys.get("home", "") if sees else ""


def _version(prefix: Path, program: str) -> str | None:
    minor = re.search(r"(\d+\.\d+)", program)
    tried = [f"python{minor.group(1)}"] if minor else []
    tried += sorted(path.name for path in (prefix / "include").glob("python3*"))
    for name in tried:
        try:
            text = (prefix / "include" / name / "patchlevel.h").read_text("utf-8", "replace")
        except OSError:
            continue
        found = _PATCH.search(text)
        if found:
            return found.group(1)
    return minor.group(1) if minor else None


def _site_packages(prefix: Path, minor: str) -> list[Path]:
    named = f"python{minor}" if minor else "python3*"
    places = [f"lib/{named}/site-packages", f"lib64/{named}/site-packages"]
    places += [
        f"local/lib/{named}/dist-packages",
        f"lib/{named}/dist-packages",
        "lib/python3/dist-packages",
    ]
    found = [path for place in places for path in prefix.glob(place) if path.is_dir()]
    if prefix == Path("/usr"):
        local = Path(f"/usr/local/lib/{named}/dist-packages")
        found = [local, *found] if local.is_dir() else found
    return found


def _distributions(folder: Path) -> dict[str, str]:
    try:
        names = [path.name for path in folder.iterdir()]
    except OSError:
        return {}
    matches = (_FOLDER.match(name) for name in names)
    return {
        re.sub(r"[-_.]+", "-", found.group(1)).lower(): found.group(2) for found in matches if found
    }


def _torch_cuda(folder: Path) -> str | None:
    try:
        text = (folder / "torch" / "version.py").read_text("utf-8", "replace")
    except OSError:
        return None
    found = _TORCH_CUDA.search(text)
    return (found.group(1) or found.group(2) or "cpu") if found else None
