"""key-that-nothing-takes: a loaded config holds a key that the code hands to something without it.

## What happened
All keys of a config (or of a part of it) were passed on as arguments (`**cfg`), and what was called has
no argument of one of these names.

## Why it happens
The key is misspelt, it belongs to another section, or it is of another version of the code.

## What the fix changes
Where exactly one key of the config has that name, and Python or the source of what is called names the
one argument that it is a slip of: the key. A plural or a singular is another word, unless all other arguments
have their keys and the value is of the argument's type, or a number in the singular (`epoch: 3`) stands beside
a key that is taken. Never where the value can't be of the type that the argument's annotation says. Of
PyTorch's optimizers and schedulers, and of its data loader, the arguments are known. Otherwise nothing.

## Fix safety
Ask: the key may be meant for something else.
"""

from __future__ import annotations

import ast
import re

from propel_helper.facts.crash import Crash, Frame
from propel_helper.facts.finding import Category, Explanation, Fix, Place
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import (
    Rule,
    called_parameters,
    config_keys,
    library_parameters,
    own,
    slip_proofs,
    texts,
    usage_text,
    value_types,
)
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code

# CPython's ceval, 3.8 to 3.14; the suggestion came with 3.13.
_WORDS = Wording(
    r"(?:(?P<called>[\w.]+)\(\) )?got an unexpected keyword argument '(?P<name>\w+)'"
    r"(?:\. Did you mean '(?P<near>\w+)'\?)?"
)
_CALL = Wording(r"(?P<called>\w+)\(\*\*")
# What people call a loaded config, handed on as a whole or one section of it; or what takes it.
_HANDED_ON = Wording(
    r"\*\*\s*(?:self\.)?\w*(?:config|cfg|conf|hparams|hyp|settings|yaml|hyperparameters)\w*"
    r"(?:\.\w+|\[[^\]]*\]|\([^()]*\))*\s*[,)]"
    r"|\*\*\s*(?:json|tomli|tomllib|toml|yaml)\.\w*load"
    r"|\w*(?:Config|Cfg|Settings|Options|Params|Arguments|Args)\(\s*\*\*",
    re.IGNORECASE,
)

_Taken = dict[str, ast.expr | None]
"""Names of arguments, each with the type that the source gives it."""


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim a key that came out of a config, where the person's own line hands it on."""
    found = _WORDS.search(crash.message)
    frame = own.deepest(crash, surroundings)
    if found is None or frame is None or crash.frames[-1] != frame:
        return None
    name = found["name"]
    line = frame.code or ""
    if re.search(rf"\b{name}\s*=", line):
        return None
    if _HANDED_ON.search(line) is None and not _only_in_config(name, line, crash, surroundings):
        return None
    taken = _taken(found["called"], frame, surroundings)
    near = _near(name, found["near"], taken, surroundings)
    fix, at = _respelt(name, near, surroundings)
    takes = usage_text.listed(usage_text.nearest(name, tuple(taken)))
    takes = f"{_called(found['called'])} takes {takes}. " if taken else ""
    step = guide(
        "correct-the-key",
        "Correct the key",
        f"{takes[:1].upper() + takes[1:]}Compare {code(name)} in the config with the arguments of what is "
        "called there, and correct its name or move it to the section that it belongs to.",
    )
    return Explanation(
        f"a config key that nothing takes, {code(name)}",
        f"the config is handed on as arguments, and {_called(found['called'])} has no {code(name)}",
        at or texts.place_in_configs(name, surroundings),
        (fix, step) if fix else (step,),
    )


def _near(
    name: str, suggested: str | None, taken: _Taken, surroundings: Surroundings
) -> str | None:
    """The argument that the key surely is: one that it is a slip of, as Python too says if it does.

    The plural or the singular of it only where every other argument has its key and its type is the value's
    (``head: mean`` is not ``heads: int``), or for one number in the singular (``epoch: 3``) beside a key
    that is taken.
    """
    keys = config_keys.all_keys(surroundings)
    written = [key for key in keys if key.name == name]
    near = slip_proofs.meant_name(name, (suggested,) if suggested else taken)
    plural = None if near else slip_proofs.plural_of(name, taken)
    near = near or plural
    fits = [value_types.can_have(taken.get(near or ""), key) for key in written]
    if near is None or False in fits:
        return None
    if plural is None:
        return near
    filled = {key.name for key in keys if key.parent in {one.parent for one in written}}
    if set(taken) - filled == {near} and fits and all(fits):
        return near
    counts = len(near) > len(name) and all(key.is_count for key in written)
    return near if counts and filled & set(taken) else None


def _called(called: str | None) -> str:
    """What was called, by the name that a person knows it by."""
    name = (called or "").removesuffix(".__init__")
    return "what is called" if name in {"", "__init__"} else code(name)


def _only_in_config(name: str, line: str, crash: Crash, surroundings: Surroundings) -> bool:
    """Whether the line hands a mapping on, one config has that key, and no code of its way writes it."""
    own_code = [
        surroundings.text(one.file) for one in crash.frames if surroundings.is_own(one.file)
    ]
    if "**" not in line or any(re.search(rf"\b{name}\b", text or "") for text in own_code):
        return False
    return sum(key.name == name for key in config_keys.all_keys(surroundings)) == 1


def _taken(called: str | None, frame: Frame, surroundings: Surroundings) -> _Taken:
    """Names of the parameters of what is called, with their types as far as they are known."""
    if called in {None, "__init__"}:  # before Python 3.10 without the class
        call = _CALL.search(frame.code or "")
        called = call["called"] if call else None
    taken = called_parameters.typed(called, frame.file, surroundings) if called else {}
    return taken or dict.fromkeys(library_parameters.parameters(called or ""))


def _respelt(
    name: str, near: str | None, surroundings: Surroundings
) -> tuple[Fix | None, Place | None]:
    keys = config_keys.all_keys(surroundings) if near else ()
    found = [key for key in keys if key.name == name]
    if near is None or len(found) != 1:
        return None, None
    if any(key.path == f"{found[0].parent}.{near}".lstrip(".") for key in keys):
        return None, None
    fix = config_keys.respelt(found[0], near, surroundings)
    return fix, texts.place_of(fix.steps[0])


RULE = Rule("key-that-nothing-takes", Category.CONFIG, ("TypeError",), explain)
