"""Flight Recorder dumps, as torch 2.13 writes them for gloo: who is where, and what is refused."""

from __future__ import annotations

import json
import os
import pickle
from pathlib import Path
from typing import Any

import pytest
from typing_extensions import override

from propel_helper.hangs.recorder import Collective, NoDump, compare, read_dump


def entry(number: int, name: str, line: int, **more: Any) -> dict[str, Any]:
    return {
        "collective_seq_id": number,
        "frames": [
            {"filename": "/x/torch/distributed/distributed_c10d.py", "line": 3245, "name": name},
            {"filename": "/work/train.py", "line": line, "name": "<module>"},
        ],
        "input_dtypes": ["Float"], "input_sizes": [[3]], "is_p2p": False, "op_id": number,
        "output_dtypes": ["Float"], "output_sizes": [[3]], "p2p_seq_id": 0, "pg_id": 0,
        "process_group": ("0", "default_pg"), "profiling_name": f"gloo:{name}",
        "record_id": number - 1, "retired": True, "state": "scheduled",
        "time_created_ns": 1795544867385966639, "timeout_ms": 1800000,
    } | more  # fmt: skip


def dump(*entries: dict[str, Any]) -> bytes:
    told = {"version": "2.10", "pg_config": {}, "pg_status": {}, "entries": list(entries)}
    return pickle.dumps(told, protocol=2)


def place(one: Collective) -> str:
    return f"{Path(one.frames[0].file).name}:{one.frames[0].line}" if one.frames else ""


def test_the_rank_that_has_not_come_is_named() -> None:
    early = [entry(1, "all_reduce", 5), entry(2, "broadcast", 6)]
    waits = read_dump(dump(*early, entry(3, "all_reduce", 9, retired=False)))
    behind = read_dump(dump(*early))
    (said,) = compare({0: waits, 1: waits, 2: behind}, place)
    assert said == (
        "Flight Recorder, group default_pg: ranks 0, 1 are in all_reduce number 3 (train.py:9); "
        "rank 2 last finished broadcast number 2 (train.py:6)."
    )
    assert compare({0: behind, 1: behind}, place) == ()


def test_ranks_that_called_different_things() -> None:
    one = read_dump(dump(entry(7, "all_reduce", 5, retired=False)))
    other = read_dump(dump(entry(7, "barrier", 8, retired=False)))
    (said,) = compare({0: one, 1: other}, place)
    assert "rank 0 is in all_reduce number 7" in said
    assert "rank 1 is in barrier number 7 (train.py:8); they called different things." in said
    wide = read_dump(dump(entry(7, "all_reduce", 5, retired=False, input_sizes=[[4, 4]])))
    (said,) = compare({0: one, 1: wide}, place)
    assert "with sizes [[3]]" in said
    assert "with sizes [[4, 4]]" in said


def test_json_has_no_frames() -> None:
    told = entry(3, "all_reduce", 9, retired=False)
    del told["frames"]
    (one,) = read_dump(json.dumps({"entries": [told]}).encode())
    assert (one.name, one.done, one.frames) == ("all_reduce", False, ())


class Evil:
    @override
    def __reduce__(self) -> Any:
        return os.system, ("touch stolen",)


@pytest.mark.parametrize(
    "data",
    [
        pickle.dumps({"entries": [Evil()]}, protocol=2),
        pickle.dumps(Path("x")),
        b"\x80\x02cposix\nsystem\nX\x05\x00\x00\x00touchtR.",
        b"\x80\x04\x8c\x05posix\x8c\x06system\x93.",
        b"\x80\x02U\x01xQ.",
        b"\x80\x02}X\x07\x00\x00\x00entries",
        b"",
        b"{",
        b"not a pickle",
        pickle.dumps([1]),
        pickle.dumps({"entries": 5}),
    ],
)
def test_what_is_no_dump_is_refused_and_runs_nothing(
    data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NoDump):
        read_dump(data)
    assert list(tmp_path.iterdir()) == []


def test_odd_entries_are_passed_over() -> None:
    odd = [5, {}, entry(-1, "x", 1), entry(10**5000, "x", 1), entry(1, "send", 1, is_p2p=True)]
    assert read_dump(dump(*odd, entry(1, "barrier", 4))) == read_dump(dump(entry(1, "barrier", 4)))  # type: ignore[arg-type]
