"""How a line of code names the settings that a run was given."""

from __future__ import annotations

import re

from propel_helper.facts.wording import Wording

WORDS = r"(?:config|cfg|conf(?!us)|opts?(?!im)|options|params|hparams|hyp|settings|args|yaml|hyperparameters)"
"""What people call the thing that a config, or the command line, was loaded into."""
NAME = rf"\b(?:self\.)?\w*{WORDS}\w*"
"""A name with such a word in it."""
_STEP = r"(?:\.\w+|\[[^\[\]]*\]|\.get\([^()]*\))"
_CALLED = r"\((?:[^()]|\([^()]*\))*\)"
"""What a call is given, so that what follows it is the result: ``load(state["x"])`` indexes no ``load``."""
# The file that reads the settings, by the names that people give it.
_FILE = Wording(
    r"(?:^|[/\\])(?:\w+_)?(?:configs?|cfg|settings|hparams|hyperparameters)(?:_\w+)?\.py$"
)
_VALUE = re.compile(rf"{NAME}{_STEP}+", re.IGNORECASE)


def reads_entry(code: str, key: str) -> bool:
    """Whether ``code`` indexes settings by ``key``, and nothing else by it."""
    indexed = rf"{NAME}(?:[^,=\s()]|{_CALLED}){{0,60}}\[['\"]{re.escape(key)}['\"]\]"
    return re.search(indexed, code, re.IGNORECASE) is not None


def reads_named_entry(code: str, key: str) -> bool:
    """Whether ``code`` indexes settings by a variable, so that ``key`` is what that held."""
    indexed = rf"{NAME}{_STEP}*\[[A-Za-z_][\w.]*\]"
    return key not in code and re.search(indexed, code, re.IGNORECASE) is not None


def reads_attribute(code: str, name: str) -> bool:
    """Whether ``code`` takes the attribute ``name`` of settings."""
    taken = rf"{NAME}(?:{_STEP}|\([^()]*\))*\.{re.escape(name)}\b"
    return re.search(taken, code, re.IGNORECASE) is not None


def looks_up_value(code: str) -> bool:
    """Whether ``code`` looks a setting's value up in a table of its own."""
    return re.search(rf"\w\[\s*{_VALUE.pattern}\s*\]", code, re.IGNORECASE) is not None


def names_value(code: str) -> bool:
    """Whether ``code`` names a setting's value."""
    return _VALUE.search(code) is not None


def is_settings_file(file: str) -> bool:
    """Whether a file is, by its name, the one that reads the settings."""
    return _FILE.search(file) is not None
