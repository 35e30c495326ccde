"""network-interface-not-usable: a process found no address of its own for the exchange.

## What happened
Before any process met another, the backend (gloo) looked for the network interface, or the address of this
machine, that it is to use, and found none that it can.

## Why it happens
`GLOO_SOCKET_IFNAME` names an interface that this machine does not have, or one without an address; the
machine's own name leads to no address; or the build has no transport for this system (some of PyTorch's
for Windows).

## What the fix changes
Nothing by itself: which interface connects the machines is yours to say.

## Fix safety
There is nothing to apply.
"""

from __future__ import annotations

import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation, Fix
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule
from propel_helper.rules.said import line_of, said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line

# torch/csrc/distributed/c10d/GlooDeviceFactory.cpp; gloo/transport/tcp/device.cc and uv/device.cc.
_WORDS = Wording(
    r"GlooDeviceFactory::make\w+\(\): interface or hostname can't be empty"
    r"|(?P<unsupported>makeDeviceFor(?:Hostname|Interface)\(\): unsupported gloo device)"
    r"|Unable to find (?:address|interface) for:"
    r"|gloo/transport/\w+/device\.cc:\d+\] "
)
_NAMED = Wording(r"Unable to find (?:address|interface) for: ?(?P<name>[^\s'\"]+?)[.,]*(?:$|\s)")


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    return Explanation(
        error="a network interface that can't be used",
        because=_because(found),
        fixes=(_step(found),),
    )


def _because(found: re.Match[str]) -> str:
    if found["unsupported"]:
        return "this build of PyTorch has no transport of gloo for this machine"
    named = _NAMED.search(line_of(found))
    if named is not None:
        return f"gloo finds no interface, or none with an address, for {code(named['name'])}"
    return f"gloo found no address of this machine ({first_line(line_of(found))})"


def _step(found: re.Match[str]) -> Fix:
    if found["unsupported"]:
        text = (
            "Install another version of PyTorch (some builds for Windows lack gloo's transport), or start one "
            "process without a process group, if the code lets you."
        )
        return guide("use-another-build", "Use another build of PyTorch", text)
    return guide(
        "name-the-interface",
        "Name the network interface",
        "Set `GLOO_SOCKET_IFNAME` to an interface of this machine that has an address (`ip -brief addr` lists "
        "them, `ipconfig` on Windows), or unset it where it names none; and see that the machine's own name "
        "(`hostname`) leads to an address.",
    )


RULE = Rule("network-interface-not-usable", Category.DISTRIBUTED, ("exception",), explain)
