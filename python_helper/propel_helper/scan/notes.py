"""Why a command stands where it stands, and what to know before picking it, in one sentence."""

from __future__ import annotations

import re

from propel_helper.scan.judge import Evidence
from propel_helper.scan.prominence import has_placeholder
from propel_helper.scan.reading import Mention
from propel_helper.scan.resolve import Place


def notes(mention: Mention, at: Place, evidence: Evidence, documented: bool) -> str:
    """The row's note. ``documented``: some document starts the same entry."""
    parts = []
    if mention.source in ("readme", "docs"):
        title = re.sub(r"[*`_]|\[([^\]]*)\]\([^)]*\)", r"\1", "".join(mention.headings[:1])).strip()
        parts.append(f"documented under “{title[:60]}”" if title else "documented")
    elif mention.source == "inside":
        parts.append("taken out of the script")
    elif documented:
        parts.append("the documentation starts it too")
    parts += evidence.reasons
    if has_placeholder(mention.text):
        parts.append("fill in the placeholders first")
    if at.cwd:
        parts.append(f"runs in {at.cwd}/")
    if not at.exact and mention.source in ("readme", "docs"):
        parts.append("the folder is a guess: the path as documented is not there")
    parts += evidence.warnings
    text = "; ".join(dict.fromkeys(part for part in parts if part))
    return text[:1].upper() + text[1:]
