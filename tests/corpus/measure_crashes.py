"""How well Propel reads crashes: the labelled logs of a corpus, counted.

``PROPEL_CORPUS`` names a folder with ``crashes-*.jsonl`` and ``healthy.jsonl``; each line has
``id``, ``log`` and ``expect`` (scope, category, exception, message_contains, at, ranks).

    PROPEL_CORPUS=... python tests/corpus/measure_crashes.py [-v] [FILE...]
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from propel_helper.app.diagnose import diagnose_log
from propel_helper.facts.finding import Finding

MEASURES = ("crash", "scope", "category", "exception", "message", "at", "ranks", "no fix on logic")


def judged(expect: dict[str, Any], found: tuple[Finding, ...]) -> dict[str, tuple[bool, str]]:
    """Each measure that ``expect`` speaks of: whether it holds, and what was found."""
    if expect["scope"] == "none":
        return {"crash": (not found, f"found {[one.rule for one in found]}")}
    if len(found) != 1:
        return {name: (False, f"{len(found)} crashes") for name in MEASURES[:6]}
    one = found[0]
    text = f"{one.exception}: {one.message}"
    at = {"file": one.at.file, "line": one.at.line} if one.at else None
    result = {
        "crash": (True, ""),
        "scope": (one.scope.value == expect["scope"], f"{one.scope.value} ({one.rule})"),
        "category": (
            one.category.value == expect["category"],
            f"{one.category.value} ({one.rule})",
        ),
        "exception": (_last(one.exception) == _last(expect["exception"]), str(one.exception)),
        "message": ((expect["message_contains"] or "") in text, repr(text[:300])),
        "at": (at == expect["at"], str(at)),
    }
    if expect.get("ranks"):
        result["ranks"] = (list(one.ranks) == expect["ranks"], str(one.ranks))
    if expect["scope"] == "logic":
        result["no fix on logic"] = (not one.fixes, f"{len(one.fixes)} fixes")
    return result


def _last(name: str | None) -> str:
    """Ray prints ``RayTaskError(KeyError)`` for a class that is labelled ``RayTaskError``."""
    return (name or "").partition("(")[0].rpartition(".")[2]


def rows(files: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """File name and parsed line of every labelled log."""
    folder = Path(os.environ["PROPEL_CORPUS"])
    names = files or [path.name for path in sorted(folder.glob("crashes-*.jsonl"))]
    for name in [*names, *([] if files else ["healthy.jsonl"])]:
        for line in (folder / name).read_text("utf-8").splitlines():
            yield name, json.loads(line)


def main() -> int:
    """Print a table by file and measure, and with ``-v`` every miss."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*")
    parser.add_argument("-v", "--verbose", action="store_true")
    args = parser.parse_args()
    hits: Counter[tuple[str, str]] = Counter()
    total: Counter[tuple[str, str]] = Counter()
    for file, row in rows(args.files):
        found = diagnose_log(row["log"].encode("utf-8", "surrogateescape"))
        for measure, (holds, got) in judged(row["expect"], found).items():
            for name in (file, "all"):
                total[name, measure] += 1
                hits[name, measure] += holds
            if args.verbose and not holds:
                wanted = row["expect"].get(measure, row["expect"].get("message_contains"))
                print(f"{file} {row['id']}: {measure}: {got}, expected {wanted}")
    names = list(dict.fromkeys(name for name, _ in total))
    print(f"{'':24}" + "".join(f"{name.split('.')[0]:>16}" for name in names))
    for measure in MEASURES:
        cells = [
            f"{hits[n, measure]}/{total[n, measure]}" if total[n, measure] else "" for n in names
        ]
        print(f"{measure:24}" + "".join(f"{cell:>16}" for cell in cells))
    return 0 if hits == total else 1


if __name__ == "__main__":
    sys.exit(main())
