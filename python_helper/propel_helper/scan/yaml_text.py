"""YAML texts as their keys with values and places; nothing is constructed, tags are left alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

_DEEPEST = 8


@dataclass(frozen=True)
class Leaf:
    """A key whose value is no mapping: dotted key, value as text, type, line from 1."""

    key: str
    value: str
    type: str
    line: int


_TYPES = {
    "tag:yaml.org,2002:int": "int",
    "tag:yaml.org,2002:float": "float",
    "tag:yaml.org,2002:bool": "bool",
    "tag:yaml.org,2002:str": "str",
    "tag:yaml.org,2002:null": "",
}


def _root(text: str) -> yaml.Node | None:
    """The first document; None when it isn't valid YAML or is empty."""
    try:
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None


def _leaves(node: yaml.Node, prefix: str, depth: int) -> Iterator[Leaf]:
    if not isinstance(node, yaml.MappingNode) or depth > _DEEPEST:
        return
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            continue
        name, line = prefix + key.value, key.start_mark.line + 1
        if isinstance(value, yaml.MappingNode) and value.value:
            yield from _leaves(value, f"{name}.", depth + 1)
        elif isinstance(value, yaml.ScalarNode):
            kind = _TYPES.get(value.tag, "str")
            yield Leaf(name, value.value, kind, line)
        elif isinstance(value, yaml.SequenceNode):
            parts = [one.value for one in value.value if isinstance(one, yaml.ScalarNode)]
            yield Leaf(name, f"[{','.join(parts)}]"[:80], "list", line)


def leaves(text: str) -> tuple[Leaf, ...]:
    """Every key that holds a value, nested ones dotted; empty for anything but a mapping."""
    root = _root(text)
    return tuple(_leaves(root, "", 0)) if root is not None else ()


def entries(text: str, key: str) -> tuple[tuple[str, str], ...]:
    """The list at the top-level ``key``: texts as ("", text), one-key mappings as (key, value)."""
    root = _root(text)
    found: list[tuple[str, str]] = []
    for name, value in root.value if isinstance(root, yaml.MappingNode) else ():
        if name.value != key or not isinstance(value, yaml.SequenceNode):
            continue
        for one in value.value:
            if isinstance(one, yaml.ScalarNode):
                found.append(("", one.value))
            elif isinstance(one, yaml.MappingNode) and one.value:
                left, right = one.value[0]
                if isinstance(right, yaml.ScalarNode):
                    found.append((str(left.value), right.value))
    return tuple(found)


def texts_at(text: str, top: str) -> Iterator[tuple[tuple[str, ...], str, int]]:
    """Texts two keys below ``top`` at most: their keys, text and line; a list's are joined by lines.

    Of a list's mappings the text at ``cmd`` counts.
    """
    root = _root(text)
    found = _pairs(root).get(top)
    for name, one in _pairs(found[1] if found else None).items():
        for keys, node in [
            ((name,), one[1]),
            *(((name, k), n) for k, (_, n) in _pairs(one[1]).items()),
        ]:
            said = _text_of(node)
            if said:
                yield keys, said, one[0]


def _pairs(node: yaml.Node | None) -> dict[str, tuple[int, yaml.Node]]:
    """The keys of a mapping with their lines and values."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return {
        key.value: (key.start_mark.line + 1, value)
        for key, value in pairs
        if isinstance(key, yaml.ScalarNode)
    }


def _text_of(node: yaml.Node) -> str:
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if isinstance(node, yaml.SequenceNode):
        parts = [_pairs(one)["cmd"][1] if "cmd" in _pairs(one) else one for one in node.value]
        return "\n".join(part.value for part in parts if isinstance(part, yaml.ScalarNode))
    return ""
