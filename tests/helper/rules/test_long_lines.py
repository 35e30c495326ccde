"""Lines of a log may be long: a rule's words are looked for in them all the same, in no time."""

from __future__ import annotations

import time

import pytest

from propel_helper.facts.crash import Crash, CrashKind
from propel_helper.rules.dependency import missing_shared_library
from propel_helper.rules.said import said

LONG = 8000


@pytest.mark.parametrize("piece", [".so.", ".so.1.", "a.so "])
def test_names_of_libraries_without_an_end(piece: str) -> None:
    crash = Crash(CrashKind.EXCEPTION, "OSError", piece * (LONG // len(piece)))
    begin = time.perf_counter()
    assert said(crash, missing_shared_library.WORDS) is None
    assert time.perf_counter() - begin < 1
