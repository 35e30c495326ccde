"""missing-config-entry: the code reads an entry that a loaded config does not have.

## What happened
A dictionary that came from a config was asked for a key that is not in it.

## Why it happens
The key is misspelt on one of the two sides, or the config was written for another version of the
code.

## What the fix changes
The key in the config file, when exactly one key there is almost the same and the code asks for no
such key; the name in the code, when the config has a well-known one (`learning_rate`) and the code a slip
of it. Otherwise nothing: a step names the key.

## Fix safety
Ask: the near key may be another setting than the one that was meant.
"""

from __future__ import annotations

import re

from propel_helper.facts.crash import Crash, Frame
from propel_helper.facts.finding import Category, Explanation, Fix, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, config_keys, own, setting_names, texts
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code

_KEY = Wording(r"^['\"](?P<key>[\w.-]+)['\"]$")
# What people call the thing that a config was loaded into, indexed by the missing key.
_CONFIG = r"\b\w*(?:config|cfg|conf|opts?|options|params|hparams|hyp|settings|args|yaml|hyperparameters)\w*"


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim missing keys of what is plainly a config; any other dictionary is the code's own."""
    found = _KEY.match(crash.message.partition("\n")[0].strip())
    frame = own.deepest(crash, surroundings)
    if found is None or frame is None or not _reads_config(frame, found["key"], crash):
        return None
    key = found["key"]
    step = guide(
        "name-the-entry",
        "Name the entry alike",
        f"Add {code(key)} to the config that the command uses, or correct its name on the side "
        "that is wrong.",
    )
    fix = _respelt(key, frame, surroundings)
    return Explanation(
        f"the missing config entry {code(key)}",
        f"the code reads {code(key)} and the loaded config has no such entry",
        texts.place_of(fix.steps[0]) if fix else None,
        (fix or step,),
    )


def _reads_config(frame: Frame, key: str, crash: Crash) -> bool:
    """Whether the failing line indexes a config by that key, and nothing else does."""
    if crash.frames[-1] != frame or not frame.code:
        return False
    indexed = rf"{_CONFIG}[^,=\s]{{0,60}}\[['\"]{re.escape(key)}['\"]\]"
    return re.search(indexed, frame.code, re.IGNORECASE) is not None


def _respelt(key: str, frame: Frame, surroundings: Surroundings) -> Fix | None:
    near = config_keys.near_key(key, config_keys.all_keys(surroundings), anywhere=True)
    if near is None:
        return None
    in_code = setting_names.in_code(key, near.name, frame, surroundings)
    if in_code is not None:
        return in_code
    edit, by = config_keys.renamed(near, key, surroundings)
    return Fix("respell-entry", f"Write {key}", by, Safety.ASK, (edit,))


RULE = Rule("missing-config-entry", Category.CONFIG, ("KeyError",), explain)
