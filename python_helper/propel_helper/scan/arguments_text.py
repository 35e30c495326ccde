"""What the arguments of a command say about it: a sub-command, a mode, a config's name."""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from itertools import zip_longest

from propel_helper.facts.wording import Wording
from propel_helper.scan.vocabulary import ACTION, TOKENS, VERB, words

_OTHER = (
    r"eval\w*|test\w*|infer\w*|predict\w*|sample\w*|generat\w*|val|validat\w*|export|visuali\w+|demo"
    r"|render|bench\w*|dry[_-]?run|pre_?process\w*|prepar\w+|download\w*|convert\w*|plot"
)
_FLAG = Wording(
    r"^--?(?:(?:run|do|only|just|is)[_-])?(?:eval|evaluate|evaluation|test|inference|infer|"
    r"validate|visualize)(?:[_-]only)?(?:=(?P<value>\S*))?$|^--(?:no|skip)[_-]train(?:ing)?$",
    re.IGNORECASE,
)
_PRINTS = Wording(
    r"^--?(?:help[\w-]*|(?:print|show|dump|list)[-_](?:all[-_])?(?:configs?|cfg|args|options|params|models?"
    r"|tasks?|datasets?|commands?|defaults|compatibility)|\w+[-_]compatibility|\w+[-_]help"
    r"|(?:write|init|create|save)[-_](?:config[-_])?template|generate[-_]config)(?:=\S*)?$"
)
"""Flags with which a program prints or writes what it could be told, and ends."""
_BARE_FLAG = Wording(
    r"^--?(?:h|help|version|demo|predict|generate|sample|export|benchmark|dry[_-]run[_-]only"
    r"|force[_-]gta|(?:extract|dump|write)[_-](?:features?|feats?|embeddings?)"
    r"|(?:val|valid|validation|watch|play|render|record|predict)[_-]only)$"
)
_SHOWING = Wording(r"^--?(?:val|valid|validation|watch|play|enjoy|render)$")
"""Flags with which most scripts train no more, and some train and show it afterwards."""
_DATA = Wording(r"\.(?:csv|tsv|jsonl?|txt|pkl|npz?|h5|hdf5|parquet|arrow|lmdb|tfrecord)$")
_MODE = Wording(r"^--?(?:run[_-])?(?:mode|phase|stage|action|job|command|cmd)$", re.IGNORECASE)
_MODE_VALUE = Wording(rf"^(?:{_OTHER})$", re.IGNORECASE)
_ASSIGNED = Wording(
    rf"^(?:--?)?(?:\w+\.)*(?:(?:run_)?(?:mode|phase|stage|action|job)=(?:{_OTHER})"
    r"|(?:eval|test|eval_only|test_only|evaluate|inference)=true|(?:do_)?train(?:ing)?=(?:0|false))$",
    re.IGNORECASE,
)
_KEY = Wording(
    r"^(?:\w+\.)+(?:eval|evaluate|evaluation|eval_only|test_only|inference|inference_only)$",
    re.IGNORECASE,
)
"""Keys that yacs and its like take as words of their own: ``test.evaluate True``."""
_ON = Wording(r"^(?:true|1|yes|on)$", re.IGNORECASE)
_USED_ON = Wording(
    r"^--?(?:infer|inference|predict|prediction)[-_](?:input|output|text|source|src)\w*(?:=\S+)?$",
    re.IGNORECASE,
)
"""Options that name what a trained model is to be used on."""
_OFF = Wording(r"^(?:false|0|no|none|off)$", re.IGNORECASE)
_TRAINS = Wording(
    r"^--?(?:(?:do|is|run)[_-])?train(?:ing)?(?:=(?:true|1))?$|^(?:\S*[=.])?(?:mode|phase)=train\w*$",
    re.IGNORECASE,
)
_LEARNS = Wording(
    r"^(?:-{0,2}|\S*\.)(?:(?:base_|peak_|max_)?learning[-_]rate|lr|weight[-_]decay|epochs"
    r"|(?:num|max|n|train)[-_](?:train[-_])?(?:epochs?|iters)|num[-_]train[-_]steps|warmup[-_]\w+"
    r"|(?:per[-_]device[-_])?train[-_]batch[-_]size|gradient[-_]accumulation\w*)(?:=\S+)?$",
    re.IGNORECASE,
)
"""Options that only a training has."""
_VERB_OTHER = Wording(
    r"^(?:eval\w*|test|infer\w*|predict|generate|export|chat|api|serve|download|preprocess\w*|"
    r"prepare\w*|merge\w*|quantize|convert|webui|webchat|version|help|env|fetch\w*|bench\w*|validate|"
    r"sample|demo|visuali[sz]e|install|setup|init|list|ls|show|plot|deploy|push|pull|build|cp|"
    r"vllm\w*|delinearize\w*|config\w*|cloud|"
    r"enjoy|play|record|watch|test[-_](?:policy|agent|model))$",
    re.IGNORECASE,
)
_STAGE = Wording(r"^(?:\S*/)?(?:evaluat|generat)\w+[./=](?!every=)", re.IGNORECASE)
"""Overrides of what an experiment evaluates or generates, other than how often."""
_CONFIG = Wording(r"\.(?:ya?ml|json|toml|py|gin|cfg|ini|jsonnet)(?::\S*)?$")
_CONFIG_OTHER = frozenset(
    "eval evaluate evaluation inference infer predict generate sample export merge benchmark".split()
)


def _says_other(word: str, following: str, trains: bool) -> bool:
    flag = _FLAG.match(word)
    value = (flag.group("value") if flag else "") or following
    if flag and not _OFF.match(value) and not _DATA.search(value):
        return not trains
    if _BARE_FLAG.match(word) and (not following or following.startswith("-")):
        return True
    if _PRINTS.match(word) and following[:1] in ("", "-", ">", "|"):
        return True
    if word in ("--cfg", "-c") and following in ("job", "hydra", "all"):
        return True
    if _MODE.match(word) and _MODE_VALUE.match(following):
        return True
    if _KEY.match(word) and _ON.match(following):
        return True
    return bool(_ASSIGNED.match(word)) and not trains


def _other_config(word: str) -> bool:
    if not _CONFIG.search(word) or "data" in word:
        return False
    parts = words(posixpath.splitext(word.rpartition("=")[2])[0])
    trains = any(part.startswith(("train", "finetun", "pretrain")) for part in parts)
    return not trains and any(part in _CONFIG_OTHER for part in parts)


def _inner_verb_other(arguments: tuple[str, ...]) -> bool:
    """Whether a command in a group does something else: ``utils create_records``."""
    group, inner, *_ = (*arguments, "", "")
    plain = group.isidentifier() and inner.isidentifier() and not VERB.match(group)
    return plain and "_" in inner and not ACTION.isdisjoint(words(inner)[:1])


@lru_cache(8192)
def of_arguments(arguments: tuple[str, ...]) -> tuple[float, str]:
    """Evidence in ``arguments``, and the sub-command that trains ("" without one)."""
    score = 0.0
    pairs = tuple(zip_longest(arguments, arguments[1:], fillvalue=""))
    told = [following for word, following in pairs if _TRAINS.match(word)]
    trains = any(not _OFF.match(following) for following in told)
    if told and not trains:
        score -= 9.0
    for word, following in pairs:
        if _says_other(word, following, trains) or _other_config(word):
            score -= 9.0
    if not (trains or learns(arguments)) and any(map(_USED_ON.match, arguments)):
        score -= 9.0
    shows = any(_SHOWING.match(word) and following[:1] in ("", "-") for word, following in pairs)
    if trains:
        score += 1.0
    elif shows and not learns(arguments):
        score -= 4.0
    if not arguments:
        return score, ""
    verb = arguments[0]
    tokens = verb.isidentifier() and not TOKENS.isdisjoint(words(verb))
    if tokens or _VERB_OTHER.match(verb) or _inner_verb_other(arguments):
        return score - 9.0, ""
    return (score + 2.0, verb) if VERB.match(verb) else (score, "")


@lru_cache(8192)
def learns(arguments: tuple[str, ...]) -> bool:
    """Whether an option is among ``arguments`` that only a training has."""
    return any(_LEARNS.match(word) for word in arguments)


def of_stages(arguments: tuple[str, ...]) -> float:
    """Evidence in the overrides of an experiment: those of other stages than the training."""
    return -1.5 if any(_STAGE.match(word) for word in arguments) else 0.0
