"""The part of a Makefile that a launch by ``make TARGET`` runs: recipes and variables, with places.

Read line by line, without conditionals, includes and pattern rules (GNU make manual, "Writing Rules"
and "How to Use Variables").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from propel_helper.facts.shell import simple_commands
from propel_helper.facts.surroundings import Surroundings

_NAMES = ("GNUmakefile", "makefile", "Makefile")
_RULE = re.compile(r"^(?P<targets>[^\s:#=][^:#=]*?)\s*::?(?!=)(?P<needs>[^=#;]*)(?:;|#|$)")
_VARIABLE = re.compile(r"^(?:export\s+|override\s+)*(?P<name>[\w.-]+)\s*(?:\?|:{1,3}|\+|!)?=")
_USED = re.compile(r"\$[({](?P<name>[\w.-]+)[)}]")
_WITH_VALUE = frozenset({"-f", "--file", "--makefile", "-j", "-o", "-W", "-I", "-l"})
_ELSEWHERE = ("-C", "--directory", "-n", "--dry-run", "--just-print")


@dataclass(frozen=True)
class Recipes:
    """What ``make`` runs of a Makefile.

    Attributes:
        file: the Makefile.
        text: as long as its text, and with the same lines, but of the characters only those of the
            recipes and variables that the target needs.
        lines: the same with a single recipe line each, which make hands to a shell of its own.
    """

    file: str
    text: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class _Block:
    """Lines ``first`` to ``last`` (exclusive, from 0) of a rule or a variable."""

    first: int
    last: int
    targets: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    variable: str = ""


def recipes(surroundings: Surroundings) -> Recipes | None:
    """The recipes that the command runs through ``make``; None where it runs no Makefile here."""
    asked = _asked(surroundings.command or "")
    if asked is None:
        return None
    named, targets = asked
    tried = (named,) if named else _NAMES
    file = next((one for one in tried if surroundings.text(one) is not None), None)
    if file is None:
        return None
    rows = (surroundings.text(file) or "").splitlines(keepends=True)
    blocks = list(_blocks(rows))
    rules = [block for block in blocks if block.targets]
    default = next((one.targets[0] for one in rules if one.targets[0][0] != "."), "")
    shown = _reached(targets or (default,), rules)
    kept = {row for block in shown for row in range(block.first + 1, block.last)}
    kept |= _variables(kept, rows, blocks)
    lines = tuple(
        _only(set(group), rows)
        for block in shown
        for group in _logical(range(block.first + 1, block.last), rows)
    )
    return Recipes(file, _only(kept, rows), lines)


def _asked(command: str) -> tuple[str, tuple[str, ...]] | None:
    """The Makefile that a ``make`` of the command names ("" without), and its targets."""
    found = [
        words[next(i for i, word in enumerate(words) if word == "make") + 1 :]
        for one in simple_commands(command)
        if "make" in (words := [word.value for word in one.words])
    ]
    if len(found) != 1 or any(word.startswith(_ELSEWHERE) for word in found[0]):
        return None
    named, targets = "", []
    rest = iter(found[0])
    for word in rest:
        if word in _WITH_VALUE:
            value = next(rest, "")
            named = value if word in {"-f", "--file", "--makefile"} else named
        elif not word.startswith("-") and "=" not in word:
            targets.append(word)
    return named, tuple(targets)


def _blocks(rows: list[str]) -> Iterator[_Block]:
    at = 0
    while at < len(rows):
        first, at = at, at + 1
        while at < len(rows) and rows[at - 1].rstrip("\r\n").endswith("\\"):
            at += 1
        head = " ".join(row.rstrip("\r\n\\") for row in rows[first:at])
        variable, rule = _VARIABLE.match(head), _RULE.match(head)
        if variable is not None:
            yield _Block(first, at, variable=variable["name"])
        elif rule is not None and not head.startswith("\t"):
            while at < len(rows) and (rows[at].startswith("\t") or not rows[at].strip()):
                at += 1
                while at < len(rows) and rows[at - 1].rstrip("\r\n").endswith("\\"):
                    at += 1
            needs = tuple(rule["needs"].replace("|", " ").split())
            yield _Block(first, at, tuple(rule["targets"].split()), needs)


def _reached(targets: tuple[str, ...], rules: list[_Block]) -> list[_Block]:
    """The rules of the targets and of all that they need, in the text's order."""
    waiting, seen = list(targets), set[str]()
    while waiting:
        target = waiting.pop()
        if target in seen:
            continue
        seen.add(target)
        waiting += [need for rule in rules if target in rule.targets for need in rule.needs]
    return [rule for rule in rules if seen & set(rule.targets)]


def _variables(kept: set[int], rows: list[str], blocks: list[_Block]) -> set[int]:
    """Rows of the variables that the kept rows use, and that those use."""
    found: set[int] = set()
    waiting = [match["name"] for row in kept for match in _USED.finditer(rows[row])]
    while waiting:
        name = waiting.pop()
        for block in blocks:
            inside = range(block.first, block.last)
            if block.variable == name and block.first not in found:
                found |= set(inside)
                waiting += [match["name"] for row in inside for match in _USED.finditer(rows[row])]
    return found


def _logical(inside: range, rows: list[str]) -> Iterator[list[int]]:
    """Recipe lines with those that a backslash continues them in."""
    group: list[int] = []
    for row in inside:
        group.append(row)
        if not rows[row].rstrip("\r\n").endswith("\\"):
            yield group
            group = []


def _only(kept: set[int], rows: list[str]) -> str:
    """The text with blanks for what is not kept, and for make's signs before a recipe line.

    A line that goes on behind a backslash begins with none: ``--lr`` there is an option.
    """
    goes_on = [False, *(row.rstrip("\r\n").endswith("\\") for row in rows)]
    return "".join(
        re.sub(
            r"^\t" if goes_on[index] else r"^\t[\t @+-]*", lambda signs: " " * len(signs[0]), row
        )
        if index in kept
        else re.sub(r"[^\r\n]", " ", row)
        for index, row in enumerate(rows)
    )
