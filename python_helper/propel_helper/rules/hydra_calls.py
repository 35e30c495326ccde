"""What a class or function that Hydra called said, and the key of the config that it did not take."""

from __future__ import annotations

import re

from propel_helper.facts.finding import Explanation, Place
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import (
    called_parameters,
    config_keys,
    imports,
    slip_proofs,
    texts,
    usage_text,
    value_types,
)
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line

# hydra/_internal/instantiate/_instantiate2.py prints the error's repr on a line of its own.
_INNER = Wording(
    r"(?m)^(?P<type>[A-Za-z_]\w*(?:Error|Exception))\((?P<quote>['\"])(?P<said>.+)(?P=quote)\)$"
)
_KEYWORD = Wording(r"got an unexpected keyword argument '(?P<name>\w+)'")
_NODE = re.compile(r"(?m)^full_key: (?P<path>[\w.-]+)")


def inner(message: str) -> str | None:
    """The error of what was called, as Python prints it."""
    found = _INNER.search(message)
    return first_line(f"{found['type']}: {found['said']}") if found else None


def refused(target: str, message: str, surroundings: Surroundings) -> Explanation | None:
    """A key of the node that is called which ``target`` has no parameter for, at its line."""
    said, node = _INNER.search(message), _NODE.search(message)
    keyword = _KEYWORD.search(said["said"]) if said else None
    if keyword is None or not target:
        return None
    name = keyword["name"]
    path = f"{node['path']}.{name}" if node else name
    keys = config_keys.all_keys(surroundings)
    wrong = [key for key in keys if key.path == path]
    if len(wrong) != 1:
        return None
    text = surroundings.text(wrong[0].file) or ""
    module, _, called = target.rpartition(".")
    file = imports.file_of("", module, 0, surroundings)
    taken = called_parameters.typed(called, file, surroundings) if file else {}
    near = slip_proofs.meant_name(name, taken)
    if near is not None and any(key.path == f"{wrong[0].parent}.{near}" for key in keys):
        near = None
    if value_types.can_have(taken.get(near or ""), wrong[0]) is False:
        near = None
    takes = f"; it takes {usage_text.listed(tuple(taken))}" if taken else ""
    step = guide(
        "correct-the-key",
        "Correct the key",
        f"Correct the name of {code(name)} in {wrong[0].file}, or move it to the section that it belongs to.",
    )
    fix = None
    at = Place(wrong[0].file, text.count("\n", 0, wrong[0].start) + 1)
    if near is not None:
        fix = config_keys.respelt(wrong[0], near, surroundings)
        at = texts.place_of(fix.steps[0]) or at
    return Explanation(
        f"a config key that {code(called)} does not take",
        f"{code(target)} has no parameter {code(name)}{takes}",
        at,
        (fix or step,),
    )
