"""empty-dataset: the dataset is empty: its files were not found where they were looked for.

## What happened
A dataset was made without an error and holds nothing.

## Why it happens
A folder or a pattern matched no file: the data lies elsewhere, has other endings, or was not
unpacked.

## What the fix changes
Nothing by itself: where the data lies is not in the message.

## Fix safety
There is nothing to apply.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule
from propel_helper.rules.said import line_of, said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import first_line

# torch/utils/data/sampler.py; torchvision/datasets/folder.py; keras' image_dataset; ultralytics.
_WORDS = Wording(
    r"num_samples should be a positive integer value, but got num_samples=0"
    r"|Found 0 (?:files|images|samples|videos|logs)"
    r"|Found no valid file for the classes"
    r"|Couldn't find any class folder in"
    r"|[Nn]o (?:\w+ ){0,2}(?:images?|files?|samples|videos|labels|data) (?:were |was )?found (?:in|at|under)\b"
    r"|0 images found|^Dataset not found\b"
    r"|No objects to concatenate(?=.*glob)"
    r"|Dataset (?:is empty|contains no)"
)


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    return Explanation(
        error="an empty dataset",
        because=f"no file was found where the dataset looks for them ({first_line(line_of(found))})",
        fixes=(
            guide(
                "look-at-data-root",
                "Look where the data is looked for",
                "Print the folder and the pattern that the dataset uses and list them where the run starts; correct the data's path in the command or config.",
            ),
        ),
    )


RULE = Rule("empty-dataset", Category.PATH, ("exception",), explain)
