"""What the headings and the sentence above a documented command say of it."""

from __future__ import annotations

import re

from propel_helper.facts.wording import Wording
from propel_helper.scan.arguments_text import learns
from propel_helper.scan.reading import Mention
from propel_helper.scan.vocabulary import says_other, says_train, words

_TESTS = frozenset("test tests".split())
_PLAIN = frozenset("how to run running the a an your and model step part stage phase".split())
"""Words that leave a heading what it is: "How to run the test"."""
_PAST = Wording(r"\b(?:after|without|once|when)\b[^.,:;]*?\btrain\w*", re.IGNORECASE)
_AIM = Wording(
    r"^(?:\d+[.)])?\W*(?:(?:then|next|finally|now|lastly|after [^,]*|if you (?:want|wish|would like))\W+)?"
    r"(?:(?:in order )?to (?:sample|predict|validate)\b|sample from\b"
    r"|(?:(?:in order )?to )?(?:(?:evaluate|infer|visuali[sz]e|render|watch|play)\b"
    r"|generate (?:samples?|images?|text)\b"
    r"|for (?:evaluation|inference|validation)\b"
    r"|(?:(?:in order )?to )?(?:(?:run|perform|do|start) (?:the |an? )?)"
    r"(?:evaluation|inference|validation|prediction|test)s?\b(?!-))"
    r"|(?:evaluation|inference|validation|prediction)\W*$)(?! (?:every|each|during))",
    re.IGNORECASE,
)
"""How a sentence begins that has a trained model used."""
_USES = frozenset(
    "evaluate evaluation evaluating infer inference inferencing test testing predict prediction "
    "predictions sampling generate generation generating extraction extracting demo demos".split()
)
"""Words of a heading under which a model is used that was trained before, or data made for it."""
_SHOWS = frozenset("demo demos mode".split())
_TASKS = frozenset("generation generating prediction predictions predict".split())
"""Words that also name what a model learns to do: "Property prediction"."""
_SENTENCES = Wording(r"(?<=[^\d][.!?])\s+|\n\s*\n")


def _speaks(text: str, weight: float) -> float:
    trains, other = says_train(text), says_other(text)
    if trains:
        return weight * (0.4 if other else 1.0)
    return -weight if other else 0.0


def _is_tried(heading: str, said: str) -> bool:
    """Whether ``heading`` has a training tried ("Quick test"), by the sentence that follows."""
    others = {word for word in words(heading) if says_other(word)}
    alone = _PLAIN.union(others).issuperset(words(heading))
    tests = bool(others) and others <= _TESTS
    return tests and not alone and says_train(_PAST.sub(" ", said))


def _uses(said: str) -> bool:
    """Whether the last of these sentences has a model used that was trained before."""
    *_, last = _SENTENCES.split(said.strip())
    return bool(_AIM.match(last)) and not says_train(_PAST.sub(" ", last))


def _names_task(heading: str) -> bool:
    others = {word for word in words(heading) if says_other(word)}
    return bool(others) and others <= _TASKS


def under_training(mention: Mention) -> bool:
    """Whether the nearest heading above a command says that it trains."""
    nearest = mention.headings[0] if mention.headings else ""
    return says_train(nearest) and not says_other(nearest)


def under_use(mention: Mention) -> bool:
    """Whether the nearest heading has a model used, and nothing else says that it trains."""
    nearest = mention.headings[0] if mention.headings else ""
    used = not _USES.isdisjoint(words(nearest)) and not _is_tried(nearest, mention.said)
    told = f"{nearest}. {_PAST.sub(' ', mention.said)}"
    return used and not says_train(told) and not learns(mention.starts.arguments)


def of_context(mention: Mention) -> float:
    """Evidence in the headings and the sentence above a command: positive when it trains.

    A heading may name the task: what is told how fast to learn still trains.
    """
    nearest, above, *_ = (*mention.headings, "", "")
    if learns(mention.starts.arguments):
        nearest, above = ("" if _names_task(one) else one for one in (nearest, above))
    if _is_tried(nearest, mention.said):
        nearest = ""
    if _uses(mention.said):
        return -2.0
    told = says_train(mention.said) or learns(mention.starts.arguments)
    if not told and "demo" in words(nearest) and _SHOWS.union(_PLAIN).issuperset(words(nearest)):
        return -3.0
    title = _speaks(nearest, 0.8) or _speaks(above, 0.5)
    return title + _speaks(mention.said, 0.5 if not title else 0.3)
