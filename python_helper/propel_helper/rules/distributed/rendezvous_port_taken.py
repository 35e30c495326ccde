"""rendezvous-port-taken: the port where the processes meet is taken.

## What happened
The first process wanted to listen on the port that the others connect to, and another program has it.

## Why it happens
A run before this one still holds it, or two runs on one machine use the same port: 29500 is
everybody's default.

## What the fix changes
The port in the launch command, or in the shell script that it runs: `--standalone` or port 0 where
the launcher then chooses a free one (torchrun and accelerate on one machine), else the next number.
Where the port is written in the code of the traceback, once, and not in the command: that number.

## Fix safety
Safe: only the port changes. With several nodes nothing is changed, because all of them have to use
the same.
"""

from __future__ import annotations

import ast
import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation, Fix, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, call_edits, free_port, statements
from propel_helper.rules.said import said
from propel_helper.rules.steps import guide

# c10d/socket.cpp and TCPStore.cpp, 1.5 to 2.13; accelerate/utils/launch.py; jax's coordination service.
_WORDS = Wording(
    r"server socket has failed to (?:listen|bind)|EADDRINUSE"
    r"|(?:c10d|TCPStore|rendezvous).*[Aa]ddress already in use|Failed to bind to address"
    r"|Tried to launch distributed communication on port"
)
_IN_USE = Wording(r"[Aa]ddress already in use")
_PORT = Wording(
    r"port: (?P<a>\d+)|(?:\[::\]|0\.0\.0\.0|127\.0\.0\.1|localhost):(?P<b>\d+)"
    r"|on port `(?P<c>\d+)`"
)
_URL = re.compile(r"tcp://[^:/]+:(?P<port>\d+)")
_Literal = tuple[str, str, ast.Constant]
"""A file, its text, and where the port is written in it."""


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim sockets of the meeting point that can't be bound."""
    found = said(crash, _WORDS)
    if found is None and not (said(crash, _IN_USE) and _meets(crash)):
        return None
    named = said(crash, _PORT)
    port = next((part for part in named.groups() if part), None) if named else None
    which = f"port {port}, where" if port else "the port where"
    return Explanation(
        "a port that is taken",
        f"another program listens on {which} the processes of this run were to meet",
        fixes=(
            (_on_all_nodes(port),)
            if free_port.many_nodes(surroundings)
            else _changed(port, crash, surroundings)
        ),
    )


def _meets(crash: Crash) -> bool:
    return any("/torch/distributed/" in frame.file.replace("\\", "/") for frame in crash.frames)


def _changed(port: str | None, crash: Crash, surroundings: Surroundings) -> tuple[Fix, ...]:
    written = _written(port, crash, surroundings) if port else []
    if port and written and port not in (surroundings.command or ""):
        edits = _in_code(port, written) if len(written) == 1 else ()
        return (*edits, _guide_to_code(port, written, surroundings))
    found = free_port.elsewhere(port, surroundings)
    if found is None:
        return (_guide(port),)
    fix = Fix("choose-free-port", "Meet on another port", found.words, Safety.SAFE, found.steps)
    return (fix, _guide(port))


def _in_code(port: str, written: list[_Literal]) -> tuple[Fix, ...]:
    file, text, node = written[0]
    at = text.find(port, call_edits.start_of(text, node), call_edits.end_of(text, node))
    if at == -1:
        return ()
    new = str(int(port) + 1)
    edit = call_edits.between(file, text, at, at + len(port), new)
    by = f"letting the processes meet on port {new}, where the code has {port}"
    return (Fix("change-port-in-code", "Meet on another port", by, Safety.SAFE, (edit,)),)


def _guide_to_code(port: str, written: list[_Literal], surroundings: Surroundings) -> Fix:
    """For a number that no edit may touch, and for whoever wants another one."""
    places = " and ".join(
        f"{surroundings.shown(file)}:{node.lineno}" for file, _text, node in written[:3]
    )
    return guide(
        "change-port-in-code-yourself",
        "Write another port",
        f"The code has port {port} in {places}: write another number there, or end what holds the port: "
        f"`ss -ltnp | grep {port}` names it.",
    )


def _on_all_nodes(port: str | None) -> Fix:
    return guide(
        "choose-free-port-yourself",
        "Choose a free port",
        "The run has several nodes, and all of them have to use the same port: give every node's command "
        f"another one, or end here what holds it: `ss -ltnp | grep {port or 'PORT'}` names it.",
    )


def _guide(port: str | None) -> Fix:
    return guide(
        "choose-free-port-yourself",
        "Choose a free port",
        "Give the run another port (`--master_port` or MASTER_PORT), or `--standalone` for torchrun on "
        f"one machine; or end the earlier run that holds it: `ss -ltnp | grep {port or 'PORT'}` names "
        "it. With several nodes all of them have to use the same port.",
    )


def _written(port: str, crash: Crash, surroundings: Surroundings) -> list[_Literal]:
    """Literals of the person's own code that are the port: file, its text, the literal."""
    found = []
    own = [frame.file for frame in crash.frames if surroundings.is_own(frame.file)]
    for file in dict.fromkeys(own):
        text = surroundings.text(file)
        tree = statements.parse(text) if text else None
        found += [
            (file, text or "", node)
            for node in (ast.walk(tree) if tree else ())
            if isinstance(node, ast.Constant) and _is_port(node.value, port)
        ]
    return found


def _is_port(value: object, port: str) -> bool:
    if isinstance(value, str):
        url = _URL.search(value)
        return value == port or (url is not None and url["port"] == port)
    return value == int(port) and not isinstance(value, bool)


RULE = Rule("rendezvous-port-taken", Category.DISTRIBUTED, ("exception", "exit"), explain)
