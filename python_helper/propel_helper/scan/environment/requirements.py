"""Distributions that a project asks for, with the versions it asks for (PEP 508, conda's specs)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from propel_helper.facts.wording import Wording
from propel_helper.scan.toml_text import subtable, table

_LISTED = Wording(r"^(?:requirements|reqs?)[\w.-]*\.(?:txt|in)$", re.IGNORECASE)
_CONDA = Wording(r"^[\w.-]*(?:env|conda)[\w.-]*\.ya?ml$", re.IGNORECASE)
_NAMES = frozenset(
    "pyproject.toml setup.py setup.cfg .python-version runtime.txt Pipfile pixi.toml".split()
)
_ONE = Wording(
    r"^([A-Za-z][\w.-]*)\s*(?:\[[^\]]*\])?\s*((?:(?:[=<>!~]=?=?|\^)\s*[\w.*+!-]+\s*,?\s*)*)"
)
_CONDA_LINE = Wording(
    r"^\s*-\s*['\"]?(?:[\w.-]+::)?([A-Za-z][\w.-]*.*?)['\"]?\s*(?:#.*)?$", re.MULTILINE
)
_QUOTED = Wording(
    r"['\"]([A-Za-z][\w.-]*(?:\[[^\]'\"]*\])?\s*(?:[=<>!~]=?=?[^'\"\n;]*)?)(?:;[^'\"\n]*)?['\"]"
)
_SAME = {"pytorch": "torch", "tensorflow-gpu": "tensorflow", "pytorch-gpu": "torch", "jaxlib": "jax",
         "tensorboardx": "tensorboard", "comet": "comet-ml", "pytorch-lightning": "pytorch-lightning",
         "neptune-client": "neptune", "tf-nightly": "tensorflow"}  # fmt: skip


def declares(path: str) -> bool:
    """Whether the file at ``path`` declares what a project needs."""
    folder, _, name = path.rpartition("/")
    if folder == "requirements":
        return name.endswith((".txt", ".in"))
    return not folder and (name in _NAMES or bool(_LISTED.match(name) or _CONDA.match(name)))


def known_as(name: str) -> str:
    """The distribution's normalised name (PEP 503), the usual one where it has several."""
    plain = re.sub(r"[-_.]+", "-", name).lower()
    return _SAME.get(plain, plain)


def _one(text: str) -> tuple[str, str | None] | None:
    found = _ONE.match(text.strip())
    if found is None:
        return None
    return known_as(found.group(1)), found.group(2).replace(" ", "").strip(",") or None


def _poetry(whole: dict[str, object]) -> Iterator[str]:
    groups = subtable(whole, "tool", "poetry", "group").values()
    tables = [subtable(whole, "tool", "poetry", "dependencies"), subtable(whole, "dependencies")]
    for listed in [*tables, *(subtable(group, "dependencies") for group in groups)]:
        for name, version in listed.items():
            text = version.get("version", "") if isinstance(version, dict) else version
            plain = str(text) if str(text) not in ("*", "") else ""
            yield name + (plain if plain[:1] in "<>=~^!" else f"=={plain}" if plain else "")


def _pyproject(text: str) -> Iterator[str]:
    whole = table(text)
    project = subtable(whole, "project")
    lists = [project.get("dependencies"), *subtable(project, "optional-dependencies").values()]
    lists += subtable(whole, "dependency-groups").values()
    for listed in lists:
        if isinstance(listed, list):
            yield from (one for one in listed if isinstance(one, str))
    yield from _poetry(whole)


def _texts(file: str, text: str) -> Iterator[str]:
    name = file.rpartition("/")[2]
    if name in ("pyproject.toml", "pixi.toml"):
        yield from _pyproject(text)
    elif name in ("setup.py", "setup.cfg"):
        yield from (found.group(1) for found in _QUOTED.finditer(text))
        if name == "setup.cfg":
            yield from text.splitlines()
    elif name.endswith((".yml", ".yaml")):
        yield from (found.group(1) for found in _CONDA_LINE.finditer(text))
    elif name.endswith((".txt", ".in")) or name == "Pipfile":
        yield from text.splitlines()


def required(texts: Mapping[str, str]) -> dict[str, str | None]:
    """Distribution -> version text, the first that names one; from file name -> text."""
    found: dict[str, str | None] = {}
    for file, text in texts.items():
        for written in _texts(file, text):
            one = _one(written)
            if one is not None:
                found[one[0]] = found.get(one[0]) or one[1]
    return found
