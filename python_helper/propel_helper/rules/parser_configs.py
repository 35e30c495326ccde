"""Keys of a config that an option parser read (jsonargparse) and has no option for."""

from __future__ import annotations

import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Explanation, Place
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import config_keys, slip_proofs, texts, usage_text
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code

# jsonargparse/_actions.py and _core.py.
_WORDS = Wording(
    r"Group '(?P<group>[\w.]+)' does not accept (?:option|nested key) '(?P<name>[\w.]+)'"
)


def explained(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim a key that one config has at just that place; one that the command gives is an option."""
    found = _WORDS.search(crash.message)
    if found is None:
        return None
    group, name = found["group"], found["name"]
    path = f"{group}.{name}"
    keys = config_keys.all_keys(surroundings)
    wrong = [key for key in keys if key.path == path]
    if len(wrong) != 1 or f"--{path}" in (surroundings.command or ""):
        return None
    text = surroundings.text(wrong[0].file) or ""
    at = Place(wrong[0].file, text.count("\n", 0, wrong[0].start) + 1)
    known = tuple(dict.fromkeys(re.findall(rf"--{re.escape(group)}\.(\w+)", crash.message)))
    near = slip_proofs.meant_name(name, known)
    if near is not None and any(key.path == f"{group}.{near}" for key in keys):
        near = None
    has = f"; it has {usage_text.listed(known)}" if known else ""
    step = guide(
        "correct-the-key",
        "Correct the key",
        f"Correct {code(path)} in {wrong[0].file}, or take it out if the program does without.",
    )
    fix = None
    if near is not None:
        fix = config_keys.respelt(wrong[0], near, surroundings)
        at = texts.place_of(fix.steps[0]) or at
    return Explanation(
        f"a config key that the program does not take, {code(path)}",
        f"{code(group)} has no {code(name)}{has}",
        at,
        (fix or step,),
    )
