"""unknown-registry-name: a name in the config is not known to the framework.

## What happened
The config, or an option, names a model, dataset or other part, and the framework's registry has
none of that name.

## Why it happens
The name is misspelt, the module that registers it was not imported, or the installed version
does not have it.

## What the fix changes
Nothing by itself: the near names are other models.

## Fix safety
There is nothing to apply.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, texts
from propel_helper.rules.said import line_of, said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line

# mmengine and mmcv registries; detectron2/fvcore; timm; torchvision.models; fairseq; gymnasium;
# tensorflow_datasets.
_WORDS = Wording(
    r"(?P<a>[\w.-]+) is not in the [\w:. -]+ ?registry"
    r"|No object named '(?P<b>[\w.-]+)' found in '\w+' registry"
    r"|Unknown model \((?P<c>[\w.-]+)\)"
    r"|Unknown model (?P<d>\S+)$"
    r"|Invalid pretrained tag"
    r"|(?:Environment|Namespace|Version) .* (?:doesn't|does not) exist|NameNotFound"
    r"|(?P<e>\w+) is not (?:registered|a registered)"
    r"|is not a (?:valid|supported) (?:model|optimizer|scheduler|dataset|backbone|architecture)(?: name)?\b(?! identifier)"
    r"|Unknown (?:optimizer|scheduler|dataset|backbone|architecture|loss|metric) (?:name|type)?[: ]"
    r"|^Dataset (?P<f>[\w.-]+) not found\.\nAvailable datasets:"
    r"|Cannot find callable \w+ in hubconf"
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    name = next((part for part in found.groups() if part), "")
    return Explanation(
        error="a name that the framework does not know",
        because=f"it stopped with {code(first_line(line_of(found)))}",
        at=texts.place_in_configs(name, surroundings) if name else None,
        fixes=(
            guide(
                "correct-registry-name",
                "Correct the name",
                "Compare the name in the config or command with what the framework offers, and import the module that registers it.",
            ),
        ),
    )


RULE = Rule("unknown-registry-name", Category.CONFIG, ("exception",), explain)
