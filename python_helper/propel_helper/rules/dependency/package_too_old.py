"""package-too-old: an installed package is too old, or too new, for what is asked of it.

## What happened
A library compared versions, or did not know what it was given, and said so.

## Why it happens
The code, a checkpoint or another package was made for another version.

## What the fix changes
Nothing by itself: another version changes the environment, and may change results.

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

# transformers/utils/versions.py and configuration_auto.py; pkg_resources; datasets; deepspeed; mmcv;
# tokenizers, where another version of it wrote the file.
_WORDS = Wording(
    r"Transformers does not recognize this architecture"
    r"|is required for a normal functioning of this module, but found"
    r"|VersionConflict|requires the latest version of |distribution was not found and is required by"
    r"|Tokenizer class \w+ does not exist or is not currently imported"
    r"|(?P<have>[\w.-]+ \d[\w.]* \([^)]*\)), Requirement\.parse"
    r"|(?:MMCV|mmcv|MMDetection|MMEngine)==\S+ is used but incompatible"
    r"|requires (?:a )?(?:minimum )?(?:version )?(?:of )?[\w.-]+\s?(?:>=|==|<=|<|>|at least )\s?\d[\w.]*.{0,40}(?:but|found|installed|you have)"
    r"|is (?:too old|incompatible|not compatible) (?:with|for) (?:the )?(?:installed |current )?(?:version|torch|transformers|numpy|python package)"
    r"|[Pp]lease (?:upgrade|update|downgrade) (?:your )?(?:`?pip install|`?[\w-]+`? (?:to|with|version|package))"
    r"|data did not match any variant of untagged enum \w+"
    r"|JAX plugin \S+ version \S+ is installed, but it is not compatible"
)


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    return Explanation(
        error="a package of another version",
        because=f"it stopped with {code(first_line(line_of(found)))}",
        fixes=(
            guide(
                "install-fitting-version",
                "Install a version that fits",
                "Install the version that the message, the project's requirements or the checkpoint's card name, in the environment that the training runs in.",
            ),
        ),
    )


RULE = Rule("package-too-old", Category.DEPENDENCY, ("exception",), explain)
