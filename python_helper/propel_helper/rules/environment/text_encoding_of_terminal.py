"""text-encoding-of-terminal: the session's encoding can't hold a character.

## What happened
A text with other characters than ASCII was printed, written or read, and the session's encoding is
plain ASCII.

## Why it happens
No locale is set where the run starts (`LANG` is empty or `C`), as in many containers and batch
jobs.

## What the fix changes
`PYTHONUTF8=1` in front of the launch command: Python then uses UTF-8 for its files and output.

## Fix safety
Safe: it changes how text is written, not what is computed.
"""

from __future__ import annotations

import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation, Fix, RerunStep, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule
from propel_helper.rules.said import said
from propel_helper.rules.steps import guide

# CPython's UnicodeEncodeError and UnicodeDecodeError; click's check of the locale.
_WORDS = Wording(
    r"'(?:ascii|latin-1|charmap|gbk|cp\d+)' codec can't encode character"
    r"|'(?:ascii|charmap|gbk|cp\d+)' codec can't decode byte"
    r"|configured to use ASCII as encoding for the environment|unsupported locale setting"
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim texts that the locale's encoding can't hold; a file that is no text is another thing."""
    if said(crash, _WORDS) is None:
        return None
    step = guide("use-utf-8", "Use UTF-8", "Put `PYTHONUTF8=1` before the command.")
    return Explanation(
        "a session whose encoding is not UTF-8",
        "a text holds a character that the session's encoding does not have",
        fixes=(_utf8(surroundings) or step,),
    )


def _utf8(surroundings: Surroundings) -> Fix | None:
    command = surroundings.command
    if command is None or "PYTHONUTF8" in command:
        return None
    compound = re.search(r"[;&|\n]", command)
    new = f"export PYTHONUTF8=1; {command}" if compound else f"PYTHONUTF8=1 {command}"
    by = "letting Python use UTF-8 (`PYTHONUTF8=1`)"
    return Fix("use-utf-8", "Use UTF-8", by, Safety.SAFE, (RerunStep(command, new),))


RULE = Rule(
    "text-encoding-of-terminal",
    Category.ENVIRONMENT,
    ("UnicodeEncodeError", "UnicodeDecodeError", "RuntimeError", "Error"),
    explain,
)
