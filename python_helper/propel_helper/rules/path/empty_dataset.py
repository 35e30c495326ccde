"""empty-dataset: the dataset is empty: its files were not found where they were looked for.

## What happened
A dataset was made without an error and holds nothing.

## Why it happens
A folder or a pattern matched no file: the data lies elsewhere, has other endings, or was not
unpacked. That a sampler has nothing to draw from says so only where the project's own code looks
for files; what a filter of its own leaves out is logic.

## What the fix changes
Nothing by itself: where the data lies is not in the message.

## Fix safety
There is nothing to apply.
"""

from __future__ import annotations

import ast
import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, own_modules, statements
from propel_helper.rules.said import line_of, said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line

# torchvision/datasets/folder.py; keras' image_dataset; ultralytics.
_WORDS = Wording(
    r"Found 0 (?:files|images|samples|videos|logs)"
    r"|Found no valid file for the classes"
    r"|Couldn't find any class folder in"
    r"|[Nn]o (?:\w+ ){0,2}(?:images?|files?|samples|videos|labels|data) (?:were |was )?found (?:in|at|under)\b"
    r"|0 images found|^Dataset not found\b"
)
# torch/utils/data/sampler.py, and what people's own checks say of nothing but its length.
_NOTHING = Wording(
    r"num_samples should be a positive integer value, but got num_samples=0"
    r"|Dataset (?:is empty|contains no)"
)
_LOOKS = frozenset(
    {"glob", "iglob", "rglob", "listdir", "scandir", "iterdir", "walk", "ImageFolder"}
    | {"DatasetFolder", "list_files"}
)
# What a run prints of a filter of its own.
_FILTER = Wording(
    r"\b(?:kept|keep(?:ing)?|filter\w*|dropp\w+|skipp\w+|discard\w*|remain\w*|removed|subset)\b",
    re.IGNORECASE,
)
_STEP = (
    "Print the folder and the pattern that the dataset uses and list them where the run starts; correct "
    "the data's path in the command or config."
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is not None:
        because = (
            f"no file was found where the dataset looks for them ({first_line(line_of(found))})"
        )
    else:
        found = said(crash, _NOTHING)
        if found is None or any(_FILTER.search(line) for line in crash.above):
            return None
        looks = _looks(crash, surroundings)
        if looks is None:
            return None
        because = (
            f"it has no entry ({first_line(line_of(found))}): the project's code looks for files ({looks}), and "
            "where that finds none, there is nothing to draw from"
        )
    return Explanation(
        error="an empty dataset",
        because=because,
        fixes=(guide("look-at-data-root", "Look where the data is looked for", _STEP),),
    )


def _looks(crash: Crash, surroundings: Surroundings) -> str | None:
    """The first call by which the project's own code looks for files, with its place."""
    for file, tree in own_modules.reached(crash, surroundings).items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                name = statements.dotted(node.func)
                if name.rpartition(".")[2] in _LOOKS:
                    return f"{code(name.lstrip('.'))} in {surroundings.shown(file)}:{node.lineno}"
    return None


RULE = Rule("empty-dataset", Category.PATH, ("exception",), explain)
