"""Console scripts that a project declares, as mentions."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

from propel_helper.scan.invocation import How, Invocation
from propel_helper.scan.reading import Mention


def declared(
    file: str, programs: Mapping[str, str], lines: Mapping[str, int | None]
) -> Iterator[Mention]:
    """One mention for each program (name -> ``module:function``) that ``file`` declares."""
    for name in programs:
        yield Mention(
            name,
            Invocation(How.PROGRAM, name),
            "console",
            file,
            lines.get(name),
            base=posixpath.dirname(file),
        )
