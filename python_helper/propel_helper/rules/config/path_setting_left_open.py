"""path-setting-left-open: a path is taken from a setting that nothing gave a value.

## What happened
The code opened or joined a path, and the setting that it takes it from is `None`.

## Why it happens
An option without a default was not given, or the config leaves the key empty.

## What the fix changes
Nothing: which path it is, only you can say.

## Fix safety
There is nothing to apply.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, own
from propel_helper.rules.said import said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code

# CPython: PyOS_FSPath (os.fspath), path_converter (os.stat and its kin), genericpath._check_arg_types,
# pathlib of 3.12 and later.
_NONE = Wording(
    r"^(?:expected str, bytes or os\.PathLike object, not NoneType"
    r"|\w+: path should be string, bytes, os\.PathLike(?: or integer)?, not NoneType"
    r"|join\(\) argument must be str, bytes, or os\.PathLike object, not 'NoneType'"
    r"|argument should be a str or an os\.PathLike object where __fspath__ returns a str, not 'NoneType')"
)
# What people call the options of a parser and a loaded config; nothing else in the call may be None.
_TEXT = r"(?:(?:\w+=)?f?(?:'[^']*'|\"[^\"]*\"))"
_SETTING = Wording(
    rf"\(\s*(?:{_TEXT}\s*,\s*)*"
    r"(?P<setting>(?:self\.)?(?:args?|opts?|options?|flags|FLAGS|cfg|conf|config|configs|hparams|hps?|params"
    r"|settings|training_args|data_args|model_args)(?:\.[A-Za-z_]\w*|\[(?P<quote>['\"])\w+(?P=quote)\])+)"
    rf"(?:\s*,\s*{_TEXT})*\s*,?\s*\)"
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings where the person's own line takes one setting and no more."""
    frame = own.deepest(crash, surroundings)
    if said(crash, _NONE) is None or frame is None or not frame.code:
        return None
    named = {found["setting"] for found in _SETTING.finditer(frame.code)}
    if len(named) != 1:
        return None
    setting = named.pop()
    return Explanation(
        "a path that nothing was set to",
        f"{code(setting)} is `None` where a path is needed",
        None,
        (
            guide(
                "give-the-path",
                f"Give {setting} a value",
                f"Give {code(setting)} its path: on the command line, where the program takes it from there, or "
                "in the config that the command uses.",
            ),
        ),
    )


RULE = Rule("path-setting-left-open", Category.CONFIG, ("TypeError",), explain)
