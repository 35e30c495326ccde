"""Environments that the launch was to activate, as far as a log says that it could not."""

from __future__ import annotations

import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.wording import Wording

# conda's messages; bash's, dash's and zsh's source; Lmod and environment modules.
WORDS = Wording(
    r"Run 'conda init' before 'conda activate'"
    r"|Your shell has not been properly configured to use 'conda activate'"
    r"|conda: (?:command )?not found"
    r"|EnvironmentLocationNotFound|EnvironmentNameNotFound|Could not find conda environment"
    r"|activate: No such file or directory"
    r"|\b(?:module|ml): (?:command )?not found"
    r"|Lmod has detected the following error"
    r"|ModuleCmd_Load|Unable to locate a modulefile"
    r"|DirectoryNotACondaEnvironmentError"
)
# Those of Python environments; modules bring compilers and CUDA as well.
_PYTHONS = re.compile(r"activate|[Cc]onda|EnvironmentNameNotFound|EnvironmentLocationNotFound")


def failed(crash: Crash) -> str | None:
    """The line above a crash that says a Python environment could not be activated."""
    said = (line.strip() for line in crash.above if WORDS.search(line) and _PYTHONS.search(line))
    return next(said, None)
