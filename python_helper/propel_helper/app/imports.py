"""Whether a script's imports would be found, told from folders and names; nothing is imported."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from propel_helper.project.read import read

_MOST_FILES = 60
"""Own files that are followed."""
_LARGEST = 400_000
_MAPPING = re.compile(r"MAPPING[^=\n]*=\s*(\{[^\n]*\})")


@dataclass(frozen=True)
class Missing:
    """A module that would not be found: its top name, and the place that imports it."""

    module: str
    file: str
    line: int


def site_folders(python: str) -> tuple[Path, ...]:
    """Folders that the interpreter at the absolute path imports packages from.

    https://docs.python.org/3/library/site.html; those that ``.pth`` files name are among them.
    """
    prefixes = [Path(python).parent.parent]
    settings = prefixes[0] / "pyvenv.cfg"
    if not settings.is_file():
        prefixes = [Path(python).resolve().parent.parent]
    else:
        text = settings.read_text("utf-8", "replace").lower()
        home = re.search(r"^home\s*=\s*(.+)$", settings.read_text("utf-8", "replace"), re.MULTILINE)
        if home and re.search(r"include-system-site-packages\s*=\s*true", text):
            prefixes.append(Path(home[1].strip()).parent)
    found: list[Path] = []
    for prefix in prefixes:
        for place in ("lib/python3*/site-packages", "lib64/python3*/site-packages",
                      "lib/python3*/dist-packages", "lib/python3/dist-packages",
                      "local/lib/python3*/dist-packages"):  # fmt: skip
            found += sorted(prefix.glob(place))
    if not settings.is_file():
        version = re.search(r"3\.\d+", str(Path(python).resolve()))
        user = Path.home() / ".local" / "lib"
        found += user.glob(f"python{version[0] if version else '3*'}/site-packages")
    for folder in tuple(found):
        found += _added(folder)
    return tuple(dict.fromkeys(found))


def _added(folder: Path) -> Iterator[Path]:
    for file in folder.glob("*.pth"):
        try:
            lines = file.read_text("utf-8", "replace").splitlines()
        except OSError:
            continue
        for line in lines:
            if line.strip() and not line.startswith(("#", "import ", "import\t")):
                path = folder / line.strip()
                if path.is_dir():
                    yield path


def missing(
    folder: str, script: str, sites: tuple[Path, ...], extra: tuple[str, ...]
) -> tuple[Missing, ...]:
    """Modules that ``script`` (relative to ``folder``) and the project's files it imports lack.

    ``extra``: further folders, relative to ``folder``, that modules are looked for in. Imports
    inside functions, ``try`` and ``if TYPE_CHECKING`` are left alone: their absence may be meant.
    """
    own = [str(Path(script).parent), *extra]
    pending, seen, found = [script], {script}, dict[str, Missing]()
    edited = _edited(sites)
    while pending and len(seen) < _MOST_FILES:
        file = pending.pop(0)
        text = read(folder, file, _LARGEST)
        for module, line in _imports(text.text if text else ""):
            inner = _local(folder, module, own)
            top = module.partition(".")[0]
            if inner is not None:
                if inner and inner not in seen:
                    seen.add(inner)
                    pending.append(inner)
            elif (
                top not in sys.stdlib_module_names
                and top not in edited
                and not _installed(top, sites)
            ):
                found.setdefault(top, Missing(top, file, line))
    return tuple(found.values())


def _imports(text: str) -> Iterator[tuple[str, int]]:
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for node in tree.body:
        if isinstance(node, ast.Import):
            for name in node.names:
                yield name.name, node.lineno
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module, node.lineno


def _local(folder: str, module: str, own: list[str]) -> str | None:
    """The project's file of a module, "" when it is a package without one; None when not its own."""
    parts = module.split(".")
    for start in own:
        base = Path(folder) / start / parts[0]
        if not (base.is_dir() or base.with_suffix(".py").is_file()):
            continue
        whole = Path(folder) / start / Path(*parts)
        for path in (whole.with_suffix(".py"), whole / "__init__.py"):
            if path.is_file():
                return str(path.relative_to(folder)) if path.is_relative_to(folder) else ""
        return ""
    return None


def _installed(name: str, sites: tuple[Path, ...]) -> bool:
    for site in sites:
        if (site / name).is_dir() or (site / f"{name}.py").is_file():
            return True
        if next(site.glob(f"{name}.*.so"), None) or (site / f"{name}.so").is_file():
            return True
    return False


def _edited(sites: tuple[Path, ...]) -> set[str]:
    """Modules of editable installs that setuptools finds by a mapping of its own."""
    found: set[str] = set()
    for site in sites:
        for file in site.glob("__editable___*_finder.py"):
            try:
                mapping = _MAPPING.search(file.read_text("utf-8", "replace"))
                names = ast.literal_eval(mapping[1]) if mapping else {}
            except (OSError, SyntaxError, ValueError):
                continue
            found |= {str(name).partition(".")[0] for name in names}
    return found
