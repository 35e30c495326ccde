"""How many of the values that a person can read in a log the reader finds.

``PROPEL_CORPUS`` names a ``healthy.jsonl``: one log a line, ``log`` and ``expect.metrics``, each a
step's values by name. A value counts when a point of its series has it, at its step where one is
labelled. Prints each that is missed and the share that is found.
"""

from __future__ import annotations

import json
import math
import os
import sys
from pathlib import Path
from typing import Any

from propel_helper.metrics.reader import MetricsReader

SERIES = {"steps_per_second": "rate"}


def same(value: float, wanted: Any) -> bool:
    """Whether a value is the labelled one, but for rounding."""
    label = float(wanted)
    return (math.isnan(value) and math.isnan(label)) or math.isclose(value, label, rel_tol=2e-3)


def missed(entry: dict[str, Any]) -> tuple[int, list[str]]:
    """Number of labelled values of one log, and those that were not found."""
    reader = MetricsReader()
    data = entry["log"].encode()
    for start in range(0, len(data), 1000):
        reader.feed(data[start : start + 1000])
    reader.end()
    series = {one.name: one for one in reader.series()}
    wrong, count = [], 0
    for label in entry["expect"].get("metrics", ()):
        for name, wanted in label.items():
            if name == "step" and len(label) > 1:
                continue
            count += 1
            one = series.get(SERIES.get(name, name))
            found = zip(one.steps, one.values, strict=True) if one is not None else ()
            step = label.get("step")
            if not any(same(value, wanted) and step in (None, at) for at, value in found):
                wrong.append(f"{entry['id']}: {name}={wanted} at {label}")
    return count, wrong


def main() -> int:
    """Measure and print."""
    lines = Path(os.environ["PROPEL_CORPUS"]).read_text("utf-8").splitlines()
    total, wrong = 0, []
    for line in lines:
        count, found = missed(json.loads(line))
        total += count
        wrong += found
    for one in wrong:
        print(one)
    print(
        f"{total - len(wrong)} of {total} values ({100 * (total - len(wrong)) / max(1, total):.1f}%)"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
