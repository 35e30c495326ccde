"""Which packages a pyproject.toml has installed.

Found by themselves: https://setuptools.pypa.io/en/latest/userguide/package_discovery.html
("Automatic discovery"); other back ends go by the project's name or by what is written down.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from propel_helper.scan.reading import ANY_PACKAGE, FOUND_PACKAGE
from propel_helper.scan.toml_text import subtable

_TABLES = ("setuptools", "poetry", "hatch", "flit", "pdm", "uv", "maturin", "scikit-build")
_NEVER_FOUND = frozenset(
    "src ci bin debian doc docs documentation manpages news newsfragments changelog test tests "
    "unit_test unit_tests example examples scripts tools util utils python build benchmark "
    "benchmarks exercise exercises tasks".split()
)
"""Names that setuptools passes over: such a package must be written down to be installed."""
_NAME = re.compile(r"[A-Za-z_]\w*")


def installed(whole: Mapping[str, object]) -> tuple[str, ...]:
    """Names that may be installed; rather too many than too few."""
    names: dict[str, None] = {}
    for table in (subtable(whole, "project"), subtable(whole, "tool", "poetry")):
        names[str(table.get("name", "")).replace("-", "_").replace(".", "_").lower()] = None
    for tool in _TABLES:
        for text in _texts(subtable(whole, "tool", tool), of_packages=False):
            names.update(dict.fromkeys(_NAME.findall(text)))
    backend = str(subtable(whole, "build-system").get("build-backend", "setuptools"))
    if "project" in whole and backend.startswith("setuptools"):
        found = subtable(whole, "tool", "setuptools", "packages")
        everything = "find" in found and not subtable(found, "find").get("include")
        names[ANY_PACKAGE if everything else FOUND_PACKAGE] = None
    return tuple(name for name in names if name)


def _texts(value: object, *, of_packages: bool) -> Iterator[str]:
    """Texts in tables and lists about packages and modules, at any depth."""
    if isinstance(value, dict):
        for key, inner in value.items():
            about = of_packages or any(
                part in key for part in ("package", "module", "build", "include")
            )
            yield from _texts(inner, of_packages=about)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, of_packages=of_packages)
    elif isinstance(value, str) and of_packages:
        yield value


def installs(names: Iterable[str], package: str) -> bool:
    """Whether ``package`` is among the packages that a manifest has installed."""
    found = set(names)
    by_itself = FOUND_PACKAGE in found and package not in _NEVER_FOUND
    return by_itself or package in found or ANY_PACKAGE in found
