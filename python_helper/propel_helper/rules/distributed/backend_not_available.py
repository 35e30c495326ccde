"""backend-not-available: the backend for the processes' exchange is not there.

## What happened
The processes were to exchange tensors through a backend that this build or this machine does not
have.

## Why it happens
NCCL needs GPUs and a CUDA build; MPI needs a build with it.

## What the fix changes
For NCCL on a machine without GPUs, the backend where it is given: the option of the launch command, the
config file that the command names or the code loads, or the literal `"nccl"` of the
`init_process_group` call that failed, there or in the module of settings that it is read from, which then
takes `"gloo"` only where there is no GPU. Otherwise nothing: a step says what to
choose.

## Fix safety
Ask: gloo exchanges the same values between CPUs, slowly. If GPUs were meant, run where they are.
"""

from __future__ import annotations

import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Edit, Explanation, Fix, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import (
    Rule,
    backend_code,
    followed_settings,
    launch_changes,
    launch_settings,
)
from propel_helper.rules.launch_text import launch_of
from propel_helper.rules.said import line_of, said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import first_line

# torch/distributed/distributed_c10d.py; ProcessGroupNCCL.cpp; horovod.
_WORDS = Wording(
    r"Distributed package doesn't have (?:NCCL|MPI|GLOO|Gloo|UCC|XCCL)"
    r"|ProcessGroupNCCL is only supported with GPUs"
    r"|[Uu]nknown (?:c10d )?backend type|nccl\w* requires at least one CUDA device"
    r"|Unknown backend '\w*'\. Specify a 'device:backend'"
    r"|Invalid backend: '"
    r"|torch\.distributed is not available"
    r"|Extension horovod\.torch has not been built"
    r"|(?P<libuv>use_libuv was requested but PyTorch was buil[dt] without libuv support)"
)
_NCCL = Wording(r"NCCL|nccl")
_BACKEND = launch_settings.Setting(
    (
        "--backend",
        "--dist_backend",
        "--ddp_backend",
        "--distributed_backend",
        "--process_group_backend",
    ),
    ("backend", "dist_backend", "ddp_backend", "distributed_backend"),
    re.compile(r"nccl", re.IGNORECASE),
    "gloo",
)
_CHOOSE = guide(
    "choose-backend",
    "Choose a backend that is there",
    "On machines without GPUs choose the `gloo` backend in the command or config; else install a CUDA "
    "build and run where `nvidia-smi` lists GPUs.",
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    if found["libuv"]:
        return _without_libuv(surroundings)
    nccl = _NCCL.search(found[0]) is not None
    return Explanation(
        error="a backend that is not available",
        because=f"the library refused it ({first_line(line_of(found))})",
        fixes=(*(_gloo(crash, surroundings) if nccl else ()), _CHOOSE),
    )


def _without_libuv(surroundings: Surroundings) -> Explanation:
    """torch/distributed/rendezvous.py reads USE_LIBUV where the address does not say it."""
    rerun = launch_changes.with_variable(surroundings.command, "USE_LIBUV", "0")
    by = "setting `USE_LIBUV=0` for the command, so that the processes meet through the store without libuv"
    step = guide(
        "meet-without-libuv",
        "Meet without libuv",
        "Set `USE_LIBUV=0` before the command (`set USE_LIBUV=0` first, on Windows), or add `use_libuv=False` "
        "where the code gives the address (`env://?use_libuv=False`).",
    )
    fix = (
        Fix("meet-without-libuv", "Meet without libuv", by, Safety.SAFE, (rerun,))
        if rerun
        else step
    )
    return Explanation(
        error="a store that this build does not have",
        because="the processes were to meet through libuv, and this PyTorch was built without it",
        fixes=(fix,),
    )


def _gloo(crash: Crash, surroundings: Surroundings) -> tuple[Fix, ...]:
    launch = launch_of(surroundings)
    found = (
        (launch and launch_settings.in_command(launch, _BACKEND))
        or backend_code.with_gloo(crash, surroundings)
        or followed_settings.change(_BACKEND.wrong, _BACKEND.right, crash, surroundings)
        or (launch and launch_settings.in_config(launch, _BACKEND, surroundings))
        or (launch and launch_settings.as_option(launch, _BACKEND, surroundings))
    )
    if not found:
        return ()
    asks = any("is_available()" in one.new_text for one in found.steps if isinstance(one, Edit))
    by = (
        found.words
        if asks
        else f"{found.words}, which is right only if this machine has no GPUs to use"
    )
    return (Fix("use-gloo", "Exchange through gloo", by, Safety.ASK, found.steps),)


RULE = Rule("backend-not-available", Category.DISTRIBUTED, ("exception",), explain)
