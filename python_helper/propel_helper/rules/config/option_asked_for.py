"""option-asked-for: a library stopped and named the option or setting that it wants to be given.

## What happened
A library checked what it was started with, and its message names the option, or the key of its configuration
file, that would let it go on.

## Why it happens
The run goes on from something that was made with other settings, or leaves a choice open that the library
does not make by itself.

## What the fix changes
Nothing by itself: the option may change what the training goes on with, so giving it is yours to decide.

## Fix safety
There is nothing to apply.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule
from propel_helper.rules.said import line_of
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line

# E.g. fairseq/trainer.py: "please reset the optimizer (--reset-optimizer)"; Megatron-LM's checkpointing.py.
_WORDS = Wording(
    r"\b(?:[Pp]lease|[Uu]se|[Uu]sing|[Tt]ry|[Aa]dd|[Ss]et|[Pp]ass|[Ss]pecify|[Gg]ive|[Pp]rovide|[Ee]nable|[Rr]un with)\b"
    r"[^\n]{0,120}?(?<![\w-])(?P<option>--[a-z][\w-]{2,})"
)
# A key of a file of settings, e.g. deepspeed/runtime/engine.py: 'Please add <"zero_allow_untested_optimizer":
# true> in the configuration file to use it.'
_SETTING = Wording(
    r"\b(?:[Aa]dd|[Ss]et|[Ss]pecify|[Pp]rovide|[Ee]nable|[Dd]isable)\b[^\n\w<\"'`]{1,3}(?:the \w+ )?"
    r"[<{\"'`]{1,3}(?P<key>[A-Za-z_][\w.]*)[^\n]{0,60}?"
    r" (?:in|to) (?:the|your) (?:[\w.-]+ )?(?:config(?:uration)?s?\b|settings\b)"
)
# Options of other programs than the one that runs.
_OTHERS = Wording(
    r"\b(?:pip3?|conda|mamba|apt|apt-get|brew|git|uv|poetry|docker|npm|cmake|make|nvcc|gcc|huggingface-cli|hf|wandb"
    r"|python3? -m|install|build|compile[ds]?)\b"
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim messages of libraries; a check of the person's own code is that code's matter."""
    if not crash.frames or surroundings.is_own(crash.frames[-1].file):
        return None
    found = _WORDS.search(crash.message)
    if found is None:
        return _setting(crash)
    line = line_of(found)
    if _OTHERS.search(line):
        return None
    return _asked(
        "option",
        found["option"],
        line,
        "give-the-option",
        f"Give {found['option']}",
        f"Add {code(found['option'])} to the command",
    )


def _setting(crash: Crash) -> Explanation | None:
    found = _SETTING.search(crash.message)
    if found is None:
        return None
    return _asked(
        "setting",
        found["key"],
        line_of(found),
        "give-the-setting",
        f"Set {found['key']}",
        f"Set {code(found['key'])} in the configuration that the run gives the library",
    )


def _asked(what: str, name: str, line: str, fix: str, title: str, order: str) -> Explanation:
    text = (
        f"{order} where it is what you want: it is the way out that the message names, and it may change what "
        "the training goes on with."
    )
    return Explanation(
        error=f"the {what} {code(name)}, which the library asks for",
        because=f"it stopped with {code(first_line(line))}",
        fixes=(guide(fix, title, text),),
    )


RULE = Rule(
    "option-asked-for",
    Category.CONFIG,
    ("AssertionError", "ValueError", "RuntimeError", "Exception"),
    explain,
    last=True,
)
