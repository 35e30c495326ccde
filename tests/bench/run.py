"""``npm run bench [NAME...]``: every benchmark in this folder, each printing its own figures."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main(names: list[str]) -> int:
    """Run the named benchmarks, or all; the exit status is 1 when one failed."""
    found = sorted(path for path in HERE.glob("bench_*.py"))
    known = {path.stem.removeprefix("bench_"): path for path in found}
    unknown = [name for name in names if name not in known]
    if unknown:
        print(f"No benchmark {unknown[0]!r}; there are: {', '.join(known)}", file=sys.stderr)
        return 2
    failed = 0
    for name in names or known:
        print(f"== {name}", flush=True)
        failed |= subprocess.call([sys.executable, str(known[name])])
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
