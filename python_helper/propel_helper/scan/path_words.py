"""What a path says of the file: its name, and the folders it stands in."""

from __future__ import annotations

import posixpath

from propel_helper.scan.vocabulary import names_algorithm, of_name

_FOLDERS = {"tests": -6.0, "test": -6.0, "testing": -3.0, "docs": -2.0, "doc": -2.0, "ci": -3.0,
            "third_party": -6.0, "thirdparty": -6.0, "vendor": -6.0, "external": -2.0,
            "cicd": -3.0, "docker": -1.5, "deprecated": -1.5, "legacy": -1.0, "old": -1.0,
            "archive": -1.5, "archived": -1.5, "archives": -1.5,
            "obsolete": -1.5, "backup": -1.5, "backups": -1.5, "notebooks": -1.0, "utils": -1.5, "util": -1.5, "eval": -1.5,
            "evaluation": -1.5, "diagnostics": -1.5, "inference": -1.5, "benchmarks": -1.0, "benchmark": -1.0,
            "data": -0.8, "preprocessing": -1.5, "preprocess": -1.5, "deploy": -1.5,
            "dependencies": -3.0, "demo": -1.5, "demos": -1.5, "configs": -3.0, "config": -3.0}  # fmt: skip


def stem(path: str) -> str:
    """The name of a file up to its first dot."""
    return posixpath.basename(path).partition(".")[0]


def of_path(path: str) -> tuple[float, tuple[str, ...]]:
    """Evidence in a path, and what spoke for it."""
    named = of_name(stem(path))
    folders = sum(_FOLDERS.get(folder.lower(), 0.0) for folder in path.split("/")[:-1])
    if named > 1.5:
        return named + folders, ("named for training",)
    if named > 0.5:
        what = "an algorithm" if names_algorithm(stem(path)) else "an entry point"
        return named + folders, (f"named as {what}",)
    return named + folders, ()
