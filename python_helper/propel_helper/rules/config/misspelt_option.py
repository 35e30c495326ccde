"""misspelt-option: an option of the command line is spelt in a way the program doesn't know.

## What happened
The program's argument parser ended it before training began: an option that was given is not one
of those it declares, and one that it declares is spelt almost the same.

## Why it happens
A slip of the finger, `-` for `_`, one dash or a printed one (`—lr`) for two, or an option that was renamed
since the command was written.
When the misspelt option is a required one, argparse only says that the right one is missing.

## What the fix changes
The option's name in the launch command, or in the shell script or Makefile recipe that the command
runs. Its value and everything else stay as they are.

## Fix safety
Safe where letters changed places, were doubled or left out inside a word: the option takes the value
that it was given. Ask where another letter stands in its place. A word that settings really have (`--decay`
where there is `--delay`), or one with an `s` more or less, may be another option and is left alone. It is
offered only when exactly one declared option is close to the misspelt one and the misspelt one stands in
the text exactly once.
"""

from __future__ import annotations

import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation, Fix, GuideStep, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, launch_changes, options, returns
from propel_helper.rules.launch_text import launch_of
from propel_helper.rules.words import code

# argparse.ArgumentParser.parse_args and .error; click.NoSuchOption.format_message.
_UNKNOWN = Wording(r"error: unrecognized arguments: (?P<rest>.+)")
_CLICK = Wording(r"[Nn]o such option:? '?(?P<rest>--?[\w-]+)'?")
# tyro and absl.flags._exceptions.UnrecognizedFlagError.
_TYRO = Wording(r"^Unrecognized options?: (?P<rest>.+)")
_ABSL = Wording(r"Unknown command line flag '(?P<flag>[\w-]+)'\. Did you mean: (?P<near>[\w-]+)")
_OFFERED = Wording(r"(?:Did you mean|Possible options:|Perhaps you meant:)")
_REQUIRED = Wording(r"error: the following arguments are required: (?P<rest>.+)")
_ARGPARSE = Wording(
    r"error: (?:unrecognized arguments|the following arguments are required|argument )"
)
_DASHED = Wording(r"(?!--)(?P<dash>[\u2012-\u2015\u2212-]{1,2})(?P<name>[A-Za-z][\w-]+)")


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim unknown options, and required ones that stand misspelt in the command."""
    if returns.cause(crash, surroundings) is not None:
        return None
    first = crash.message.partition("\n")[0]
    offered = _OFFERED.split(first)[1:]
    known = options.options_in("\n".join([crash.message.partition("\n")[2], *offered]))
    dashes = _dashes(crash.message.partition("\n")[2], known, surroundings)
    if dashes is not None and _ARGPARSE.search(first):
        return dashes
    unknown = _UNKNOWN.search(first) or _CLICK.search(first) or _TYRO.search(first)
    absl = _ABSL.search(first)
    if unknown is not None:
        given = options.options_in(_OFFERED.split(unknown["rest"])[0])
        slips = {option: options.nearest(option, known) for option in given}
    elif absl is not None:
        flag = f"--{absl['flag']}"
        slips = {flag: options.nearest(flag, (f"--{absl['near']}",))}
    else:
        slips = _required(first, known, surroundings)
    if not slips or "--local-rank" in slips or "--local_rank" in slips:
        return None
    right = {slip: near for slip, near in slips.items() if near is not None}
    if len(right) < len(slips):
        return None
    slip, near = next(iter(right.items()))
    return Explanation(
        error=f"the unknown option {code(slip)}",
        because=f"the program declares {code(near)}, which is spelt almost the same",
        fixes=(options.respelt(right, surroundings) or _guide(right),),
    )


def _dashes(usage: str, known: tuple[str, ...], surroundings: Surroundings) -> Explanation | None:
    """Options that begin with one dash, or with a longer one that a text put in place of two."""
    launch = launch_of(surroundings)
    found = [
        (word, match)
        for word in (launch.words[launch.script + 1 :] if launch else ())
        if (match := _DASHED.match(word.value))
        and f"--{match['name']}" in known
        and re.search(rf"(?<![\w-])-{match['name']}\b", usage) is None
    ]
    if launch is None or not found:
        return None
    changes = [(word.start, word.start + match.end("dash"), "--") for word, match in found]
    match = found[0][1]
    right = f"--{match['name']}"
    by = f"writing {code(right)} for {code(match['dash'] + match['name'])}"
    steps = launch_changes.steps(launch, changes)
    return Explanation(
        error=f"the option {code(match['dash'] + match['name'])}",
        because=f"the program declares {code(right)}, which begins with two plain dashes",
        fixes=(Fix("write-two-dashes", f"Write {right}", by, Safety.SAFE, steps),),
    )


def _required(
    first: str, known: tuple[str, ...], surroundings: Surroundings
) -> dict[str, str | None]:
    """Options of the command that are slips of the required ones that are said to be missing."""
    required = _REQUIRED.search(first)
    if required is None or surroundings.command is None:
        return {}
    missing = options.options_in(required["rest"])
    given = options.options_in(surroundings.command)
    strange = [option for option in given if option not in known]
    found: dict[str, str | None] = {}
    for option in strange:
        near = options.nearest(option, known)
        if near in missing:
            found[option] = near
    return found


def _guide(right: dict[str, str]) -> Fix:
    what = ", ".join(f"{slip} as {near}" for slip, near in right.items())
    return Fix(
        "respell-option-yourself",
        "Spell the option right",
        f"having you write {what} where the command is written",
        Safety.SAFE,
        (GuideStep(f"Write {what} where the command is written."),),
    )


RULE = Rule("misspelt-option", Category.CONFIG, ("usage",), explain)
