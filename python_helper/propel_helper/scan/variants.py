"""Commands that only try a training out or vary a plain one, and the pages and headings of these."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from propel_helper.facts.wording import Wording
from propel_helper.scan.vocabulary import words

_TRIED = Wording(
    r"^(?:\+{0,2}|-{1,2})(?:[\w-]+\.)*(?:fast[_-]?dev[_-]?run|dry[_-]?run|smoke(?:[_-]?test)?|debug"
    r"|test[_-]run|overfit[_-]batches|limit[_-]train[_-]batches|(?P<steps>max[_-](?:train[_-])?steps))"
    r"(?:=(?P<value>\S*))?$",
    re.IGNORECASE,
)
_OFF = Wording(r"^(?:false|0|no|none|off|null)$", re.IGNORECASE)
_GUIDES = frozenset("quickstart quick start getting started usage howto how train training".split())
_CASES = frozenset(
    "competition competitions challenge challenges legacy archive archived deprecated case cases "
    "study studies faq troubleshooting benchmark benchmarks smoke debug".split()
)
_JOINED = Wording(r"\bmulti[\s-]nodes?\b", re.IGNORECASE)
_ASIDE = frozenset(
    "suggestion suggestions tip tips trick tricks faq troubleshooting advanced debugging debug "
    "multinode".split()
)
"""Words of a heading under which a command is varied."""
_AGAIN = Wording(
    r"^(?:\+{0,2}|-{1,2})(?:[\w-]+\.)*(?:(?:auto|is|do|from|load)[_-])?(?:resum(?:e|ing)(?![a-z])|continue[_-](?:from|train(?:ing)?(?![_-]?[a-z])))"
    r"[\w-]*(?:=(?P<value>\S*))?$",
    re.IGNORECASE,
)
_TRACKED = Wording(
    r"^--?(?:(?:use|enable|with|log)[_-])?(?:wandb|w&b|mlflow|comet|neptune|clearml|swanlab)(?:=(?P<value>\S*))?$"
    r"|^--?(?:logger|report[_-]to|tracker)=(?:wandb|mlflow|comet|neptune|clearml|swanlab)$",
    re.IGNORECASE,
)
_LOGGER = Wording(r"^--?(?:logger|report[_-]to|tracker)$", re.IGNORECASE)
_TRACKERS = frozenset("wandb mlflow comet neptune clearml swanlab".split())
_VARIED = Wording(
    r"\bresum(?:e|ing)\b|\bcontinu(?:e|ing) (?:(?:the|a|your) )?training\b|\bout[\s-]of[\s-](?:gpu[\s-])?memory\b"
    r"|\boom\b",
    re.IGNORECASE,
)
_VARIED_HEADING = Wording(
    r"\bwandb\b|\bw&b\b|\bweights (?:and|&) biases\b|\btroubleshooting\b|\bfaq\b"
    r"|\bmulti[\s-]*(?:nodes?|machines?)\b",
    re.IGNORECASE,
)


@lru_cache(8192)
def is_varied(arguments: tuple[str, ...], heading: str, said: str) -> bool:
    """Whether a command resumes a training, has it tracked, or helps where the plain one fails."""
    if _VARIED.search(heading) or _VARIED_HEADING.search(heading) or _VARIED.search(said):
        return True
    for word, following in pairwise((*arguments, "")):
        found = _AGAIN.match(word) or _TRACKED.match(word)
        value = (found.groupdict().get("value") if found else "") or following
        if found and not _OFF.match(value):
            return True
        if _LOGGER.match(word) and following in _TRACKERS:
            return True
    return False


@lru_cache(8192)
def is_tried(arguments: tuple[str, ...]) -> bool:
    """Whether ``arguments`` have a training only tried: some steps, or none at all."""
    for word, following in pairwise((*arguments, "")):
        found = _TRIED.match(word)
        if found is None:
            continue
        value = found["value"] or (following if following[:1] != "-" else "")
        if found["steps"]:
            if value == "1":
                return True
        elif not _OFF.match(value):
            return True
    return False


@lru_cache(2048)
def of_page(path: str) -> float:
    """Evidence in the path of a page below the top: a guide to training, or one case of it."""
    parts = {word for part in path.rpartition(".")[0].split("/") for word in words(part)}
    if not parts.isdisjoint(_CASES):
        return -0.5
    return 0.0 if parts.isdisjoint(_GUIDES) else 0.25


def of_heading(heading: str) -> float:
    """What it costs to stand under the heading of suggestions and the like."""
    return 0.0 if _ASIDE.isdisjoint(words(_JOINED.sub("multinode", heading))) else -0.5
