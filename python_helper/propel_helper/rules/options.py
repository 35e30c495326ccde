"""Options in usage texts, command lines and scripts."""

from __future__ import annotations

import difflib
import re

from propel_helper.facts.finding import Edit, Fix, RerunStep, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules.words import code

CUTOFF = 0.75
"""How alike two options must be (difflib's ratio) for one to be a slip of the other."""
_OPTION = Wording(r"(?<![\w-])--?[A-Za-z][\w.-]*")
_SCRIPT = Wording(r"[\w./~-]+\.(?:sh|bash|slurm|sbatch)\b")


def options_in(usage: str) -> tuple[str, ...]:
    """Long options that a usage text names, each once."""
    return tuple(dict.fromkeys(o for o in _OPTION.findall(usage) if o.startswith("--")))


def nearest(option: str, known: tuple[str, ...]) -> str | None:
    """The one option that ``option`` is a slip of, or None when there is none or a choice."""
    plain = _plain(option)
    same = [other for other in known if _plain(other) == plain]
    if len(same) == 1:
        return same[0]
    scored = sorted(
        ((difflib.SequenceMatcher(None, plain, _plain(other)).ratio(), other) for other in known),
        reverse=True,
    )
    near = [(score, other) for score, other in scored if score >= CUTOFF]
    if not near or (len(near) > 1 and near[0][0] - near[1][0] < 0.08):
        return None
    return near[0][1]


def _plain(option: str) -> str:
    return option.lstrip("-").replace("-", "_").replace(".", "_").lower()


def replaced(text: str, slips: dict[str, str]) -> str | None:
    """``text`` with every slip replaced; None unless each stands in it exactly once."""
    for slip, right in slips.items():
        pattern = re.compile(rf"(?<![\w-]){re.escape(slip)}(?![\w-])")
        if len(pattern.findall(text)) != 1:
            return None
        text = pattern.sub(lambda _match, right=right: right, text)  # type: ignore[misc]
    return text


def respelt(slips: dict[str, str], surroundings: Surroundings) -> Fix | None:
    """The fix that writes ``slips`` right: in the command, else in the script that it runs."""
    command = surroundings.command or ""
    what = ", ".join(f"{code(slip)} as {code(right)}" for slip, right in slips.items())
    new = replaced(command, slips)
    if new is not None:
        step = RerunStep(command, new)
        return Fix(
            "respell-option", "Spell the option right", f"writing {what}", Safety.SAFE, (step,)
        )
    for script in dict.fromkeys(_SCRIPT.findall(command)):
        text = surroundings.text(script)
        if text is not None and replaced(text, slips) is not None:
            edits = tuple(_edit(script, text, slip, right) for slip, right in slips.items())
            return Fix(
                "respell-option-in-script",
                f"Spell the option right in {script}",
                f"writing {what}",
                Safety.SAFE,
                edits,
            )
    return None


def _edit(script: str, text: str, slip: str, right: str) -> Edit:
    match = re.search(rf"(?<![\w-]){re.escape(slip)}(?![\w-])", text)
    assert match is not None
    line = text.count("\n", 0, match.start()) + 1
    column = match.start() - (text.rfind("\n", 0, match.start()) + 1)
    return Edit(script, line, column, line, column + len(slip), slip, right)
