"""Programs that a project declares, as mentions."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping

from propel_helper.scan.invocation import SHELL_SUFFIXES, How, Invocation
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


def installed_files(paths: Iterable[str]) -> dict[str, str]:
    """The programs that installed files become, name -> file.

    Those with a suffix are left out: as the scripts that they are, they are found anyway.
    """
    kept = [path for path in paths if not path.endswith((".py", *SHELL_SUFFIXES))]
    return {name: path for path in kept if (name := posixpath.basename(path))}
