"""config-key-missing: a setting that the code reads is not in the config.

## What happened
The code asked the loaded config for a key that is not there.

## Why it happens
The key is misspelt on one of the two sides, the config was written for another version of the
code, or a value is left open (`???`) for the command line to fill in.

## What the fix changes
The key in the config file, when exactly one key at that place is a slip of it and the one that
the code asks for is nowhere beside it; a key with a slip of a field that the dataclass of a structured
config has; a section of an INI file likewise; the path in a `${...}` that leads nowhere and stands once, when
exactly one key is almost the same; the name in the code, when the config has a well-known one
(`learning_rate`) and the code a slip of it, or when the code reads a slip of a field that its own dataclass of
settings has, or of an option that its parser declares. Otherwise nothing: which side is the odd one out is yours to
say.

## Fix safety
Ask: the near key may be another setting than the one that was meant.
"""

from __future__ import annotations

import re

from propel_helper.facts.crash import Crash, CrashKind
from propel_helper.facts.finding import Category, Explanation, Fix, Place, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import (
    Rule,
    config_keys,
    config_references,
    ini_files,
    own,
    read_settings,
    settings_in_code,
    settings_objects,
    structured_configs,
    texts,
)
from propel_helper.rules.said import line_of, said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line

# omegaconf/errors.py; yacs/config.py; mmengine, detectron2, ml_collections; people's own checks.
_WORDS = Wording(
    r"is not a valid (?:config\w*|cfg|yaml) (?:key|option|field)|(?:Error under config key)|"
    r"^No option '(?P<o>[\w.-]+)' in section|^No section: |"
    r"Key '(?P<a>[\w.-]+)' is not in struct"
    r"|Missing key (?P<b>[\w.-]+)"
    r"|Key '(?P<c>[\w.-]+)' not in '"
    r"|Missing mandatory value: (?P<d>[\w.]+)"
    r"|Interpolation key '(?P<e>[\w.]+)' not found"
    r"|Unsupported interpolation type"
    r"|Non-existent config key: (?P<f>[\w.]+)"
    r"|(?:[Uu]nknown|[Uu]nrecognized|[Uu]nexpected|[Ii]nvalid|[Mm]issing|[Uu]nsupported) (?:required )?(?:config(?:uration)?|cfg|yaml|hparams?|hyperparameter)s? (?:option|key|field|parameter|entry|setting|value)s?\b"
    r"|(?:missing|not found|not defined|required) in (?:the )?(?:config|cfg|configuration|yaml)\b"
    r"|Did you mean to access a (?:config|nested)"
    r"|ConfigDict.*(?:no|not) (?:attribute|field|key)|'ConfigDict' object has no attribute '(?P<g>\w+)'"
    r"|'(?:Namespace|CfgNode|Config|EasyDict|Munch|DotMap|DictConfig|AttrDict|Dict2Obj|Hparams|HParams)' object has no attribute '(?P<h>\w+)'"
    r"|Could not override '(?P<i>\S+)'"
)


_ABSENT = Wording(r"is not in struct|Missing key")
# omegaconf/base.py _resolve_node_interpolation; a path from the config's top, not a relative one.
_REFERENCE = Wording(r"Interpolation key '(?P<path>\w[\w.]*)' not found")
# configparser.NoOptionError
_OPTION = Wording(r"^No option '(?P<name>[\w.-]+)' in section: '(?P<section>[^']+)'")
_SECTION = Wording(r"^No section: '(?P<name>[^']+)'")
_OPEN = Wording(r"Missing mandatory value: (?P<path>[\w.]+)")
# A key's whole path (OmegaConf), and attributes of the objects that a config is loaded into.
_FULL_KEY = Wording(r"(?:full_key: |Non-existent config key: )(?P<path>[\w.]+)")
_ATTRIBUTE = Wording(
    r"'(?:CfgNode|Config|ConfigDict|EasyDict|Munch|DotMap|AttrDict|Dict2Obj|H[Pp]arams"
    r"|(?P<plain>types\.SimpleNamespace))' object has no attribute '(?P<name>\w+)'"
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above; a plain namespace only with proof that a config is in it."""
    if crash.kind is not CrashKind.EXCEPTION:
        return None
    special = (
        _reference(crash, surroundings)
        or _left_open(crash, surroundings)
        or _section(crash, surroundings)
        or structured_configs.explain(crash, surroundings)
        or settings_objects.explain(crash, surroundings)
    )
    if special is not None:
        return special
    fix, at, beside = _respelt(crash, surroundings)
    found = said(crash, _WORDS)
    if found is None and (fix or _is_read(crash, surroundings)):
        found = said(crash, _ATTRIBUTE)
    if found is None:
        return None
    because = f"it stopped with {code(first_line(line_of(found)))}"
    full = said(crash, _FULL_KEY)
    if full is not None and "Non-existent" not in full[0] and _ABSENT.search(found[0]):
        because = f"the code asks the config for {code(full['path'])}, which it does not have"
    error, where = "a setting that the config does not have", "the config that the command uses"
    also = "set it on the command line"
    if found[0].startswith("'Namespace'"):
        # A parser makes one of its options, and people make one of a config that they loaded.
        error = "a setting that is not there"
        where = "the options that the program declares, or the config that it loads"
        also = "add it there"
    if full is not None and _ABSENT.search(found[0]):
        also = f"add it on the command line (Hydra: `+{full['path']}=...`)"
    step = guide(
        "name-the-setting",
        "Name the setting alike",
        f"{beside}Look for the key in {where}: correct it on the side that is wrong, or {also}.",
    )
    return Explanation(error, because, at, (fix or step,))


def _reference(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """A ``${...}`` that leads to no key."""
    found = said(crash, _REFERENCE)
    if found is None:
        return None
    written = code(f"${{{found['path']}}}")
    place = config_references.to(found["path"], surroundings)
    here = f" in {place.file}:{place.line}" if place else ""
    has = f"; it has {code(place.right)}" if place and place.right else ""
    fix = None
    if place and place.right and place.edit:
        by = f"writing {code(place.right)} for {code(found['path'])}, the one key that is almost the same"
        fix = Fix("respell-reference", f"Write {place.right}", by, Safety.ASK, (place.edit,))
    step = guide(
        "name-the-key",
        "Name a key that is there",
        f"Write the path of a key that the config has into {written}{here}, from the config's top, or "
        f"add {code(found['path'])} to the config.",
    )
    return Explanation(
        "a reference to a setting that is not there",
        f"{written}{here} names a key that the config does not have{has}",
        Place(place.file, place.line) if place else None,
        (fix or step,),
    )


def _section(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """A section that an INI file lacks."""
    found = said(crash, _SECTION)
    if found is None:
        return None
    fix = ini_files.respelt_section(found["name"], crash, surroundings)
    step = guide(
        "name-the-section",
        "Name the section alike",
        f"Look at the INI file that the code reads: add the section {code(found['name'])}, or correct its "
        "name on the side that is wrong. Look also whether the file lies where it is read from: "
        f"{ini_files.EMPTY}.",
    )
    return Explanation(
        f"the missing section {code(found['name'])}",
        "the code reads that section of an INI file, and what was read has none of that name",
        texts.place_of(fix.steps[0]) if fix else None,
        (fix or step,),
    )


def _is_read(crash: Crash, surroundings: Surroundings) -> bool:
    """Whether the person's own line takes the attribute from what is called like a config."""
    attribute = said(crash, _ATTRIBUTE)
    frame = own.deepest(crash, surroundings)
    if attribute is None or frame is None or frame != crash.frames[-1]:
        return False
    return settings_in_code.reads_attribute(frame.code or "", attribute["name"])


def _left_open(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """A value that a config leaves for the command line to fill in (``???``)."""
    found = said(crash, _OPEN)
    if found is None:
        return None
    full = said(crash, _FULL_KEY)
    path = full["path"] if full else found["path"]
    keys = [
        key
        for key in config_keys.all_keys(surroundings)
        if key.value.strip("\"'") == "???" and f".{key.path}".endswith(f".{path}")
    ]
    edit = config_keys.renamed(keys[0], keys[0].name, surroundings)[0] if len(keys) == 1 else None
    at = texts.place_of(edit) if edit else None
    where = f"{at.file}:{at.line}" if at else "the config"
    overrides = re.search(r"\s\+{0,2}[A-Za-z_][\w.]*=", surroundings.command or "")
    taken = "" if overrides else ", where the program takes settings from there,"
    step = guide(
        "give-the-value",
        f"Give {path} a value",
        f"Add {code(f'{path}=...')} to the command{taken} or write the value in {where}. Which one it "
        "is, only you can say.",
    )
    return Explanation(
        "a setting without a value",
        f"{where} leaves {code(path)} open ({code('???')}), and nothing gives it a value",
        at,
        (step,),
    )


def _respelt(crash: Crash, surroundings: Surroundings) -> tuple[Fix | None, Place | None, str]:
    """The near key of the config with the name that the person's own code reads; or its name, said."""
    frame = own.deepest(crash, surroundings)
    full, attribute = said(crash, _FULL_KEY), said(crash, _ATTRIBUTE)
    path = full["path"] if full else attribute["name"] if attribute else None
    option = said(crash, _OPTION)
    if option is not None:
        path = f"{option['section']}.{option['name']}"
    if path is None or frame is None or path.rpartition(".")[2] not in (frame.code or ""):
        return None, None, ""
    keys = config_keys.all_keys(surroundings)
    beside = read_settings.beside(path, keys, anywhere=full is None)
    fix = read_settings.respelt(
        path, keys, crash, surroundings, anywhere=full is None, fix="respell-setting"
    )
    in_config = fix is not None and fix.id == "respell-setting"
    return fix, texts.place_of(fix.steps[0]) if fix and in_config else None, beside


RULE = Rule("config-key-missing", Category.CONFIG, ("exception",), explain)
