"""Messages that order another program to be run before this one."""

from __future__ import annotations

from propel_helper.facts.finding import Explanation
from propel_helper.facts.wording import Wording
from propel_helper.rules.steps import guide
from propel_helper.rules.words import LONGEST, code

# A program in quotes behind the order, or one that is written as it is called.
_ORDER = Wording(
    r"\b[Rr]un(?:ning)? (?:the )?(?:(?:script|command) )?(?:first )?"
    r"(?:(?P<quote>[`'\"])(?P<quoted>[^`'\"\n]+)(?P=quote)"
    r"|(?P<plain>(?:(?:python3?|bash|sh) )?[\w./-]+\.(?:py|sh)\b(?: --?\w[\w=<>./-]*(?: [\d./<][\w./<>-]*)?)*))"
)
_SENTENCE = Wording(r"[.!?,:;] |\n")


def asked(message: str) -> Explanation | None:
    """What the message says is missing, and the program that makes it."""
    order = _ORDER.search(message[: 4 * LONGEST])
    if order is None:
        return None
    what = order["quoted"] or order["plain"]
    lacks = _SENTENCE.split(message.strip())[0].strip().rstrip(".")
    if order.start() < len(lacks):
        return None
    return Explanation(
        "something that another program makes first",
        f"it is not there: {code(lacks)}",
        fixes=(
            guide(
                "run-what-makes-it",
                "Run what makes it",
                f"Run {code(what)} first, as the message says, with the same settings; then start this run again.",
            ),
        ),
    )
