"""settings-refused: what reads the settings does not accept one of them.

## What happened
A package that reads configs, options or arguments checked a value and stopped.

## Why it happens
A value is misspelt, missing, of another type than the one that is asked for, or does not go with
another one; or the file is written for another version.

## What the fix changes
In an INI file, a `%` that is meant as a sign is written `%%`, where one setting alone has it. Otherwise
nothing: which value is meant is yours to say.

## Fix safety
Safe: the setting is read as it is written now.
"""

from __future__ import annotations

import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation, Place
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, families, ini_files
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line

_PACKAGES = frozenset(
    {
        "omegaconf", "hydra", "yaml", "ruamel", "toml", "tomli", "tomllib", "configparser",
        "configargparse", "jsonargparse", "argparse", "click", "typer", "tyro", "draccus", "gin",
        "absl", "dacite", "mashumaro", "cattrs", "voluptuous", "cerberus", "schema", "jsonschema",
        "pydantic", "pydantic_core", "pydantic_settings", "yacs", "dynaconf", "confection",
        "environs", "decouple", "simple_parsing", "docopt", "fire",
    }
)  # fmt: skip
# Files of packages that do nothing but read and check settings.
_READERS = Wording(
    r"^(?:omegaconf|hydra|jsonargparse|configargparse|tyro|draccus|gin|absl/flags|yacs|dacite"
    r"|pydantic_settings|simple_parsing|argparse|configparser)(?:/|\.py$)"
    r"|^transformers/(?:training_args\w*|hf_argparser)\.py$|^trl/\S*_config\.py$"
    r"|^(?:deepspeed|accelerate)/(?:\S*/)?\w*config\w*\.py$"
    r"|^(?:pytorch_lightning|lightning/(?:pytorch|fabric))/\S*connectors?(?:/\w+)?\.py$"
    r"|^(?:mmengine|mmcv)/config/"
)
# They take the person's own objects besides, which may lack what is asked of them.
_OBJECTS = Wording(r"^(?:pytorch_lightning|lightning)/")
# A message that asks for an option by its name.
_OPTION = Wording(
    r"\b(?:requires?|must|specify|missing|conflict\w*|exclusive)\b.{0,30}(?<!\S)[`'\"]?--[a-z]\w+"
)
# Those of torch's DataLoader that say how it works, not what with.
_LOADING = Wording(
    r"^(?:num_workers|prefetch_factor|persistent_workers|timeout|multiprocessing_context) option "
)
# What a person's own code raises on its way through such a package keeps its own name.
_PLAIN = frozenset({"ValueError", "TypeError", "KeyError", "AttributeError", "AssertionError"})
# gin/utils.py; files that accelerate and others name; what they quote of them.
_LINE = Wording(r"In file \"(?P<file>[^\"\n]+)\", line (?P<line>\d+)")
_FILE = Wording(r"(?<![\w./~-])([\w.~-][\w./~-]*\.(?:ya?ml|json|toml|ini|cfg|gin))\b")
_QUOTED = Wording(r"['\"`]([\w.-]+)['\"`]")


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim types of packages that read settings, and what their own files raise."""
    name, package = families.type_name(crash), families.package(crash)
    reads = bool(_READERS.search(families.raised_in(crash)))
    reads = reads or bool(_OPTION.search(crash.message) or _LOADING.match(crash.message))
    misconfigured = "Misconfiguration" in name or name in _PLAIN
    if name == "AttributeError" and _OBJECTS.match(families.raised_in(crash)):
        return None
    if package not in _PACKAGES and not (reads and misconfigured):
        return None
    if (percent := ini_files.doubled(crash, surroundings)) is not None:
        key, fix = percent
        line = (surroundings.text(key.file) or "").count("\n", 0, key.start) + 1
        return Explanation(
            "a setting that is not accepted",
            f"{code(key.name)} has a `%`, which begins the name of another setting in an INI file",
            Place(key.file, line),
            (fix,),
        )
    said = first_line(crash.message) or name
    text = (
        "Compare the setting that the message names, in the config or the command, with what the installed "
        "version takes."
    )
    if package == "configparser" or ini_files.is_raised(crash):
        text = (
            "Correct what the message names in the INI file that the code reads. A `%` that is meant as a sign "
            "is written `%%`, where the code does not turn that off (`interpolation=None`)."
        )
    return Explanation(
        error="a setting that is not accepted",
        because=f"what reads the settings stopped with {code(said)}",
        at=_place(crash.message, surroundings),
        fixes=(
            guide(
                "correct-the-setting",
                "Correct the setting",
                text,
            ),
        ),
    )


def _place(message: str, surroundings: Surroundings) -> Place | None:
    """The line that the message names, or the one line of the file it names that has what it quotes."""
    line = _LINE.search(message)
    if line is not None and surroundings.text(line["file"]) is not None:
        return Place(line["file"], int(line["line"]))
    for file in dict.fromkeys(_FILE.findall(message)):
        rows = (surroundings.text(file) or "").splitlines()
        names = [name for name in _QUOTED.findall(message) if name != file]
        found = {
            number
            for number, row in enumerate(rows, 1)
            for name in names
            if re.match(rf"\s*[\"']?{re.escape(name)}[\"']?\s*[:=]", row)
        }
        if len(found) == 1:
            return Place(file, found.pop())
    return None


RULE = Rule("settings-refused", Category.CONFIG, ("exception",), explain, last=True)
