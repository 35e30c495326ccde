"""Steps that only a person can take, as fixes."""

from __future__ import annotations

from propel_helper.facts.finding import Fix, GuideStep, Safety


def guide(code: str, title: str, text: str, safety: Safety = Safety.ASK) -> Fix:
    """A fix that is told and never applied: ``text`` says what to do, in a sentence or two."""
    by = f"telling you what to do: {text.rstrip('.')}"
    return Fix(code, title, by, safety, (GuideStep(text),))
