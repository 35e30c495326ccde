"""config-key-missing: a setting that the code reads is not in the config.

## What happened
The code asked the loaded config for a key that is not there.

## Why it happens
The key is misspelt on one of the two sides, the config was written for another version of the
code, or a value is left open (`???`) for the command line to fill in.

## What the fix changes
The key in the config file, when exactly one key at that place is almost the same and the one that
the code asks for is nowhere beside it; the name in the code, when the config has a well-known one
(`learning_rate`) and the code a slip of it. Otherwise nothing: which side is the odd one out is yours to
say.

## Fix safety
Ask: the near key may be another setting than the one that was meant.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash, CrashKind
from propel_helper.facts.finding import Category, Explanation, Fix, Place, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, config_keys, own, setting_names, texts
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


# A key's whole path (OmegaConf), and attributes of the objects that a config is loaded into.
_FULL_KEY = Wording(r"(?:full_key: |Non-existent config key: )(?P<path>[\w.]+)")
_ATTRIBUTE = Wording(
    r"'(?:CfgNode|Config|ConfigDict|EasyDict|Munch|DotMap|AttrDict|Dict2Obj|H[Pp]arams"
    r"|(?P<plain>types\.SimpleNamespace))' object has no attribute '(?P<name>\w+)'"
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above; a plain namespace only where a near key of a config proves it."""
    if crash.kind is not CrashKind.EXCEPTION:
        return None
    fix, at = _respelt(crash, surroundings)
    found = said(crash, _WORDS) or (said(crash, _ATTRIBUTE) if fix else None)
    if found is None:
        return None
    step = guide(
        "name-the-setting",
        "Name the setting alike",
        "Look for the key in the config that the command uses: correct it on the side that is wrong, or set it on the command line.",
    )
    return Explanation(
        "a setting that the config does not have",
        f"it stopped with {code(first_line(line_of(found)))}",
        at,
        (fix or step,),
    )


def _respelt(crash: Crash, surroundings: Surroundings) -> tuple[Fix | None, Place | None]:
    """The near key of the config with the name that the person's own code reads."""
    frame = own.deepest(crash, surroundings)
    full, attribute = said(crash, _FULL_KEY), said(crash, _ATTRIBUTE)
    path = full["path"] if full else attribute["name"] if attribute else None
    if path is None or frame is None or path.rpartition(".")[2] not in (frame.code or ""):
        return None, None
    keys = config_keys.all_keys(surroundings)
    near = config_keys.near_key(path, keys, anywhere=full is None)
    if near is None:
        return None, None
    name = path.rpartition(".")[2]
    in_code = setting_names.in_code(name, near.name, frame, surroundings)
    if in_code is not None:
        return in_code, None
    edit, by = config_keys.renamed(near, name, surroundings)
    return Fix("respell-setting", f"Write {name}", by, Safety.ASK, (edit,)), texts.place_of(edit)


RULE = Rule("config-key-missing", Category.CONFIG, ("exception",), explain)
