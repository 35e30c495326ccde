"""system-call-refused: the operating system refused what the program asked it for.

## What happened
A call to the operating system failed, with an error number that says why.

## Why it happens
A limit is reached, a device or file system has a fault, or this kind of machine does not offer it.

## What the fix changes
Nothing by itself: it is not in the project that something is wrong.

## Fix safety
There is nothing to apply.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line

# errno: EINVAL (22), EPIPE (32) and ESRCH (3) say that the program asked for the wrong thing; names that are
# too long (36, on macOS 63) are another page.
_NUMBER = Wording(r"^\[(?:Errno|WinError) (?!(?:3|9|22|32)\]|\d+\] File name too long)\d+\]")


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim operating system errors that carry their number."""
    if not _NUMBER.match(crash.message):
        return None
    return Explanation(
        error="a refusal of the operating system",
        because=f"it answered {code(first_line(crash.message))}",
        fixes=(
            guide(
                "look-at-the-machine",
                "Look at the machine",
                "Look up what the number means for that path or device on this machine (`df`, "
                "`ulimit -a`, `dmesg`), and start the run again when it is gone.",
            ),
        ),
    )


RULE = Rule(
    "system-call-refused",
    Category.ENVIRONMENT,
    ("OSError", "IOError", "BlockingIOError", "ChildProcessError", "InterruptedError"),
    explain,
    last=True,
)
