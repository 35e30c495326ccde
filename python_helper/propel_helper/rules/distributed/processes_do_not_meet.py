"""processes-do-not-meet: the processes of the run did not find each other.

## What happened
A process waited for the others at the address of the first one, and they did not come, or it
was not there.

## Why it happens
The address or port is wrong, a firewall is between the nodes, the number of nodes or processes
does not agree, or another process died before it got there.

## What the fix changes
Where the launch command itself says how many there are (WORLD_SIZE, `--nnodes`) and the message says
how many came: that number. Otherwise nothing: a step says what to look at.

## Fix safety
Ask: the number of processes is part of the global batch. If the others were meant to come, start them.
"""

from __future__ import annotations

import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation, Fix, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, config_keys, launch_changes
from propel_helper.rules.launch_text import launch_of
from propel_helper.rules.said import line_of, said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line

# c10d/socket.cpp and TCPStore.cpp; torch.distributed.elastic.rendezvous; DeepSpeed's launcher; jax's coordination service.
_WORDS = Wording(
    r"The client socket has (?:timed out|failed to connect)"
    r"|[Tt]imed out after \d+ seconds waiting for clients"
    r"|The connection to the C10d store has failed"
    r"|[Rr]endezvous(?:TimeoutError|ConnectionError|ClosedError)|RendezvousTimeout|rendezvous .*timed? ?out"
    r"|^connect\(\) timed out\."
    r"|The IPv[46] network addresses of \(.*\) cannot be retrieved"
    r"|failed to connect to any of the specified|cannot connect to the C10d"
    r"|[Tt]imed out initializing process group"
    r"|DEADLINE_EXCEEDED.*(?:Barrier|barrier|coordination|RegisterTask)"
    r"|JAX distributed service detected fatal errors"
    r"|Barrier timed out|coordination service"
    r"|(?:wait|Wait) timeout after \d+ms, keys"
    r"|Gloo connectFullMesh failed"
    r"|failed to recv, got 0 bytes"
    r"|Hostname .* not found in hostfile"
)
_JOINED = Wording(
    r"[Tt]imed out after (?P<limit>\d+) seconds waiting for clients\. (?P<came>\d+)/(?P<all>\d+) clients"
)
_ADDRESS = Wording(
    r"(?:client socket has \D*(?P<limit>\d+)?(?:ms)?|network addresses of) ?[^(]*\((?P<host>[^,)]+), (?P<port>\d+)\)"
)
_STORE = Wording(r"[Ww]ait timeout after (?P<ms>\d+)ms, keys")
_COUNTS = frozenset(
    {
        "world_size",
        "nprocs",
        "num_processes",
        "nproc_per_node",
        "n_procs",
        "num_gpus",
        "ngpus",
        "gpus",
    }
)
_CHECK = (
    "Look for another process's error first. Then check that the address and port name the first node "
    "and can be reached from the others, and that the numbers of nodes and processes agree everywhere."
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS) or _WORDS.search(crash.exception or "")
    if found is None:
        return None
    joined = said(crash, _JOINED)
    return Explanation(
        error="processes that did not meet",
        because=_because(crash, found, joined),
        fixes=(*(_as_many(joined, surroundings) if joined else ()), _check(surroundings)),
    )


def _check(surroundings: Surroundings) -> Fix:
    """What to look at; with the numbers of processes of the configs, where they differ."""
    keys = [
        key
        for key in config_keys.all_keys(surroundings)
        if key.name in _COUNTS and key.value.isdigit()
    ]
    said_there = ""
    if len({key.value for key in keys}) > 1:
        counts = " and ".join(f"{code(f'{key.path}: {key.value}')} ({key.file})" for key in keys)
        said_there = f"The configs say {counts}. "
    return guide("check-address", "Check the address and the numbers", f"{said_there}{_CHECK}")


def _because(crash: Crash, found: re.Match[str], joined: re.Match[str] | None) -> str:
    if joined is not None:
        came = joined["came"]
        return f"{came} of {joined['all']} processes came within {joined['limit']} s"
    address = said(crash, _ADDRESS)
    if address is not None:
        return (
            f"nothing that this process could reach answered at {code(address['host'])}, port "
            f"{address['port']}"
        )
    store = said(crash, _STORE)
    if store is not None:
        seconds = int(store["ms"]) / 1000
        return (
            f"one waited {seconds:g} s for a word that another should have left, and it never came"
        )
    return f"one waited for the others in vain ({first_line(line_of(found))})"


def _as_many(joined: re.Match[str], surroundings: Surroundings) -> tuple[Fix, ...]:
    """The launch with as many processes, or nodes, as came."""
    launch = launch_of(surroundings)
    if launch is None:
        return ()
    for option in (launch.variable("WORLD_SIZE"), launch.launcher_option("--nnodes")):
        if option is not None and option.value == joined["all"]:
            steps = launch_changes.steps(launch, [launch_changes.value(option, joined["came"])])
            came = joined["came"]
            by = (
                f"starting it with {code(option.with_value(came))}, as many as came "
                "(which changes the global batch)"
            )
            return (Fix("as-many-as-came", "Go on with those that came", by, Safety.ASK, steps),)
    return ()


RULE = Rule("processes-do-not-meet", Category.DISTRIBUTED, ("exception", "exit"), explain)
