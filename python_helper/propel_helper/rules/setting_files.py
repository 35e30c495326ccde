"""Whether a JSON file holds settings: data, vocabularies and results are JSON as well."""

from __future__ import annotations

import re

from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import config_keys, setting_names

_CALLED = Wording(
    r"(?:^|[_.-])(?:config(?:uration)?|cfg|conf|h?params|hyper_?params|hyperparameters|parameters|hyp"
    r"|settings|args|opts?|options)s?(?:[_.-]|$)",
    re.IGNORECASE,
)
_FOLDERS = frozenset({"conf", "configs", "config", "cfg", "cfgs", "hparams", "settings"})
# What a run writes has the names of its settings in it, and is no place to correct them.
_WRITTEN = Wording(
    r"result|metric|histor|state|stat|log|score|summar|progress|report|output|eval|checkpoint"
    r"|index|vocab|token|label|class|annotation|dataset|data|split|meta",
    re.IGNORECASE,
)
_ENOUGH = 2
"""Well-known settings that a file without such a name must have, the one asked for among them."""


def holds(file: str, asked: str, surroundings: Surroundings) -> bool:
    """Whether ``file`` is a config by its name, its folder or the settings at its top.

    ``asked``: the key that the code asks it for.
    """
    folder, _, name = file.rpartition("/")
    stem = name.removesuffix(".json")
    if _CALLED.search(stem):
        return True
    if _WRITTEN.search(stem):
        return False
    if folder.rpartition("/")[2] in _FOLDERS:
        return True
    keys = config_keys.keys_in(file, surroundings.text(file) or "")
    names = {key.path for key in keys} | {asked}
    return len([one for one in names if setting_names.is_known(one)]) >= _ENOUGH
