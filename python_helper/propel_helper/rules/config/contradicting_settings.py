"""contradicting-settings: two settings contradict each other, or one has a value that does not exist.

## What happened
A framework checked its settings when it started and refused them.

## Why it happens
A value is misspelt (`gpu` for `cuda`), or two options only go together in certain ways.

## What the fix changes
The name of a device that PyTorch does not know, in the launch command, the config or the failing
line: `gpu` becomes `cuda`, PyTorch's name for it, and a slip of `cuda`, `cpu` or `mps` that name.
Otherwise nothing: which of the settings to change is yours to say.

## Fix safety
Ask: on a machine without a GPU the program may have to be told `cpu` instead.
"""

from __future__ import annotations

import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation, Fix, Place, Safety, Step
from propel_helper.facts.lines import lines_of
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, launch_settings, own, slips, texts
from propel_helper.rules.launch_text import launch_of
from propel_helper.rules.said import line_of, said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line

# c10/core/Device.cpp; transformers/training_args.py; accelerate; lightning's connectors.
_WORDS = Wording(
    r"Expected one of cpu, .*device type at start of device string"
    r"|Invalid device string: '(?!(?:cuda|xpu|mps):-\d)"
    r"|requires the save and eval(?:uation)? strategy to match"
    r"|Unknown mixed_precision mode"
    r"|invalid accelerator name"
    r"|You selected an invalid (?:strategy|accelerator)"
    r"|--\w+ requires --?\w+"
    r"|`?\w+`? and `?\w+`? (?:are mutually exclusive|cannot (?:both )?be (?:used|set|specified) (?:together|at the same time))"
    r"|--\w+ and --\w+ (?:cannot|can't|can not) both be "
    r"|is not a valid \w*(?:Strategy|Type|Mode|Names?)\b"
    r"|Please select one of \[|Precision \S+ is (?:invalid|not supported)"
    r"|You can't train a model that has been loaded with `device_map='auto'`"
)


_DEVICE = Wording(
    r"device type at start of device string: (?P<type>\w+)|Invalid device string: '(?P<whole>[\w:]+)'"
)
_TYPES = ("cuda", "cpu", "mps")
_OPTIONS = ("--device", "--dev", "--accelerator", "--device_type")
_KEYS = ("device", "accelerator", "device_type")


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    fix, at = _respelt_device(crash, surroundings)
    step = guide(
        "correct-setting",
        "Correct the setting",
        "Change the setting that the message names in the command or config.",
    )
    return Explanation(
        "settings that contradict each other" if fix is None else "an unknown kind of device",
        f"it stopped with {code(first_line(line_of(found)))}",
        at,
        (fix or step,),
    )


def _respelt_device(crash: Crash, surroundings: Surroundings) -> tuple[Fix | None, Place | None]:
    """The device by the name that PyTorch has for it, where it is written."""
    found = said(crash, _DEVICE)
    wrong = (found["type"] or found["whole"].partition(":")[0]) if found else ""
    right = "cuda" if wrong.lower() == "gpu" else slips.slip_of(wrong.lower(), _TYPES)
    right = wrong.lower() if wrong.lower() in _TYPES else right
    if not wrong or right is None:
        return None, None
    launch = launch_of(surroundings)
    setting = launch_settings.Setting(_OPTIONS, _KEYS, re.compile(re.escape(wrong)), right)
    change = launch and (
        launch_settings.in_command(launch, setting)
        or launch_settings.in_config(launch, setting, surroundings)
    )
    steps = change.steps if change else _in_line(wrong, right, crash, surroundings)
    if not steps:
        return None, None
    by = f"writing {code(right)} for {code(wrong)}, PyTorch's name for that device"
    return Fix("respell-device", f"Write {right}", by, Safety.ASK, steps), texts.place_of(steps[0])


def _in_line(wrong: str, right: str, crash: Crash, surroundings: Surroundings) -> tuple[Step, ...]:
    """The one text that starts with it in the failing line of the person's own code."""
    frame = own.deepest(crash, surroundings)
    text = surroundings.text(frame.file) if frame else None
    lines = lines_of(text) if text else []
    if frame is None or text is None or not 0 < frame.line <= len(lines):
        return ()
    pattern = rf"""(?<=["']){re.escape(wrong)}(?=["':])"""
    found = list(re.finditer(pattern, lines[frame.line - 1]))
    if len(found) != 1:
        return ()
    start = sum(len(line) for line in lines[: frame.line - 1]) + found[0].start()
    return (texts.edit_at(frame.file, text, start, wrong, right),)


RULE = Rule("contradicting-settings", Category.CONFIG, ("exception",), explain)
