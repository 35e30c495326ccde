"""What an argument parser complains of, as a cause in words for people."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from propel_helper.facts.wording import Wording
from propel_helper.rules import options
from propel_helper.rules.words import code

_MOST = 8
"""Names that a sentence lists."""
# argparse's own words, with and without the quotes that went with Python 3.12; click's exceptions.
_UNKNOWN = Wording(
    r"error: unrecognized arguments: (?P<rest>.+)|[Nn]o such option:? '?(?P<click>--?[\w-]+)"
)
_REQUIRED = Wording(
    r"error: the following arguments are required: (?P<rest>.+)|Missing (?:option|argument) '(?P<click>[^']+)'"
)
_CHOICE = Wording(
    r"argument (?P<option>\S+): invalid choice: '?(?P<given>[^'\s(]*)'? \(choose from (?P<choices>[^)]+)\)"
    r"|Invalid value for '(?P<click>[^']+)': '(?P<value>[^']*)' is not one of (?P<listed>.+?)\.?$"
)
_KIND = Wording(r"argument (?P<option>\S+): invalid (?P<kind>\w+) value: '(?P<given>.*)'$")
_VALUE = Wording(r"argument (?P<option>\S+): expected (?P<count>one|at least one|\d+) arguments?$")
_LISTED = re.compile(r"[^\s,'\"]+")


@dataclass(frozen=True)
class Complaint:
    """What was not understood: ``error`` and ``because`` as a finding has them, and what to do.

    ``option``: the one that it is about, "" where it is about what is not there.
    """

    error: str
    because: str
    step: str
    option: str = ""


def complaint(message: str) -> Complaint | None:
    """The complaint of a usage error, whose first line is the parser's and whose rest is its usage."""
    first, _, usage = message.partition("\n")
    for read in (_unknown, _choice, _required, _kind, _value):
        found = read(first, options.options_in(usage))
        if found is not None:
            return found
    return None


def listed(names: Iterable[str]) -> str:
    """Names in a sentence, no more than it can hold."""
    every = [code(name) for name in names]
    more = ", …" if len(every) > _MOST else ""
    return ", ".join(every[:_MOST]) + more


def nearest(name: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Those of ``names`` that look like ``name``; all of them where none does."""
    return tuple(difflib.get_close_matches(name, names, n=3, cutoff=0.6)) or names


def _unknown(first: str, known: tuple[str, ...]) -> Complaint | None:
    found = _UNKNOWN.search(first)
    if found is None:
        return None
    rest = found["rest"] or found["click"]
    given = options.options_in(rest)
    if not given:
        because = f"no option or place of it takes {listed(rest.split())}"
        step = f"Leave out {listed(rest.split())}, or write the option that takes it in front."
        return Complaint("an argument that the program does not take", because, step)
    error = "an option that the program does not have"
    if len(given) > 1:
        error = "options that the program does not have"
    because = f"none of its options is called {listed(given)}"
    near = tuple(dict.fromkeys(one for name in given for one in nearest(name, known)))
    has = f"Its options are {listed(known)}. "
    if near != known:
        has = f"It has {listed(near)}, which may be meant or not. "
    step = (
        f"{has if known else ''}Correct the option where the command is written, or leave it out if the "
        "program does without."
    )
    return Complaint(error, because, step, given[0])


def _choice(first: str, _known: tuple[str, ...]) -> Complaint | None:
    found = _CHOICE.search(first)
    if found is None:
        return None
    option = found["option"] or found["click"]
    given = found["given"] if found["option"] else found["value"]
    choices = _LISTED.findall(found["choices"] or found["listed"])
    because = f"{code(given)} is none of its choices, {listed(choices)}"
    step = f"Give {code(option)} one of {listed(choices)}, where the command is written."
    error = f"a value that {code(option)} does not take"
    return Complaint(error, because, step, _long(option))


def _required(first: str, _known: tuple[str, ...]) -> Complaint | None:
    found = _REQUIRED.search(first)
    if found is None:
        return None
    names = [name.strip() for name in (found["rest"] or found["click"]).split(",")]
    because = f"the program can't start without {listed(names)}, and the command has none"
    step = f"Add {listed(names)} to the command, with the value that you mean."
    return Complaint("a required argument that was not given", because, step)


def _kind(first: str, _known: tuple[str, ...]) -> Complaint | None:
    found = _KIND.search(first)
    if found is None:
        return None
    because = f"{code(found['given'])} can't be read as {code(found['kind'])}"
    step = f"Give {code(found['option'])} a value that {code(found['kind'])} reads, where the command is written."
    error = f"a value that {code(found['option'])} does not take"
    return Complaint(error, because, step, _long(found["option"]))


def _value(first: str, _known: tuple[str, ...]) -> Complaint | None:
    found = _VALUE.search(first)
    if found is None:
        return None
    count = "one value" if found["count"] == "one" else f"{found['count']} values"
    because = f"{code(found['option'])} wants {count}, and no such thing stands behind it"
    step = f"Write the value behind {code(found['option'])}; one that begins with `-` is joined by `=`."
    return Complaint("an option without its value", because, step, _long(found["option"]))


def _long(option: str) -> str:
    """The long one of argparse's ``-d/--data``."""
    return option.rpartition("/")[2]
