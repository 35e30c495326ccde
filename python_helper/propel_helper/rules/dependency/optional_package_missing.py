"""optional-package-missing: a package that another one needs for this is not installed.

## What happened
A library was asked to do something that needs a further package, and told that it is not
installed.

## Why it happens
Libraries leave out what only some of their functions need. A project that asks for its own version has
to be installed itself.

## What the fix changes
Nothing by itself, unless the message prints the command that installs it: then that command is
run with the run's own Python.

## Fix safety
Ask: it downloads and installs a package into your environment.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, distributions, modules
from propel_helper.rules.said import line_of, said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line

# transformers/utils/import_utils.py; pandas/compat/_optional.py; importlib.metadata; lightning_utilities.
# Those of gymnasium, spaCy and NLTK too.
_WORDS = Wording(
    r"[Pp]lease install (?:the )?`?(?P<k>[A-Za-z][\w.-]+)`? (?:from|to|with|package|library|using|first)"
    r"|^`?(?P<l>[A-Za-z][\w-]+)\s?(?:>=|==)\s?[\d.]+`? is required|"
    r"requires (?:the )?(?P<a>[\w-]+) library but it was not found in your environment"
    r"|Using (?:the `Trainer` with `PyTorch`|.{0,60}) requires `?(?P<b>accelerate|bitsandbytes|peft|flash[_-]attn|safetensors)\b"
    r"|requires (?:Accelerate|`?accelerate)"
    r"|[Mm]issing optional dependency '(?P<c>[\w.-]+)'"
    r"|No package metadata was found for (?P<d>[\w.-]+)"
    r"|package for FlashAttention2 (?:doesn't )?seems?(?: not)? to be (?:not )?installed"
    r"|FlashAttention2? has been toggled on, but it cannot be used"
    r"|Unable to import required dependenc"
    r"|The '(?P<e>[\w.-]+)' distribution was not found"
    r"|(?:[Pp]lease|You need to|you should|try) (?:run |install )?(?:it )?(?:with |using |via |by )?(?:running )?[`'\"]*(?:pip3?|conda) install (?P<g>[\w\[\].=<>-]+)"
    r"|`(?P<f>[\w.-]+)` is not installed"
    r"|(?P<h>[\w-]+) is not installed[.,]? (?:[Pp]lease|run|try)"
    r"|requires (?P<i>\w+) to be installed"
    r"|Have you installed |It doesn't seem to be a Python package or a valid path"
    r"|use the NLTK Downloader to obtain the resource"
    r"|Install (?P<j>[\w-]+) (?:to use|with)"
)
_BUILD_FILES = ("pyproject.toml", "setup.py", "setup.cfg")
_NAME = Wording(r"(?m)^\s*name\s*=\s*[\"']?(?P<name>[\w.-]+)")


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    if found["d"] and _is_projects(found["d"].rstrip("."), crash, surroundings):
        return _project(found["d"].rstrip("."))
    return Explanation(
        error="a package that is not installed",
        because=f"it stopped with {code(first_line(line_of(found)))}",
        fixes=(
            guide(
                "install-package-yourself",
                "Install the package",
                "Install the package that the message names, in the environment that the training runs in.",
            ),
        ),
    )


def _is_projects(name: str, crash: Crash, surroundings: Surroundings) -> bool:
    """Whether a distribution is the project itself: its build file says so, or its package has that name."""
    wanted = distributions.normal(name)
    for file in _BUILD_FILES:
        named = _NAME.groups(surroundings.text(file) or "")
        if any(distributions.normal(one) == wanted for one, *_ in named):
            return True
    return modules.is_local(wanted.replace("-", "_"), crash, surroundings)


def _project(name: str) -> Explanation:
    return Explanation(
        error="a project that is not installed",
        because=f"{code(name)} is the project's own package, and the Python that runs it has no record of it",
        fixes=(
            guide(
                "install-the-project",
                "Install the project itself",
                "Install the project where its build file (`pyproject.toml` or `setup.py`) is, with the run's "
                "Python: `python -m pip install -e .`; a package of that name from an index is another one.",
            ),
        ),
    )


RULE = Rule("optional-package-missing", Category.DEPENDENCY, ("exception",), explain)
