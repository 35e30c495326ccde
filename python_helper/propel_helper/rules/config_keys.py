"""Keys of config files with their places, and the one key that a name is a slip of.

Read line by line or sign by sign, not by a parser: a place must lead to the very characters.
YAML's block mappings, JSON, TOML and INI are known; of YAML's braces those that stand in one line, without
others inside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from propel_helper.facts.finding import Edit, Fix, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.rules import hydra_configs, slips, texts
from propel_helper.rules.slip_proofs import is_proven
from propel_helper.rules.words import code

_YAML = re.compile(
    r"^(?P<indent>[ ]*)(?P<item>(?:-[ ]+)*)(?P<quote>[\"']?)(?P<key>[\w./@-]+)(?P=quote)[ ]*:"
    r"(?:[ \t]+(?P<value>[^\s#][^#\n]*?))?[ \t\r]*(?:#[^\n]*)?$",
    re.MULTILINE,
)
_FLOW = re.compile(
    r"(?<=[{,])[ ]*(?P<quote>[\"']?)(?P<key>[\w.-]+)(?P=quote)[ ]*:[ ]+"
    r"(?P<value>\[[^\[\]{}]*\]|[^\s,{}\[\]][^,{}\[\]]*?)[ ]*(?=[,}])"
)
_TOML = re.compile(
    r"^[ \t]*(?:\[{1,2}[ \t]*(?P<section>[\w.-]+)[ \t]*\]{1,2}|(?P<quote>[\"']?)(?P<key>[\w.-]+)"
    r"(?P=quote)[ \t]*=[ \t]*(?P<value>[^#\n]*?)[ \t\r]*(?:#[^\n]*)?)$",
    re.MULTILINE,
)
# Python's configparser: `=` or `:`, comments in lines of their own, a value may go on indented.
_INI = re.compile(
    r"^(?:\[(?P<section>[^\]\n]+)\]|(?P<key>[^\s#;=:\[][^=:\n]*?)[ \t]*[=:][ \t]*(?P<value>[^\n]*?))"
    r"[ \t\r]*$",
    re.MULTILINE,
)
_JSON = re.compile(r'(?P<text>"(?:[^"\\\n]|\\.)*")|(?P<sign>[{}\[\]:,])|(?P<bare>[^\s{}\[\]:,"]+)')


@dataclass(frozen=True)
class Key:
    """A key as it is written.

    Attributes:
        file: the config file.
        path: dotted names from the config's top to this key, its own last.
        start: offset of the name's first character, behind a quote.
        value: the scalar behind it as written, with its quotes; "" without one.
        value_start: offset of ``value``; 0 without one.
    """

    file: str
    path: str
    start: int
    value: str = ""
    value_start: int = 0

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition(".")[2]

    @property
    def parent(self) -> str:
        """The path without its last part, "" at the top."""
        return self.path.rpartition(".")[0]

    @property
    def section(self) -> str:
        """The name of what it stands in, "" at the top."""
        return self.parent.rpartition(".")[2]

    @property
    def is_count(self) -> bool:
        """Whether the value is one whole number."""
        return re.fullmatch(r"[\"']?\d[\d_]*[\"']?", self.value) is not None


def keys_in(file: str, text: str, top: str = "") -> tuple[Key, ...]:
    """Every key of a config's text, in the text's order; ``top`` is where the file is put."""
    before = f"{top}." if top else ""
    if file.endswith(".json"):
        found = _json(file, text, before)
    elif file.endswith((".toml", ".ini")):
        found = _sections(file, text, before, _INI if file.endswith(".ini") else _TOML)
    else:
        found = _yaml(file, text, before)
    return tuple(found)


def _yaml(file: str, text: str, top: str) -> Iterator[Key]:
    above: list[tuple[int, str]] = []
    for match in _YAML.finditer(text):
        column = len(match["indent"]) + len(match["item"])
        while above and above[-1][0] >= column:
            above.pop()
        path = f"{above[-1][1]}.{match['key']}" if above else f"{top}{match['key']}"
        above.append((column, path))
        at = match.start("value") if match["value"] else 0
        yield Key(file, path, match.start("key"), match["value"] or "", at)
        if re.fullmatch(r"\{[^{}]*\}", match["value"] or ""):
            for inner in _FLOW.finditer(match["value"]):
                start, value = at + inner.start("key"), at + inner.start("value")
                yield Key(file, f"{path}.{inner['key']}", start, inner["value"], value)


def _sections(file: str, text: str, top: str, form: re.Pattern[str]) -> Iterator[Key]:
    section = ""
    for match in form.finditer(text):
        if match["section"]:
            section = f"{match['section']}."
            continue
        path = f"{top}{section}{match['key']}"
        yield Key(file, path, match.start("key"), match["value"], match.start("value"))


def _json(file: str, text: str, top: str) -> Iterator[Key]:
    above = [""]
    tokens = list(_JSON.finditer(text))
    name = ""
    for index, token in enumerate(tokens):
        following = tokens[index + 1][0] if index + 1 < len(tokens) else ""
        if token["sign"] in {"{", "["}:
            above.append(name or above[-1])
            name = ""
        elif token["sign"] in {"}", "]"} and len(above) > 1:
            above.pop()
            name = ""
        elif token["text"] and following == ":":
            inside = token["text"][1:-1]
            name = f"{above[-1]}.{inside}" if above[-1] else f"{top}{inside}"
            value = tokens[index + 2] if index + 2 < len(tokens) else None
            scalar = value is not None and not value["sign"]
            yield Key(
                file,
                name,
                token.start() + 1,
                value[0] if value and scalar else "",
                value.start() if value and scalar else 0,
            )
        elif token["sign"] == ",":
            name = ""


def all_keys(surroundings: Surroundings) -> tuple[Key, ...]:
    """Keys of the configs that the run reads, as far as that can be told."""
    found: list[Key] = []
    for file in texts.config_files(surroundings):
        found += keys_in(file, surroundings.text(file) or "")
    for file, top in hydra_configs.files(surroundings):
        if all(key.file != file for key in found):
            found += keys_in(file, surroundings.text(file) or "", top)
    return tuple(found)


def near_key(
    path: str, keys: tuple[Key, ...], *, anywhere: bool = False, read: bool = False
) -> Key | None:
    """The one key beside ``path`` that it is proven to be a slip of; None where ``path`` is there.

    ``read``: ``path`` is what the code asks for, so that the key may be the slip of it as well.
    """
    name = path.rpartition(".")[2]
    near = beside_key(path, keys, anywhere=anywhere)
    if near is None:
        return None
    proven = is_proven(name, near.name) or (read and is_proven(near.name, name))
    return near if proven else None


def beside_key(path: str, keys: tuple[Key, ...], *, anywhere: bool = False) -> Key | None:
    """The one key beside ``path`` of almost its name; None where ``path`` itself is there.

    ``anywhere``: ``path`` may begin further down than the config does; a bare name counts wherever
    it stands.
    """
    parent, _, name = path.rpartition(".")
    below = f".{parent}" if parent else ""
    beside = [
        key
        for key in keys
        if key.parent == parent or (anywhere and f".{key.parent}".endswith(below))
    ]
    if any(key.name == name for key in beside):
        return None
    near = slips.slip_of(name, tuple(dict.fromkeys(key.name for key in beside)))
    found = [key for key in beside if key.name == near]
    return found[0] if len(found) == 1 else None


def renamed(key: Key, name: str, surroundings: Surroundings) -> tuple[Edit, str]:
    """The edit that gives a key another name, and what it does in words for people."""
    text = surroundings.text(key.file) or ""
    edit = texts.edit_at(key.file, text, key.start, key.name, name)
    return edit, f"writing {code(name)} for {code(key.name)} in the config"


def respelt(key: Key, near: str, surroundings: Surroundings) -> Fix:
    """The fix that gives a key the name that it is a slip of; its one step is the edit."""
    edit, by = renamed(key, near, surroundings)
    return Fix("respell-key", f"Write {near}", by, Safety.ASK, (edit,))
