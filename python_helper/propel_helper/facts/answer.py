"""What Propel says to a request in a person's own words."""

from __future__ import annotations

from dataclasses import dataclass

from propel_helper.facts.finding import Category, Scope


@dataclass(frozen=True)
class Answer:
    """What is said to a request.

    Attributes:
        scope: ``logic`` for a change of what training means, and for what is not understood.
        category: kind of runtime bug the sentence speaks of; ``logic`` otherwise.
        redirect: the sentence of the design for logic, None for runtime.
        answer: what Propel can do about a runtime bug; the redirect again for logic.
    """

    scope: Scope
    category: Category
    redirect: str | None
    answer: str
