"""Programs of setup.py (read as a syntax tree, never run) and setup.cfg.

Console scripts: https://setuptools.pypa.io/en/latest/userguide/entry_point.html; files that are
installed as they are: ``scripts`` in https://setuptools.pypa.io/en/latest/references/keywords.html
"""

from __future__ import annotations

import ast

from propel_helper.scan.programs import declared, installed_files
from propel_helper.scan.reading import ANY_PACKAGE, Reading
from propel_helper.scan.sources import Source
from propel_helper.scan.syntax import parsed


def _pairs(text: str) -> dict[str, str]:
    """``name = module:function`` lines."""
    found = {}
    for line in text.splitlines():
        name, equals, target = line.partition("=")
        if equals and ":" in target and name.strip() and not name.strip().startswith("#"):
            found[name.strip()] = target.strip()
    return found


def _from_python(text: str) -> dict[str, str]:
    tree = parsed(text)
    if tree is None:
        return {}
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant) and key.value == "console_scripts":
                    for one in ast.walk(value):
                        if isinstance(one, ast.Constant) and isinstance(one.value, str):
                            found.update(_pairs(one.value))
        elif isinstance(node, ast.Constant) and "[console_scripts]" in str(node.value):
            section = str(node.value).partition("[console_scripts]")[2].partition("[")[0]
            found.update(_pairs(section))
        elif isinstance(node, ast.keyword) and node.arg == "scripts":
            parts = node.value.elts if isinstance(node.value, (ast.List, ast.Tuple)) else []
            paths = (one.value for one in parts if isinstance(one, ast.Constant))
            found.update(installed_files(path for path in paths if isinstance(path, str)))
    return found


def _from_cfg(text: str) -> dict[str, str]:
    import configparser  # noqa: PLC0415, few projects have such a file

    parser = configparser.ConfigParser(interpolation=None, strict=False)
    try:
        parser.read_string(text)
    except configparser.Error:
        return {}
    return {
        **installed_files(parser.get("options", "scripts", fallback="").replace(",", " ").split()),
        **_pairs(parser.get("options.entry_points", "console_scripts", fallback="")),
    }


def _read(path: str, text: str) -> Reading:
    found = _from_python(text) if path.endswith(".py") else _from_cfg(text)
    lines = text.splitlines()
    places = {
        name: next(
            (
                at
                for at, line in enumerate(lines, 1)
                if name in line and (":" in line or path in line)
            ),
            None,
        )
        for name, path in found.items()
    }
    installs = (ANY_PACKAGE,) if "setup(" in text or "[options]" in text else ()
    return Reading(tuple(declared(path, found, places)), programs=found, installs=installs)


SOURCE = Source("setup", _read, names=frozenset(("setup.py", "setup.cfg")))
