"""A config's key that the dataclass it is merged into (OmegaConf's structured configs) has no field for."""

from __future__ import annotations

import ast

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Explanation, Fix, Place
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import called_parameters, config_keys, slip_proofs, usage_text, value_types
from propel_helper.rules.said import said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code

# omegaconf/dictconfig.py _validate_get and _validate_set.
_WORDS = Wording(r"Key '(?P<name>[\w.-]+)' not in '(?P<schema>\w+)'")
_FULL_KEY = Wording(r"full_key: (?P<path>[\w.]+)")


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim a key that stands in a config; one that stands in none is the code's own."""
    found, full = said(crash, _WORDS), said(crash, _FULL_KEY)
    if found is None:
        return None
    name, schema = found["name"], found["schema"]
    path = full["path"] if full else name
    keys = config_keys.all_keys(surroundings)
    written = [key for key in keys if f".{key.path}".endswith(f".{path}")]
    if len(written) != 1:
        return None
    (key,) = written
    fields = _fields(schema, crash, surroundings)
    fix = _respelt(key, fields, keys, surroundings)
    text = surroundings.text(key.file) or ""
    place = Place(surroundings.shown(key.file), text.count("\n", 0, key.start) + 1)
    has = f"{code(schema)} has {usage_text.listed(usage_text.nearest(name, tuple(fields)))}. "
    step = guide(
        "correct-the-key",
        "Correct the key",
        f"{has if fields else ''}Correct {code(name)} in {place.file}:{place.line}, or give "
        f"{code(schema)} a field of that name if the code is to read it.",
    )
    return Explanation(
        f"a config key that the code's schema does not have, {code(name)}",
        f"{place.file}:{place.line} sets {code(name)}, and {code(schema)} has no such field",
        place,
        (fix or step,),
    )


def _fields(schema: str, crash: Crash, surroundings: Surroundings) -> dict[str, ast.expr | None]:
    """The fields of the class, from the person's own code around the crash."""
    own = [frame.file for frame in reversed(crash.frames) if surroundings.is_own(frame.file)]
    found = (called_parameters.typed(schema, file, surroundings) for file in own)
    return next((fields for fields in found if fields), {})


def _respelt(
    key: config_keys.Key,
    fields: dict[str, ast.expr | None],
    keys: tuple[config_keys.Key, ...],
    surroundings: Surroundings,
) -> Fix | None:
    """The key as the one field that it is a slip of, where no other key fills that."""
    near = slip_proofs.meant_name(key.name, fields)
    beside = {one.name for one in keys if one.file == key.file and one.parent == key.parent}
    if near is None or near in beside or value_types.can_have(fields[near], key) is False:
        return None
    return config_keys.respelt(key, near, surroundings)
