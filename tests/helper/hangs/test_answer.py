"""Stacks as py-spy tells them, and the answer that is made of them."""

from __future__ import annotations

from propel_helper.facts.crash import Frame
from propel_helper.facts.finding import OwnedFrame
from propel_helper.facts.hang import WaitGroup
from propel_helper.facts.stack import Deed, Pause, Standing, ThreadStack
from propel_helper.hangs.answer import answer
from propel_helper.hangs.grouping import groups, listed
from propel_helper.hangs.subjects import subjects, with_spawned_ranks

SITE = "/v/lib/python3.11/site-packages"
STD = "/p/lib/python3.11"
TRAIN = [Frame("train.py", 99, "<module>")]
ALL_REDUCE = [
    Frame(f"{SITE}/torch/distributed/c10d_logger.py", 83, "_exception_logger.<locals>.wrapper"),
    Frame(f"{SITE}/torch/distributed/distributed_c10d.py", 3252, "all_reduce"),
]
BARRIER = [Frame(f"{SITE}/torch/distributed/distributed_c10d.py", 5349, "barrier")]
LOADER = [
    Frame(f"{SITE}/torch/utils/data/dataloader.py", 733, "_BaseDataLoaderIter.__next__"),
    Frame(f"{SITE}/torch/utils/data/dataloader.py", 1410, "_get_data"),
    Frame(f"{STD}/queue.py", 180, "Queue.get"),
]
BACKWARD = [
    Frame(f"{SITE}/torch/_tensor.py", 630, "Tensor.backward"),
    Frame(f"{SITE}/torch/autograd/graph.py", 829, "_engine_run_backward"),
]
FORKED = [
    Frame("train.py", 80, "main"),
    Frame(f"{SITE}/torch/utils/data/dataloader.py", 1176, "__init__"),
    Frame(f"{STD}/multiprocessing/process.py", 314, "BaseProcess._bootstrap"),
    Frame(f"{STD}/multiprocessing/process.py", 108, "BaseProcess.run"),
    Frame(f"{SITE}/torch/utils/data/_utils/worker.py", 334, "_worker_loop"),
]
LOCK = Deed(Pause.LOCK)


def own(frame: Frame) -> OwnedFrame:
    return OwnedFrame(frame.file, frame.line, frame.function, frame.code, frame.file[0] != "/")


def at(line: int, file: str = "train.py", code: str | None = None) -> Frame:
    return Frame(file, line, "step", code)


def standing(
    pid: int, rank: int | None, frames: list[Frame], deed: Deed = LOCK, **more: object
) -> Standing:
    main = ThreadStack("MainThread", is_main=True, frames=tuple(frames), deed=deed)
    values = {"parent": None, "arguments": ("python", "train.py"), **more}
    return Standing(pid=pid, rank=rank, threads=(main,), **values)  # type: ignore[arg-type]


def rank(number: int, *frames: Frame, deed: Deed = LOCK, moves: bool = False) -> Standing:
    return standing(100 + number, number, [*TRAIN, *frames], deed, moves=moves)


def look(*standings: Standing) -> tuple[str, tuple[WaitGroup, ...]]:
    found = groups(subjects(with_spawned_ranks(standings), own))
    return answer(found), found


def test_the_rank_that_is_elsewhere_is_named() -> None:
    others = [rank(number, at(88), *ALL_REDUCE) for number in range(3)]
    reads = rank(3, at(12, "data.py"), deed=Deed(Pause.FILE, "read", "/data/shard-7"))
    text, found = look(*others, reads)
    assert text == (
        "Ranks 0, 1, 2 wait in all_reduce at train.py:88; rank 3 is elsewhere: data.py:12 "
        "(reading /data/shard-7)."
    )
    assert [(one.ranks, one.is_odd) for one in found] == [((3,), True), ((0, 1, 2), False)]


def test_two_ranks_are_told_apart_by_who_waits_for_the_other() -> None:
    text, found = look(rank(0, at(88), *ALL_REDUCE), rank(1, at(70), *LOADER))
    assert text.startswith("Rank 0 waits in all_reduce at train.py:88; rank 1 is elsewhere")
    assert "train.py:70 (waiting for its data loader)" in text
    assert found[0].ranks == (1,)
    text, _ = look(rank(0, at(90), *BACKWARD), rank(1, at(9, "log.py"), deed=Deed(Pause.TERMINAL)))
    assert "rank 1 is elsewhere: log.py:9 (waiting for someone to type on its terminal)" in text


def test_ranks_in_different_collectives() -> None:
    text, found = look(
        *(rank(number, at(88), *ALL_REDUCE) for number in range(2)), rank(2, at(95), *BARRIER)
    )
    assert "rank 2 is elsewhere: train.py:95 (waiting in barrier), so that each waits" in text
    assert [one.is_odd for one in found] == [True, False]
    text, found = look(rank(0, at(88), *ALL_REDUCE), rank(1, at(95), *BARRIER))
    assert text == (
        "Rank 0 waits in all_reduce at train.py:88; rank 1 waits in barrier at train.py:95."
    )
    assert not any(one.is_odd for one in found)


def test_all_at_one_place_and_one_that_is_gone() -> None:
    ranks = [rank(number, at(88), *ALL_REDUCE) for number in (0, 1, 3)]
    found = groups(subjects(ranks, own))
    assert answer(found, (2,)) == (
        "All 3 ranks wait in all_reduce at train.py:88. Rank 2 has no process any more."
    )
    assert answer(found).endswith("None of them is missing here.")


def test_what_goes_on_is_not_stuck() -> None:
    text, _ = look(rank(0, at(5), moves=True), rank(1, at(6), moves=True))
    assert text == "It is not stuck at one line: every process went on between two looks."
    text, _ = look(
        rank(0, at(88), *ALL_REDUCE), rank(1, at(6), deed=Deed(Pause.COMPUTES), moves=True)
    )
    assert "rank 1 is elsewhere: train.py:6 (computing), and goes on." in text


def test_one_process_and_its_data_loader() -> None:
    main = standing(1, None, [*TRAIN, at(40), *LOADER])
    busy = [
        standing(pid, None, [*FORKED, at(12, "data.py")], Deed(Pause.NETWORK), parent=1)
        for pid in (2, 3)
    ]
    idle = standing(
        4, None, [*FORKED, Frame(f"{STD}/multiprocessing/queues.py", 113, "get")], parent=1
    )
    text, found = look(main, *busy, idle)
    assert text == (
        "The process waits for its data loader at train.py:40. 2 data loader workers wait for the "
        "network at data.py:12. A data loader worker waits for work."
    )
    assert [one.role for one in found] == ["rank", "worker", "worker"]


def test_a_workers_rank_is_no_rank() -> None:
    worker = standing(200, 1, [*FORKED, at(12, "data.py")], parent=101)
    helper = standing(201, 1, [*TRAIN, at(3)], parent=101)
    text, _ = look(rank(0, at(88), *ALL_REDUCE), rank(1, at(88), *ALL_REDUCE), worker, helper)
    assert text.startswith("All 2 ranks wait in all_reduce")


def test_spawned_ranks_are_counted_in_the_order_of_their_birth() -> None:
    spawned = Frame(f"{SITE}/torch/multiprocessing/spawn.py", 90, "_wrap")
    joins = [Frame(f"{SITE}/torch/multiprocessing/spawn.py", 140, "join")]
    parent = standing(10, None, [*TRAIN, at(50), *joins], Deed(Pause.UNKNOWN))
    text, _ = look(
        parent,
        standing(11, None, [spawned, at(20), *BARRIER], parent=10),
        standing(12, None, [spawned, at(31)], Deed(Pause.SLEEP), parent=10),
    )
    assert (
        text
        == "Rank 0 waits in barrier at train.py:20; rank 1 is elsewhere: train.py:31 (sleeping)."
    )


def test_children_without_ranks_are_told_by_their_process() -> None:
    joins = [Frame(f"{STD}/multiprocessing/process.py", 149, "BaseProcess.join")]
    parent = standing(10, None, [*TRAIN, at(50), *joins], Deed(Pause.CHILD))
    text, _ = look(
        parent,
        standing(11, None, [*TRAIN, at(20), *BARRIER], parent=10),
        standing(12, None, [*TRAIN, at(31)], Deed(Pause.SLEEP), parent=10),
    )
    assert text.startswith("Process 11 waits in barrier at train.py:20; process 12 is elsewhere")


def test_a_breakpoint_and_a_stop_say_what_to_do() -> None:
    pdb = [Frame(f"{STD}/bdb.py", 90, "Bdb.trace_dispatch"), Frame(f"{STD}/cmd.py", 126, "cmdloop")]
    text, _ = look(standing(1, None, [*TRAIN, at(7), *pdb], Deed(Pause.TERMINAL)))
    assert text.startswith("The process waits at a breakpoint for someone to type at train.py:7.")
    assert "Attach" in text
    text, _ = look(standing(1, None, [*TRAIN, at(7)], Deed(Pause.STOPPED)))
    assert text.startswith("The process is stopped by a signal or a debugger at train.py:7.")
    assert "kill -CONT" in text


def test_a_result_that_the_gpu_owes() -> None:
    line = Frame("train.py", 91, "step", "total += loss.item()")
    text, _ = look(standing(1, None, [*TRAIN, line], Deed(Pause.COMPUTES)))
    assert text == "The process waits for a result in item at train.py:91."


def test_many_ranks_are_told_by_their_ends() -> None:
    assert listed([5, 1, 2, 3, 4, 9]) == "1 to 5, 9"
    assert listed([0, 1, 2]) == "0, 1, 2"


def test_a_pool_and_its_workers() -> None:
    pool = [
        Frame("train.py", 8, "<module>"),
        Frame(f"{STD}/multiprocessing/process.py", 314, "BaseProcess._bootstrap"),
        Frame(f"{STD}/multiprocessing/pool.py", 125, "worker"),
    ]
    maps = [Frame(f"{STD}/multiprocessing/pool.py", 367, "Pool.map")]
    busy = standing(2, None, [*pool, at(3)], Deed(Pause.FILE, "open"), parent=1)
    gets = Frame(f"{STD}/multiprocessing/queues.py", 367, "SimpleQueue.get")
    text, _ = look(
        standing(1, None, [*TRAIN, at(8), *maps]),
        busy,
        *(standing(pid, None, [*pool, gets], parent=1) for pid in (3, 4)),
    )
    assert text == (
        "The process waits for another process at train.py:8. 2 worker processes wait for work. "
        "A worker process opens a file at train.py:3."
    )


def test_what_the_system_does_not_tell_is_left_out() -> None:
    unknown = Deed(Pause.UNKNOWN)
    text, found = look(rank(0, at(88), *ALL_REDUCE), rank(1, at(12), deed=unknown))
    assert text == "Rank 0 waits in all_reduce at train.py:88; rank 1 is elsewhere: train.py:12."
    assert found[0].text == "Rank 1 is at train.py:12."
