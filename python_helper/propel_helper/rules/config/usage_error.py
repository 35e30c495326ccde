"""usage-error: the program's options were not understood.

## What happened
The program's argument parser ended it before training began.

## Why it happens
An option is missing, has no value, has a value of the wrong kind or one that is not among its
choices, or is not one of the program's options at all.

## What the fix changes
The launch: a value that is one of the choices with a slip of the pen is respelt as that one (never a real
name, `bert` where there is `bart`), `1e4` for a whole number
becomes `10000`, a blank beside the `=` of a script's
assignment goes, `True` behind an option that takes no value is left out, and a path with a blank that is
there gets its quotes. A key of the config that is almost an option's name gets that name. Otherwise nothing: which
value is meant is yours to say. The usage that the program printed stands with the crash.

## Fix safety
Ask: the near choice may be another one than was meant. Safe for the others: the number stays the same,
an option without a value is on when it is given, and the quoted path is one that is there.
"""

from __future__ import annotations

import itertools
import re
import shlex
from decimal import Decimal, InvalidOperation

from propel_helper.facts.crash import Crash, CrashKind
from propel_helper.facts.finding import Category, Explanation, Fix, Safety
from propel_helper.facts.shell import Word
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import (
    Rule,
    launch_changes,
    options,
    parser_configs,
    returns,
    slip_proofs,
    torn_assignments,
    unquoted_paths,
    usage_text,
)
from propel_helper.rules.config import misspelt_option as misspelt
from propel_helper.rules.launch_text import Launch, launch_of
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line

# Hydra's and torch.distributed's have their pages.
_OTHERS = Wording(
    r"--local[-_]rank|^You must specify '|^Could not (?:override|append)|[Pp]rimary config|^In '"
    r"|full_key:|^Error (?:parsing override|locating target|in call to target|merging)"
    r"|Ambiguous value for argument|Key '.*' is not in struct|Missing mandatory value"
    r"|^error: Parser key \"|Multiple values for |Interpolation|^Config search path|LexerNoViableAlt|could not be converted"
)
# What a parser prints of all its options is no part of what it complains of.
_USAGE = Wording(r"(?mi)^\s*usage: ")
# argparse's _check_value, whose quotes went with Python 3.12, and its words for what is left over.
_CHOICE = Wording(r"invalid choice: '?(?P<given>[^'\s(]+)'? \(choose from (?P<choices>[^)]+)\)")
_LISTED = re.compile(r"[^\s,'\"]+")
_INTEGER = Wording(r"argument \S+: invalid int value: '(?P<given>[\d.]+(?:[eE]\+?\d+)?)'")
_LARGEST = 10**15
_UNRECOGNIZED = Wording(r"error: unrecognized arguments: (?P<rest>.+)")
_EXTRA = Wording(r"error: unrecognized arguments: (?P<value>[Tt]rue)$")


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim every usage error that no other page speaks of."""
    if returns.cause(crash, surroundings) is not None:
        return None
    if crash.kind is not CrashKind.USAGE and "HfArgumentParser" not in crash.message:
        return None
    error = _USAGE.split(crash.message)[0] or crash.message
    if _OTHERS.search(error) or misspelt.explain(crash, surroundings) is not None:
        return None
    torn = (
        parser_configs.explained(crash, surroundings)
        or _torn(crash, surroundings)
        or _unset(crash, surroundings)
    )
    if torn is not None:
        return torn
    said = usage_text.complaint(crash.message)
    text = "Compare the command with the usage that the program printed, and correct it."
    if crash.kind is not CrashKind.USAGE:
        text = (
            "Compare these options with the fields that the program declares, and correct them where "
            "the command is written."
        )
    step = guide("correct-the-options", "Correct the options", said.step if said else text)
    return Explanation(
        error=said.error if said else "options that the program does not understand",
        because=said.because if said else f"it said {code(first_line(crash.message))}",
        at=options.written_at(said.option, surroundings) if said else None,
        fixes=(
            _choice(crash, surroundings)
            or _integer(crash, surroundings)
            or _flag_value(crash, surroundings)
            or step,
        ),
    )


def _unset(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """A variable of the script that has no value because a blank tore its assignment apart."""
    found = torn_assignments.before(crash, surroundings)
    if found is None:
        return None
    name = found.meant.partition("=")[0]
    return Explanation(
        f"a variable without its value, {code(name)}",
        f"{code(found.written)} has a blank beside the `=`, so that the shell ran a command instead of "
        f"setting {code(name)}, and what takes it got nothing",
        found.place,
        (found.fix,),
    )


def _torn(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Arguments that are too many because a path with a blank has no quotes."""
    extra = _UNRECOGNIZED.search(crash.message.partition("\n")[0])
    found = unquoted_paths.torn(extra["rest"].split(), surroundings) if extra else None
    if found is None:
        return None
    return Explanation(
        "a path that came as several arguments",
        f"{code(found.path)} has a blank and stands without quotes, so that the shell makes several words of it",
        found.at,
        (found.quoted(),),
    )


def _choice(crash: Crash, surroundings: Surroundings) -> Fix | None:
    """The value respelt as the one of the choices that it is a slip of."""
    found = _CHOICE.search(crash.message)
    launch = launch_of(surroundings)
    if found is None or launch is None:
        return None
    choices = tuple(_LISTED.findall(found["choices"]))
    near = slip_proofs.meant_value(found["given"], choices)
    written = _written(found["given"], launch)
    if near is None or len(written) != 1:
        return None
    (word,) = written
    head = word.value.removesuffix(found["given"])
    change = (word.start, word.end, f"{head}{shlex.quote(near)}")
    by = f"writing {code(near)} for {code(found['given'])}, the one choice that is almost the same"
    steps = launch_changes.steps(launch, [change])
    return Fix("respell-choice", f"Write {near}", by, Safety.ASK, steps)


def _integer(crash: Crash, surroundings: Surroundings) -> Fix | None:
    """The very same number in digits alone, which is all that Python's ``int`` reads."""
    found = _INTEGER.search(crash.message.partition("\n")[0])
    launch = launch_of(surroundings)
    if found is None or launch is None:
        return None
    try:
        number = Decimal(found["given"])
    except InvalidOperation:
        return None
    written = _written(found["given"], launch)
    if len(written) != 1 or number != number.to_integral_value() or number > _LARGEST:
        return None
    (word,) = written
    change = (word.end - len(found["given"]), word.end, str(int(number)))
    by = f"writing {code(str(int(number)))} for {code(found['given'])}, the same number"
    steps = launch_changes.steps(launch, [change])
    return Fix("write-in-digits", f"Write {int(number)}", by, Safety.SAFE, steps)


def _written(given: str, launch: Launch) -> list[Word]:
    """The words of the launch that are an option's value, alone or behind its ``=``."""
    words = launch.words[launch.script + 1 :]
    return [word for word in words if word.value == given] + [
        word
        for word in words
        if word.value.startswith("--") and word.value.partition("=")[2] == given
    ]


def _flag_value(crash: Crash, surroundings: Surroundings) -> Fix | None:
    """The launch without the ``True`` behind an option that takes no value."""
    found = _EXTRA.search(crash.message.partition("\n")[0])
    launch = launch_of(surroundings)
    if found is None or launch is None:
        return None
    usage = crash.message.partition("\n")[2]
    words = launch.words[launch.script + 1 :]
    extra = [
        (flag, word)
        for flag, word in itertools.pairwise(words)
        if word.value == found["value"] and f"[{flag.value}]" in usage
    ]
    if len(extra) != 1:
        return None
    flag, word = extra[0]
    steps = launch_changes.steps(launch, [(flag.end, word.end, "")])
    by = f"leaving out {code(word.value)}: {code(flag.value)} takes no value and is on when given"
    return Fix("drop-flag-value", f"Leave out {word.value}", by, Safety.SAFE, steps)


RULE = Rule("usage-error", Category.CONFIG, ("usage", "ValueError"), explain)
