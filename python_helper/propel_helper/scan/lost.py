"""Scripts of another project: what they start was never copied along."""

from __future__ import annotations

from collections.abc import Iterable

from propel_helper.scan.invocation import SHELL_SUFFIXES, How, Invocation
from propel_helper.scan.resolve import Place


def starts_what_is_not_there(starts: Iterable[tuple[Invocation, Place | None]]) -> bool:
    """Whether all files that a script starts are named by relative paths that lead nowhere.

    A file elsewhere that is only called so is another one.
    """
    starts = list(starts)
    if any(at.entry for one, at in starts if at is not None and one.how is not How.FILE):
        return False
    found = [(one, at) for one, at in starts if one.target.endswith((".py", *SHELL_SUFFIXES))]
    return bool(found) and all(
        (at is None or not at.written)
        and not one.target.startswith(("/", "~"))
        and "$" not in one.target
        for one, at in found
    )
