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


RULE = Rule("config-schema", Category.CONFIG, ("exception", "usage"), explain)
