"""config-schema: the config does not fit the schema that it is checked against.

## What happened
A library checked the config when it was loaded, and keys are missing, unknown, or have values
of the wrong kind.

## Why it happens
The config was written for another version, or a key or value is misspelt.

## What the fix changes
Nothing by itself: the message names each key, and what it should be is yours to say.

## Fix safety
There is nothing to apply.
"""

from __future__ import annotations

import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation, Place
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, texts
from propel_helper.rules.said import line_of, said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line

# pydantic_core; omegaconf's ValidationError; jsonschema; marshmallow; dacite; cattrs; draccus; jsonargparse.
_WORDS = Wording(
    r"\d+ validation errors? for (?P<a>\w+)"
    r"|Value '.*' of type '.*' could not be converted to"
    r"|Invalid type assigned: "
    r"|Cannot convert '.*' to (?:string|int|float|bool)"
    r"|Invalid value '.*', expected one of \["
    r"|Additional properties are not allowed"
    r"|is a required property\b"
    r"|is not of type '(?:string|number|integer|boolean|array|object)'"
    r"|can not match \S+ to any type of|missing value for field|wrong value type for field"
    r"|Failed when parsing|Parser key \"\w"
    r"|Type mismatch \(.*\) with values \(.*\) for config key"
    r"|Check batch related parameters"
    r"|[Ee]ither train_batch_size or train_micro_batch_size_per_gpu needs"
)
# pydantic prints where a value stands, dotted, on a line of its own.
_LOCATION = Wording(
    r"^(?P<where>[\w.-]+)\n  (?:Extra inputs|Input should|Field required|Value error)", re.M
)
_FULL_KEY = Wording(r"full_key: (?P<where>[\w.-]+)")
# pydantic's missing fields; pydantic_settings' SettingsConfigDict.
_REQUIRED = Wording(r"(?m)^(\w+)\n  Field required \[type=missing")
_PREFIX = Wording(r"env_prefix\s*=\s*[\"'](\w*)[\"']")


def _place(crash: Crash, surroundings: Surroundings) -> Place | None:
    """The config's line with the first key that the message names, where only one has it."""
    found = said(crash, _LOCATION) or said(crash, _FULL_KEY)
    return (
        texts.place_in_configs(found["where"].rpartition(".")[2], surroundings) if found else None
    )


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    needed = _from_environment(crash, surroundings)
    if needed is not None:
        return needed
    return Explanation(
        error="a config that does not fit its schema",
        because=f"it stopped with {code(first_line(line_of(found)))}",
        at=_place(crash, surroundings),
        fixes=(
            guide(
                "correct-config-keys",
                "Correct the config",
                "Correct each key that the message names in the config that the command uses.",
            ),
        ),
    )


def _from_environment(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Settings that pydantic-settings reads from variables, and found in none."""
    fields = list(dict.fromkeys(_REQUIRED.findall(crash.message)))
    reads = any("/pydantic_settings/" in one.file.replace("\\", "/") for one in crash.frames)
    if not fields or not reads:
        return None
    names = ", ".join(code(_variable(name, crash, surroundings)) for name in fields)
    many = len(fields) > 1
    return Explanation(
        error=f"{'settings that are' if many else 'a setting that is'} given nowhere",
        because=f"{', '.join(map(code, fields))} must be given, and what pydantic-settings reads has no {names}",
        fixes=(
            guide(
                "set-variable",
                "Set the variables" if many else "Set the variable",
                f"Set {names} where the run starts (`export`), or in the `.env` file that the class names, if it "
                "names one. A prefix (`env_prefix`) of the class stands in front.",
            ),
        ),
    )


def _variable(field: str, crash: Crash, surroundings: Surroundings) -> str:
    """The field's variable: its name behind the class's prefix, which an alias goes without."""
    own = [one.file for one in crash.frames if surroundings.is_own(one.file)]
    for text in (surroundings.text(file) or "" for file in reversed(own)):
        prefixes = set(_PREFIX.findall(text))
        if len(prefixes) == 1 and re.search(rf"(?m)^\s+{field}\s*:", text):
            return (prefixes.pop() + field).upper()
    return field.upper()


RULE = Rule("config-schema", Category.CONFIG, ("exception", "usage"), explain)
