"""model-path-not-found: a model's folder is not there, so its path was taken for a name on the hub.

## What happened
A library was given the path of a local model. There is no such folder, or it lacks the files
that belong in it, so the library tried to read it as a repository's name.

## Why it happens
The path is misspelt or relative to another folder, the checkpoint was never saved there, or it
holds only a part of the files.

## What the fix changes
Nothing by itself.

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
from propel_helper.rules.words import code, first_line

# transformers/utils/hub.py, modeling_utils.py; huggingface_hub/utils/_validators.py; peft; diffusers.
_WORDS = Wording(
    r"doesn't exist on the Hub or cannot be accessed|"
    r"is not a local folder and is not a valid model identifier"
    r"|Can't load (?:the )?(?:tokenizer|config\w*|model|feature extractor|image processor|weights?) for '"
    r"|does not appear to have a file named"
    r"|Error no file named .+ found in directory"
    r"|Repo id must (?:be in the form|use alphanumeric)"
    r"|Can't find '(?:adapter_config|model_index)\.json' at"
    r"|Unable to (?:load|find) (?:weights|vocabulary) (?:from|file)"
    r"|Incorrect path_or_model_id: "
)

_LACKING = Wording(
    r"(?P<folder>[./~][^\s'\"]*) does not appear to have a file named (?P<file>[\w.-]*\w)"
)


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    if "gated repo" in found.string or "offline mode" in found.string:
        return None
    lacking = _LACKING.search(found.string)
    because = f"the library found no such folder with a model in it ({first_line(line_of(found))})"
    if lacking is not None:
        because = f"{code(lacking['folder'])} has no {code(lacking['file'])}"
    return Explanation(
        error="a model that is not at its path",
        because=because,
        fixes=(
            guide(
                "name-model-path",
                "Name the model's path",
                "List that folder where the run starts: it must hold `config.json` and the weights. Give the path from there, or the hub's `namespace/name`.",
            ),
        ),
    )


RULE = Rule("model-path-not-found", Category.PATH, ("exception",), explain)
