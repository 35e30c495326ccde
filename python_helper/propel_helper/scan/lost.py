"""Scripts of another project: what they start was never copied along."""

from __future__ import annotations

from collections.abc import Iterable

from propel_helper.scan.invocation import How, Invocation
from propel_helper.scan.resolve import Place


def starts_what_is_not_there(starts: Iterable[tuple[Invocation, Place | None]]) -> bool:
    """Whether all files that a script starts are named by relative paths that lead nowhere.

    A file elsewhere that is only called so is another one.
    """
    found = [(one, at) for one, at in starts if one.how in (How.FILE, How.SHELL)]
    return bool(found) and all(
        (at is None or not at.written)
        and not one.target.startswith(("/", "~"))
        and "$" not in one.target
        for one, at in found
    )
