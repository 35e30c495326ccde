"""word-read-as-boolean: a word of a YAML config was read as true or false.

## What happened
Something was looked up by `True` or `False`, and the code's own table has a word there.

## Why it happens
PyYAML reads YAML 1.1, in which `no`, `off`, `yes` and `on` without quotes are false and true: the language
code of Norwegian is the well-known one.

## What the fix changes
The one such word of the configs that the code itself has as a text gets its quotes.

## Fix safety
Ask: the word may stand there for true or false as well.
"""

from __future__ import annotations

import ast
import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation, Fix, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, config_keys, own_modules, texts
from propel_helper.rules.words import code

_KEY = Wording(r"^(?P<value>True|False)$")
# PyYAML's resolver for booleans, without true and false themselves; keys, values and items.
_WORD = re.compile(
    r"(?im)(?:^[ ]*|: +|- +|[\[{,] *)(?P<word>no|off|yes|on)(?=[ ]*(?:[,\]}:#]|$))(?!:[^\s])"
)
_FALSE = frozenset({"no", "off"})


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim a table of the code that was asked for a boolean and has the word that became it."""
    found = _KEY.match(crash.message.strip())
    if found is None or not crash.frames or not surroundings.is_own(crash.frames[-1].file):
        return None
    wanted = found["value"] == "False"
    texts_in_code = _texts(crash, surroundings)
    words = [
        (file, text, match)
        for file, text in _configs(surroundings)
        for match in _WORD.finditer(text)
        if (match["word"].lower() in _FALSE) == wanted and match["word"] in texts_in_code
        if "#" not in text[text.rfind("\n", 0, match.start("word")) + 1 : match.start("word")]
    ]
    if len(words) != 1:
        return None
    file, text, match = words[0]
    edit = texts.edit_at(file, text, match.start("word"), match["word"], f'"{match["word"]}"')
    by = f"writing {code(edit.new_text)}, in quotes"
    at = texts.place_of(edit)
    return Explanation(
        "a word that was read as a boolean",
        f"{code(match['word'])} in {file}:{edit.line} stands without quotes, which YAML reads as "
        f"{found['value'].lower()}, and the code knows it as a text",
        at,
        (Fix("quote-the-word", f"Write {edit.new_text}", by, Safety.ASK, (edit,)),),
    )


def _configs(surroundings: Surroundings) -> list[tuple[str, str]]:
    files = dict.fromkeys(
        (
            *texts.config_files(surroundings),
            *(key.file for key in config_keys.all_keys(surroundings)),
        )
    )
    return [
        (file, text)
        for file in files
        if file.endswith((".yaml", ".yml")) and (text := surroundings.text(file))
    ]


def _texts(crash: Crash, surroundings: Surroundings) -> set[str]:
    """Every text that the code of the stack has."""
    return {
        node.value
        for tree in own_modules.reached(crash, surroundings).values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


RULE = Rule("word-read-as-boolean", Category.CONFIG, ("KeyError",), explain)
