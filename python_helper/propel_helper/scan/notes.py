"""Why a command stands where it stands, and what to know before picking it, in one sentence."""

from __future__ import annotations

import posixpath
import re

from propel_helper.scan.placeholders import placeholders
from propel_helper.scan.prominence import is_elsewhere, unset
from propel_helper.scan.reading import BATCH, Mention
from propel_helper.scan.resolve import Place
from propel_helper.scan.same_call import Found
from propel_helper.scan.variants import is_tried

_NEEDED = 3
"""Variables that a row names."""


def notes(found: Found, told: str = "") -> str:
    """The row's note; ``told``: what documents do with the same entry."""
    mention, at, evidence, lacks = found.mention, found.place, found.evidence, found.lacks
    parts = []
    if mention.source in ("readme", "docs"):
        title = re.sub(r"[*`_]|\[([^\]]*)\]\([^)]*\)", r"\1", "".join(mention.headings[:1])).strip()
        parts.append(f"documented under “{title[:60]}”" if title else "documented")
    elif mention.source == "inside":
        parts.append("taken out of the script")
    elif told:
        parts.append(f"the documentation {told}")
    parts += evidence.reasons
    if is_tried(mention.starts.arguments):
        parts.append("only tries the training out")
    if placeholders(mention.text):
        parts.append("fill in the placeholders first")
    if lacks:
        more = " and more" if len(lacks) > _NEEDED else ""
        parts.append(f"needs {', '.join(lacks[:_NEEDED])}{more}")
    parts += found.missing[:_NEEDED]
    needed = unset(mention.text)
    if needed:
        more = " and more" if len(needed) > _NEEDED else ""
        parts.append(f"needs {', '.join('$' + name for name in needed[:_NEEDED])}{more} to be set")
    parts += _where(at)
    parts += _guess(mention, at)
    parts += (_batch(mention) if one == BATCH else one for one in evidence.warnings)
    text = "; ".join(dict.fromkeys(part for part in parts if part))
    text = text or "nothing says plainly that it trains"
    return text[:1].upper() + text[1:]


def _batch(mention: Mention) -> str:
    """What starts a batch script here: without ``sbatch`` its ``#SBATCH`` lines are comments."""
    submitted = "sbatch" in mention.starts.launchers or mention.text.startswith("sbatch ")
    return f"{BATCH}, {'submitted with sbatch' if submitted else 'started here without sbatch'}"


def _guess(mention: Mention, at: Place) -> list[str]:
    """What was guessed of the file or of the folder."""
    if at.rivals:
        name = posixpath.basename(at.entry)
        return [f"unclear which {name} is meant: {at.rivals} files are called so"]
    if not at.written:
        if mention.starts.target == at.entry:
            return ["documented with a path that is not there"]
        elsewhere = mention.starts.target.startswith(("/", "~")) or "$" in mention.starts.target
        if elsewhere or is_elsewhere(mention):
            return [f"{at.entry} is probably meant"]
        return [f"the path as written does not exist, {at.entry} is probably meant"]
    if not at.exact and mention.source in ("readme", "docs"):
        return ["the folder is a guess: the path as documented is not there"]
    return []


def _where(at: Place) -> list[str]:
    """The folder that the command runs in, when it is not the project's own."""
    if not at.cwd.startswith(".."):
        return [f"runs in {at.cwd}/"] if at.cwd else []
    up = at.cwd.count("..")
    return [f"runs in {at.cwd}/, {up} folders up" if up > 1 else "runs in ../, the folder above"]
