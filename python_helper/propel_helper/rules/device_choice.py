"""Fixes that let a program that asks for a GPU run on the CPU of a machine without one."""

from __future__ import annotations

import ast
import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Edit, Fix, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.rules import (
    device_sources,
    followed_settings,
    launch_changes,
    launch_settings,
    lone_gpu_calls,
    statements,
)
from propel_helper.rules.launch_text import Launch, Option, launch_of
from propel_helper.rules.words import code

_DEVICE = launch_settings.Setting(
    ("--device", "--accelerator", "--device_type", "--dev"),
    ("device", "accelerator", "device_type"),
    re.compile(r"(?:cuda|gpu)(?::(?:\d+|\$\w+|\$\{\w+\}))?", re.IGNORECASE),
    "cpu",
)
_GPU_FLAGS = ("--cuda", "--gpu", "--use_cuda", "--use_gpu")
_GPU_NUMBERS = ("--gpu", "--gpu_id", "--gpuid", "--gpu_index", "--device_id", "--cuda")
_CPU_FLAGS = ("--cpu", "--no-cuda", "--no_cuda", "--use-cpu", "--use_cpu", "--no-gpu", "--no_gpu")


def on_the_cpu(crash: Crash, surroundings: Surroundings) -> tuple[Fix, ...]:
    """The one fix that fits: the command's option, the code's literal, the config, an option more.

    It is always a question: a run on the CPU is another one than the person meant, and a slow one.
    """
    launch = launch_of(surroundings)
    asked = launch and (
        launch_settings.in_command(launch, _DEVICE)
        or _without_flag(launch)
        or _without_number(launch, surroundings)
    )
    lone = None if asked else lone_gpu_calls.found(crash, surroundings)
    if lone is not None:
        return (lone.fix or lone.told,)
    found = (
        asked
        or device_sources.in_code(crash, surroundings)
        or followed_settings.change(_DEVICE.wrong, _DEVICE.right, crash, surroundings)
        or (launch and launch_settings.in_config(launch, _DEVICE, surroundings))
        or (launch and launch_settings.as_option(launch, _DEVICE, surroundings))
        or device_sources.in_fields(crash, surroundings)
        or (launch and _with_flag(launch, surroundings))
    )
    if not found:
        return ()
    by = f"{found.words}, {_caution(found)}: training on the CPU is slow"
    edits_code = any(isinstance(step, Edit) and step.file.endswith(".py") for step in found.steps)
    fix_id = "fall-back-to-cpu" if edits_code else "train-on-cpu"
    return (Fix(fix_id, "Run on the CPU", by, Safety.ASK, found.steps),)


def _caution(found: launch_settings.Change) -> str:
    """What is to be known of it: what asks for a GPU first goes on using one."""
    written = [step.new_text for step in found.steps if isinstance(step, Edit)]
    if any("is_available()" in text for text in written):
        return "while a GPU that PyTorch can use is still taken where there is one"
    return "which is right only if this machine has no GPU to use"


def _without_flag(launch: Launch) -> launch_settings.Change | None:
    flag = next((found for name in _GPU_FLAGS if (found := _flag(launch, name))), None)
    if flag is None:
        return None
    steps = launch_changes.steps(launch, [launch_changes.without(launch, flag)])
    return launch_settings.Change(f"leaving out {code(flag.name)}", steps)


def _without_number(launch: Launch, surroundings: Surroundings) -> launch_settings.Change | None:
    """The launch without ``--gpu 0``, or with ``--gpu -1``, as the script has it for the CPU.

    Without it where the script asks whether it was given at all; with -1 where it chooses the CPU
    for a number below 0.
    """
    option = launch.option(*_GPU_NUMBERS)
    text = surroundings.text(launch.words[launch.script].value) if option else None
    if option is None or not option.name.startswith("--") or not (option.value or "").isdigit():
        return None
    plain = option.name.lstrip("-").replace("-", "_")
    if _takes_negative_for_cpu(plain, text):
        steps = launch_changes.steps(launch, [launch_changes.value(option, "-1")])
        words = f"starting it with {code(option.with_value('-1'))}, its script's word for the CPU"
        return launch_settings.Change(words, steps)
    for names, call in launch_settings.declared(launch, surroundings):
        default = statements.argument(call, -1, "default")
        optional = default is None or (isinstance(default, ast.Constant) and default.value is None)
        required = any(keyword.arg == "required" for keyword in call.keywords)
        if plain not in {name.lstrip("-").replace("-", "_") for name in names}:
            continue
        asked = re.search(rf"\b{re.escape(plain)}\s+is\s+(?:not\s+)?None\b", text or "")
        if optional and not required and asked:
            steps = launch_changes.steps(launch, [launch_changes.without(launch, option)])
            words = f"leaving out {code(option.with_value(option.value or ''))}"
            return launch_settings.Change(words, steps)
    return None


def _takes_negative_for_cpu(option: str, text: str | None) -> bool:
    """Whether the script compares the option with 0 or -1 and has ``"cpu"`` in one of the branches."""
    tree = statements.parse(text) if text else None
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, (ast.If, ast.IfExp)) and isinstance(node.test, ast.Compare):
            told = ast.unparse(node.test)
            asked = re.search(rf"\b{re.escape(option)} (?:>= 0|< 0|> -1|[!=]= -1|<= -1)$", told)
            named = any(
                isinstance(inner, ast.Constant) and inner.value == "cpu" for inner in ast.walk(node)
            )
            if asked and named:
                return True
    return False


def _flag(launch: Launch, name: str) -> Option | None:
    option = launch.option(name)
    return option if option and option.value is None and option.name.startswith("--") else None


def _with_flag(launch: Launch, surroundings: Surroundings) -> launch_settings.Change | None:
    for names, call in launch_settings.declared(launch, surroundings):
        name = next((one for one in names if one in _CPU_FLAGS), None)
        action = statements.constant_text(statements.argument(call, -1, "action"))
        if name and action == "store_true" and launch.option(name) is None:
            return launch_settings.with_option(launch, name)
    return None
