"""The Python that a project asks for, and whether one fits (PEP 440 version specifiers)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from propel_helper.facts.command import PythonFact
from propel_helper.facts.wording import Wording
from propel_helper.scan.toml_text import subtable, table

_REQUIRES = Wording(
    r"python_requires\s*=\s*(?:['\"]([^'\"\n]+)['\"]|([A-Za-z_]\w*)|([\d<>=!~][^\n]*))"
)
_CONDA = Wording(r"^\s*-\s*['\"]?python\s*((?:[=<>!~]+\s*[\d.*]+\s*,?\s*)+)", re.MULTILINE)
_PROSE = Wording(
    r"\bpython\s*(?:version\s*)?(>=|≥|>|==)?(\s*)(3\.\d+(?:\.\d+)?)"
    r"(?:(\+|[\s*`]*\(?(?:or|and) (?:newer|above|later|higher|greater|up)\b)"
    r"|\s*(?:-|–|to)\s*(3\.\d+))?",
    re.IGNORECASE,
)
_NO_REQUEST = Wording(
    r"\b(?:tested|developed|verified|deprecat\w+|drop(?:s|ped)?)\b"
    r"(?![^\n]*\b(?:requires?|needs?)\b)(?:[^.\n]|\.(?=\d))*$",
    re.IGNORECASE,
)
"""What stands before a version that was only tried, or is no more."""
_CLAUSE = Wording(r"(>=|<=|==|!=|~=|>|<|\^|=)?\s*(\d+(?:\.\d+)*)(\.\*)?")


def _of_prose(text: str) -> str | None:
    """The version that a document asks for, in the form of a declaration."""
    for found in _PROSE.finditer(text):
        before = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
        if _NO_REQUEST.search(before):
            continue
        sign, space, version, more, last = found.groups("")
        if more or sign == "≥":
            return f">={version}"
        return f">={version},<={last}" if last else f"{sign}{space if sign else ''}{version}"
    return None


def _declared(file: str, text: str) -> str | None:
    """The version text in one declaring file."""
    if file in (".python-version", "runtime.txt"):
        return text.strip().split("\n")[0].strip().removeprefix("python-") or None
    if file == "pyproject.toml":
        whole = table(text)
        written = subtable(whole, "project").get("requires-python")
        written = written or subtable(whole, "tool", "poetry", "dependencies").get("python")
        return written if isinstance(written, str) else None
    if file in ("setup.py", "setup.cfg"):
        found = _REQUIRES.search(text)
        if found and found.group(2):
            # A name stands there: its own value is what counts.
            found = re.search(rf"^{found.group(2)}\s*=\s*['\"]([^'\"\n]+)", text, re.MULTILINE)
        return next((one.strip() for one in found.groups() if one), None) if found else None
    if file.endswith((".yml", ".yaml")):
        found = _CONDA.search(text)
        return re.sub(r"^=+", "", re.sub(r"\s", "", found.group(1)).strip(",")) if found else None
    if file.lower().startswith("readme"):
        return _of_prose(text)
    return None


def _order(file: str) -> tuple[int, str]:
    first = ("pyproject.toml", "setup.cfg", "setup.py", ".python-version", "runtime.txt")
    readme = file.lower().startswith("readme")
    return (first.index(file) if file in first else 9 if readme else 5, file)


def python_version(texts: Mapping[str, str]) -> PythonFact:
    """The first declaration, packaging files before environment files before prose."""
    for file in sorted(texts, key=_order):
        found = _declared(file, texts[file])
        if found:
            return PythonFact(found, file)
    return PythonFact(None, None)


def fits(asked: str, version: str) -> bool:
    """Whether ``version`` (``3.11.7``) is what ``asked`` (``>=3.9,<3.12``) allows."""
    has = [int(part) for part in re.findall(r"\d+", version)[:3]]
    for found in _CLAUSE.finditer(asked):
        sign = found.group(1) or "="
        wanted = [int(part) for part in found.group(2).split(".")]
        same = has[: len(wanted)]
        fine = {
            ">=": has >= wanted,
            ">": has > wanted and same != wanted,
            "<=": has <= wanted or same == wanted,
            "<": has < wanted,
            "!=": same != wanted,
            "~=": has >= wanted and has[: len(wanted) - 1] == wanted[:-1],
            "^": has >= wanted and has[:1] == wanted[:1],
        }.get(sign, same == wanted)
        if not fine:
            return False
    return True
