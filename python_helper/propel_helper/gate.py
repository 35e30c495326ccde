"""The two sentences of the product: the gate before a fix, and the redirect instead of one.

The wording is fixed by the design (section 1); the parts in brackets are filled in truly.
"""

from __future__ import annotations

from propel_helper.facts.finding import (
    CommandStep,
    Edit,
    Explanation,
    Finding,
    Fix,
    GuideStep,
    Place,
    RerunStep,
)


def changes(fix: Fix) -> tuple[Place, ...]:
    """Lines of files that ``fix`` edits, in order, without repeats."""
    places = [Place(step.file, step.line) for step in fix.steps if isinstance(step, Edit)]
    return tuple(dict.fromkeys(places))


def changed_things(fix: Fix) -> tuple[str, ...]:
    """What ``fix`` changes, as the gate names it: ``file:line``, or what else it touches."""
    named = [f"{place.file}:{place.line}" for place in changes(fix)]
    for step in fix.steps:
        if isinstance(step, CommandStep):
            named.append(f"{step.changes}, by running `{step.command}`")
        elif isinstance(step, RerunStep):
            named.append(f"the launch command, from `{step.old}` to `{step.new}`")
        elif isinstance(step, GuideStep):
            named.append("nothing by itself: it is a step that only you can take")
    return tuple(named)


def gate(explanation: Explanation, fix: Fix) -> str:
    """The question a person answers before anything happens."""
    return (
        f"The error is {explanation.error} because {explanation.because}. "
        f"I'll fix it by {fix.by}. This changes {' and '.join(changed_things(fix))}. Okay?"
    )


def explained(finding: Finding) -> Explanation:
    """The explanation that a finding was made from."""
    return Explanation(finding.error, finding.because, finding.at, finding.fixes)
