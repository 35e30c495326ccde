"""compiling-not-supported: this PyTorch cannot compile on this system or Python.

## What happened
The code called `torch.compile`, and PyTorch refused before it began.

## Why it happens
Each version of PyTorch compiles on the systems and Pythons that were there when it was made: Python 3.12
came with 2.4, Windows later than Linux.

## What the fix changes
Nothing by itself: another PyTorch or Python changes the environment.

## Fix safety
There is nothing to apply.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule
from propel_helper.rules.said import said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code

# torch/_dynamo/eval_frame.py check_if_dynamo_supported, 2.0 to 2.5; torch/__init__.py compile.
_WORDS = Wording(
    r"(?P<what>Windows|Python 3\.\d+\+?) not yet supported for torch\.compile"
    r"|Dynamo is not supported on (?P<where>Windows|Python 3\.\d+\+?)"
    r"|torch\.compile is not supported on (?P<other>Windows|Python 3\.\d+\+?)"
)


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    here = found["what"] or found["where"] or found["other"]
    return Explanation(
        error="a PyTorch that does not compile here",
        because=f"{code('torch.compile')} of this version does not support {here}",
        fixes=(
            guide(
                "use-fitting-pytorch",
                "Use a PyTorch that compiles here",
                "Install a newer PyTorch, or run where it compiles (an older Python, Linux), or turn compiling off "
                "where the command or the config lets you; what is computed stays the same, more slowly.",
            ),
        ),
    )


RULE = Rule("compiling-not-supported", Category.ENVIRONMENT, ("exception",), explain)
