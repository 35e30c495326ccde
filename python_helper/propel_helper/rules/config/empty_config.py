"""empty-config: the config that the run reads holds no setting.

## What happened
The code asked a config for a setting, and what the YAML file gave was `None`.

## Why it happens
The file is empty or has nothing but comments: it was created and not filled in, or its lines are all
commented out. YAML reads that as nothing at all, not as a config without settings.

## What the fix changes
Nothing by itself: what the settings should be is yours to say.

## Fix safety
There is nothing to apply.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation, Place
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, config_sections, texts
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code

# CPython's words for None where a mapping belongs.
_WORDS = Wording(
    r"^'NoneType' object (?:is not (?:subscriptable|iterable)|has no attribute '(?:get|items|keys|values|pop|update)')"
    r"|^argument of type 'NoneType' is not (?:iterable|a container)"
)
_YAML = (".yaml", ".yml")


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim settings asked of the one config that is proven to hold none."""
    own = bool(crash.frames) and surroundings.is_own(crash.frames[-1].file)
    if not own or _WORDS.search(crash.message) is None:
        return None
    file = _read(crash, surroundings)
    if file is None or not _is_empty(surroundings.text(file)):
        return None
    return Explanation(
        error="a config without settings",
        because=f"{code(file)} is empty or has nothing but comments, which YAML reads as `None`",
        at=Place(file, 1),
        fixes=(
            guide(
                "fill-in-the-config",
                "Fill in the config",
                f"Write the settings into {code(file)}, or take away the `#` in front of those that stand there; or "
                "name another config.",
            ),
        ),
    )


def _read(crash: Crash, surroundings: Surroundings) -> str | None:
    """The file of the config that the failing line asks, else the only YAML file there is for it."""
    at = len(crash.frames) - 1
    if not config_sections.held(at, crash, surroundings):
        return None
    named = {one.file for one in config_sections.sections(at, crash, surroundings) if one.file}
    if named:
        return named.pop() if len(named) == 1 else None
    files = [file for file in texts.config_files(surroundings) if file.endswith(_YAML)]
    return files[0] if len(files) == 1 else None


def _is_empty(text: str | None) -> bool:
    rows = [row.strip() for row in (text or "").splitlines()]
    return text is not None and all(not row or row[0] == "#" or row == "---" for row in rows)


RULE = Rule("empty-config", Category.CONFIG, ("TypeError", "AttributeError"), explain)
