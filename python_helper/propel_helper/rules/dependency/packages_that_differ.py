"""packages-that-differ: one installed package calls another in a way that it does not know.

## What happened
A function of an installed package was called with an argument that it does not take, or gave
something back that the caller did not expect. The call stands in a package too, not in the
project's own code.

## Why it happens
The two packages were installed in versions that were never meant to be used together: one was
upgraded and the other was not.

## What the fix changes
Nothing by itself: which of the two has to change is not in the message.

## Fix safety
There is nothing to apply: another version changes the environment, and may change results.
"""

from __future__ import annotations

import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, gone_arguments
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line, is_open_call

# CPython's ceval missing and unexpected argument errors; protobuf's generated code; datasets'
# builder.py under an fsspec that names its file systems in another way.
_WORDS = Wording(
    r"(?:(?:(?P<callee>(?!__)\w+)\.)?__init__\(\) )?got an unexpected keyword argument '(?P<name>\w+)'"
    r"|(?P<known>Descriptors cannot (?:not )?be created directly"
    r"|Loading a dataset cached in a \w*FileSystem is not supported)"
    r"|^(?!.*\b(?:__call__|__getitem__|forward)\(\))[^'\n]*?missing \d+ required (?:keyword-only )?(?:positional )?arguments?: '"
)
# Frameworks hand a person's own keywords on: that the last frame is theirs says nothing then.
_HANDED_ON = Wording(r"\*\*\w*(?:kwargs|params|args|config|cfg|options|opts)\b|\*args\b")


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim calls between two packages that don't fit each other."""
    found = _WORDS.search(crash.message)
    if found is None or not crash.frames:
        return None
    if found["known"] is None:
        last = crash.frames[-1]
        if surroundings.is_own(last.file) or not last.code or _HANDED_ON.search(last.code):
            return None
        if found["name"] and not _passes(found, last.code):
            return None
    return Explanation(
        "two packages that don't fit each other",
        f"one calls the other in a way that the installed version does not know "
        f"({code(first_line(crash.message))})",
        fixes=(
            guide(
                "install-fitting-versions",
                "Install versions that fit",
                "Install both packages in the versions that the project's requirements name, or "
                "both in their newest.",
            ),
        ),
    )


def _passes(found: re.Match[str], line: str) -> bool:
    """Whether the package's own line passes the argument, as far as the stack shows it."""
    if re.search(rf"\b{found['name']}\s*=", line):
        return True
    return is_open_call(line) and gone_arguments.was_known(found["callee"], line, found["name"])


RULE = Rule(
    "packages-that-differ", Category.DEPENDENCY, ("TypeError", "NotImplementedError"), explain
)
