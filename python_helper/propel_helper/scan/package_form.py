"""Scripts that import the package they stand in, so that only ``python -m`` starts them.

``python src/train.py`` looks for modules in ``src/``, ``python -m src.train`` in the folder above
(https://docs.python.org/3/library/sys.html#sys.path). An installed package is found either way;
relative imports work in a module alone, wherever its package is
(https://docs.python.org/3/reference/import.html#package-relative-imports).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass

from propel_helper.scan.packages import installs
from propel_helper.scan.reading import Reading
from propel_helper.scan.tree import Tree

_ABSOLUTE = re.compile(
    r"^(?:from|import)[ \t]+([A-Za-z_]\w*(?:\.\w+)*)(?:[ \t]+import[ \t(]+(\w+))?", re.MULTILINE
)
_RELATIVE = re.compile(r"^from[ \t]+(\.+)", re.MULTILINE)
_SETS_PACKAGE = re.compile(r"\b__package__\s*=(?!=)|\b(?:if|not)\s+__package__\b")
_SEES_TO_IT = ("sys.path", "rootutils", "_init_path", "addsitedir", "PYTHONPATH")
_MANIFESTS = ("pyproject.toml", "setup.py", "setup.cfg")


@dataclass(frozen=True)
class PackageForm:
    """How such a script is started: its dotted name, the folder for it, the package it imports.

    ``package`` is "" where it imports what stands beside it, by leading dots.
    """

    module: str
    cwd: str
    package: str


def absolute_imports(text: str) -> tuple[str, ...]:
    """Modules that ``text`` imports by their full names; none when it sees to its own path."""
    if any(part in text for part in _SEES_TO_IT):
        return ()
    found = _ABSOLUTE.findall(text)
    return tuple(
        dict.fromkeys(name for one in found for name in (one[0], ".".join(filter(None, one))))
    )


def relative_imports(text: str) -> int:
    """The most dots before a module that ``text`` imports as soon as it is started."""
    if "from ." not in text or _SETS_PACKAGE.search(text):
        return 0
    return max(map(len, _RELATIVE.findall(text)), default=0)


def package_form(
    tree: Tree, readings: Mapping[str, tuple[Reading, ...]], file: str
) -> PackageForm | None:
    """The form for ``file``, None when it can be started by its path, or can't be told."""
    parts = file.removesuffix(".py").split("/")
    if len(parts) == 1 or not file.endswith(".py") or not all(map(str.isidentifier, parts)):
        return None
    traits = [one.traits for one in readings.get(file, ()) if one.traits]
    imports = {name for one in traits for name in one.absolute}
    for at, package in enumerate(parts[:-1]):
        cwd = "/".join(parts[:at])
        # What stands in a folder called src is installed from there.
        if cwd.rpartition("/")[2] == "src" or not _imports(tree, imports, cwd, package):
            continue
        beside = posixpath.dirname(file)
        shadowed = f"{beside}/{package}" in tree.folders or f"{beside}/{package}.py" in tree
        if not shadowed and not _installable(tree, readings, cwd, package):
            return PackageForm(_dotted(parts[at:]), cwd, package)
    dots = max((one.relative for one in traits), default=0)
    if not 0 < dots < len(parts):
        return None
    at = len(parts) - 1 - dots
    while at and f"{'/'.join(parts[:at])}/__init__.py" in tree:
        at -= 1
    return PackageForm(_dotted(parts[at:]), "/".join(parts[:at]), "")


def _dotted(parts: list[str]) -> str:
    return ".".join(parts).removesuffix(".__main__")


def _imports(tree: Tree, imports: set[str], cwd: str, package: str) -> bool:
    """Whether one of ``imports`` leads into the ``package`` of the folder ``cwd``."""
    # The bare name may be another package's: a folder jax/ that imports the real one.
    for name in (one for one in imports if one.startswith(f"{package}.")):
        path = posixpath.join(cwd, name.replace(".", "/"))
        if f"{path}.py" in tree or path in tree.folders:
            return True
    return False


def _installable(
    tree: Tree, readings: Mapping[str, tuple[Reading, ...]], cwd: str, package: str
) -> bool:
    for manifest in (posixpath.join(cwd, name) for name in _MANIFESTS):
        if manifest in tree and manifest not in readings:
            return True
        if any(installs(one.installs, package) for one in readings.get(manifest, ())):
            return True
    return False
