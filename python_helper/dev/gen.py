"""Writes what is generated from the helper; with ``--check`` only compares.

``wire.py`` -> ``extension/src/helper/wire.gen.ts``; ``settings.py`` -> ``settings.gen.ts`` and the
``configuration`` block of package.json; rule docstrings -> ``extension/pages/rules/*.md``.
"""

from __future__ import annotations

import sys
from pathlib import Path

import gen_pages
import gen_settings
import gen_wire

ROOT = Path(__file__).resolve().parents[2]


def outputs() -> dict[Path, str]:
    """Every generated file with the text it should have."""
    return {
        ROOT / "extension/src/helper/wire.gen.ts": gen_wire.typescript(),
        ROOT / "extension/src/settings.gen.ts": gen_settings.typescript(),
        ROOT / "package.json": gen_settings.manifest((ROOT / "package.json").read_text("utf-8")),
        **{ROOT / name: text for name, text in gen_pages.pages().items()},
    }


def stale_pages(kept: set[Path]) -> list[Path]:
    """Pages of rules that are gone."""
    return sorted(set((ROOT / gen_pages.FOLDER).glob("*.md")) - kept)


def main(check: bool) -> int:
    """Write or compare; the exit status is 1 when ``check`` finds a difference."""
    wanted = outputs()
    differs = [
        path
        for path, text in wanted.items()
        if not path.exists() or path.read_text("utf-8") != text
    ]
    gone = stale_pages(set(wanted))
    if check:
        for path in [*differs, *gone]:
            print(f"{path.relative_to(ROOT)} is not current: run `npm run gen`", file=sys.stderr)
        return 1 if differs or gone else 0
    for path in differs:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted[path], "utf-8")
        print(f"wrote {path.relative_to(ROOT)}")
    for path in gone:
        path.unlink()
        print(f"removed {path.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
