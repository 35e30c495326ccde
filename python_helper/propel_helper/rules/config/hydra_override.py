"""hydra-override: Hydra can't apply what the command line asks of the config.

## What happened
Hydra read the command line and the config, and one does not fit the other. It ended the program
with its own words and without a traceback.

## Why it happens
A key is misspelt or not in the config, a group needs a choice, an option of a group does not exist,
or the shell took a part of the text.

## What the fix changes
One word of the launch command: the name of an option that the message lists, when what was written is
exactly one of them with a slip of the pen (never a real name, `resnet` where there is `resnext`); the key, when exactly one key at its place in the configs is close
to it; or the `+` that Hydra says is too much. Where a config's `defaults:` list makes the choice, the option
there. Otherwise nothing.

## Fix safety
Ask: the close name may be another setting than the one that was meant.
"""

from __future__ import annotations

import re
from dataclasses import replace

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation, Fix, RerunStep, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, config_keys, hydra_configs, slip_proofs, texts
from propel_helper.rules.said import line_of, said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line

# hydra/_internal/config_loader_impl.py, defaults_list.py and core/override_parser, 1.0 to 1.3.
_WORDS = Wording(
    r"^You must specify '(?P<group>[\w/@.-]+)'|^Could not override '(?P<key>[\w./@-]+)'"
    r"|^Could not append to config|^In '.*': Could not (?:find|load)|Could not find '(?P<o>\S+)'"
    r"|^Error parsing override|^Ambiguous value for argument|^Error merging override"
    r"|^Multiple values for |LexerNoViableAltException|no viable alternative at input"
    r"|^Key '\S+' is not in struct|could not be overridden|Missing mandatory value"
    r"|^Interpolation key|^Config search path",
    re.MULTILINE,
)
_CLASSES = (
    "usage",
    "ConfigCompositionException",
    "OverrideParseException",
    "MissingConfigException",
    "HydraException",
)
_MISSING_OPTION = Wording(r"Could not (?:find|load) '(?P<group>[\w/]+)/(?P<option>[\w.-]+)'")
_INSIDE = Wording(r"In '(?P<name>[\w/.-]+)': Could not (?:find|load)")
_LISTED = Wording(r"^\s+(?P<option>[\w.-]+)$", re.MULTILINE)
_MISSING_KEY = Wording(r"^Could not override '(?P<key>[\w./@-]+)'", re.MULTILINE)
_FULL_KEY = Wording(r"full_key: (?P<path>[\w.]+)")
_PLUS = Wording(r"Either remove \+ prefix: '(?P<right>[^']+)'")


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim Hydra's words about overrides and groups."""
    found = said(crash, _WORDS)
    if found is None or "rimary config" in crash.message:
        return None
    step = guide(
        "correct-override",
        "Correct the override",
        "Compare the override with the config: `python script.py --cfg job` prints all keys. "
        "`+key=value` adds a key, `group=option` chooses one of those that the message lists.",
    )
    chosen = _chosen(crash, surroundings)
    if chosen is not None:
        return chosen
    fix = _option(crash, surroundings) or _plus(crash, surroundings) or _key(crash, surroundings)
    because = f"Hydra said {code(first_line(line_of(found)))}"
    if fix is not None and fix.id == "respell-override":
        because += ", and the config has a key of almost that name"
    return Explanation("a setting that Hydra can't apply", because, fixes=(fix or step,))


def _option(crash: Crash, surroundings: Surroundings) -> Fix | None:
    """The option of a group respelt as the one that is close to it."""
    missing = _MISSING_OPTION.search(crash.message)
    command = surroundings.command
    if missing is None or command is None:
        return None
    listed = tuple(found["option"] for found in _LISTED.finditer(crash.message))
    near = slip_proofs.meant_value(missing["option"], listed)
    old, new = (f"{missing['group']}={name}" for name in (missing["option"], near))
    if near is None or command.count(old) != 1:
        return None
    step = RerunStep(command, command.replace(old, new))
    by = f"writing {code(new)} for {code(old)}, the one option that is almost the same"
    return Fix("respell-option", f"Write {new}", by, Safety.ASK, (step,))


def _chosen(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """An option that a group does not have, where no respelling of the command mends it."""
    missing = _MISSING_OPTION.search(crash.message)
    if missing is None:
        return None
    group, option = missing["group"], missing["option"]
    in_command = f"{group}={option}" in (surroundings.command or "")
    if in_command and _option(crash, surroundings):
        return None
    listed = tuple(dict.fromkeys(found["option"] for found in _LISTED.finditer(crash.message)))
    inside = _INSIDE.search(crash.message)
    within = inside["name"] if inside else ""
    written = None if in_command else hydra_configs.choice(group, option, within, surroundings)
    at = texts.place_of(written) if written else None
    near = slip_proofs.meant_value(option, listed)
    fix = None
    if written is not None and near is not None:
        edit = replace(written, new_text=near)
        by = f"writing {code(near)} for {code(option)}, the one option that is almost the same"
        fix = Fix("respell-option", f"Write {near}", by, Safety.ASK, (edit,))
    where = (
        f"in {at.file}:{at.line}"
        if at
        else "in the command"
        if in_command
        else "in a config's `defaults:` list, a script or the command"
    )
    offered = f": {', '.join(map(code, listed))}" if listed else ""
    step = guide(
        "correct-choice",
        "Correct the choice",
        f"Choose an option that the group {code(group)} has{offered}. The choice stands {where}.",
    )
    has = f"; it has {', '.join(map(code, listed))}" if listed else ""
    return Explanation(
        "an option that Hydra can't find",
        f"the group {code(group)} has no option {code(option)}{has}",
        at,
        (fix or step,),
    )


def _key(crash: Crash, surroundings: Surroundings) -> Fix | None:
    """The key of an override respelt as the one of the configs that is close to it."""
    missing, full = _MISSING_KEY.search(crash.message), _FULL_KEY.search(crash.message)
    command = surroundings.command
    if missing is None or command is None or command.count(f"{missing['key']}=") != 1:
        return None
    path = full["path"] if full else missing["key"]
    near = config_keys.near_key(path, config_keys.all_keys(surroundings))
    if near is None or not missing["key"].startswith(path):
        return None
    # The message may name a part of the path: a group of keys is misspelt then.
    right = near.path + missing["key"][len(path) :]
    given = command.partition(f"{missing['key']}=")[2]
    if right == near.path and given.lstrip("\"'").startswith("[") != _is_list(near):
        return None
    old, new = f"{missing['key']}=", f"{right}="
    step = RerunStep(command, command.replace(old, new))
    by = f"writing {code(right)} for {code(missing['key'])}, the one key there that is almost the same"
    return Fix("respell-override", f"Write {right}", by, Safety.ASK, (step,))


def _is_list(key: config_keys.Key) -> bool:
    return not key.value or key.value.startswith("[")


def _plus(crash: Crash, surroundings: Surroundings) -> Fix | None:
    right = _PLUS.search(crash.message)
    command = surroundings.command
    if right is None or command is None:
        return None
    key = right["right"].partition("=")[0]
    old = f"+{key}="
    if command.count(old) != 1:
        return None
    step = RerunStep(command, command.replace(old, f"{key}="))
    by = f"leaving out the `+` before {code(key)}, which is in the config already"
    return Fix("remove-plus", f"Write {key} without +", by, Safety.SAFE, (step,))


RULE = Rule("hydra-override", Category.CONFIG, _CLASSES, explain)
