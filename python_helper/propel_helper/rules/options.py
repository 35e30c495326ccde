"""Options in usage texts, command lines and scripts."""

from __future__ import annotations

import re

from propel_helper.facts.finding import Edit, Fix, Place, RerunStep, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import comments, makefiles
from propel_helper.rules.slip_proofs import is_sure, meant_name
from propel_helper.rules.words import code

_OPTION = Wording(r"(?<![\w-])--?[A-Za-z][\w.-]*")
_SCRIPT = Wording(r"[\w./~-]+\.(?:sh|bash|slurm|sbatch)\b")


def options_in(usage: str) -> tuple[str, ...]:
    """Long options that a usage text names, each once."""
    return tuple(dict.fromkeys(o for o in _OPTION.findall(usage) if o.startswith("--")))


def nearest(option: str, known: tuple[str, ...]) -> str | None:
    """The one option that ``option`` is a slip of, or None when there is none or a choice."""
    return meant_name(option, known)


def replaced(text: str, slips: dict[str, str]) -> str | None:
    """``text`` with every slip replaced; None unless each stands in it exactly once."""
    for slip, right in slips.items():
        pattern = re.compile(rf"(?<![\w-]){re.escape(slip)}(?![\w-])")
        if len(pattern.findall(text)) != 1:
            return None
        text = pattern.sub(lambda _match, right=right: right, text)  # type: ignore[misc]
    return text


def respelt(slips: dict[str, str], surroundings: Surroundings) -> Fix | None:
    """The fix that writes ``slips`` right: in the command, else in the script or recipe it runs."""
    command = surroundings.command or ""
    what = ", ".join(f"{code(slip)} as {code(right)}" for slip, right in slips.items())
    sure = all(is_sure(slip, right) for slip, right in slips.items())
    safety = Safety.SAFE if sure else Safety.ASK
    new = replaced(command, slips)
    if new is not None:
        step = RerunStep(command, new)
        return Fix("respell-option", "Spell the option right", f"writing {what}", safety, (step,))
    for script, text in scripts(surroundings).items():
        if replaced(text, slips) is not None:
            edits = tuple(_edit(script, text, slip, right) for slip, right in slips.items())
            return Fix(
                "respell-option-in-script",
                f"Spell the option right in {script}",
                f"writing {what}",
                safety,
                edits,
            )
    return None


def written_at(option: str, surroundings: Surroundings) -> Place | None:
    """The line of the script or recipe that has ``option``, where it stands there just once."""
    found = [
        Place(script, text.count("\n", 0, match.start()) + 1)
        for script, text in scripts(surroundings).items()
        for match in (
            re.finditer(rf"(?<![\w-]){re.escape(option)}(?![\w-])", text) if option else ()
        )
    ]
    return found[0] if len(found) == 1 else None


def scripts(surroundings: Surroundings) -> dict[str, str]:
    """Texts of the scripts and recipes that the command runs, by their file, without their comments."""
    named = _SCRIPT.findall(surroundings.command or "")
    texts = {script: text for script in named if (text := surroundings.text(script)) is not None}
    if (recipes := makefiles.recipes(surroundings)) is not None:
        texts[recipes.file] = recipes.text
    return {file: comments.masked(file, text) for file, text in texts.items()}


def _edit(script: str, text: str, slip: str, right: str) -> Edit:
    match = re.search(rf"(?<![\w-]){re.escape(slip)}(?![\w-])", text)
    assert match is not None
    line = text.count("\n", 0, match.start()) + 1
    column = match.start() - (text.rfind("\n", 0, match.start()) + 1)
    return Edit(script, line, column, line, column + len(slip), slip, right)
