"""Errors beside training: threads, and trackers' own machinery."""

from __future__ import annotations

from propel_helper.tracebacks.reader import LogReader

_TRACKERS = b"""epoch 1 step 10 loss 2.1
2024-05-02 10:00:09,417 ERROR   wandb-Asyncio:41 [manager.py:run():18] Uncaught exception in callback.
Traceback (most recent call last):
  File "/opt/env/lib/python3.12/site-packages/wandb/sdk/lib/asyncio_manager.py", line 181, in run
    await fn()
  File "/opt/env/lib/python3.12/asyncio/streams.py", line 166, in _drain_helper
    raise ConnectionResetError('Connection lost')
ConnectionResetError: Connection lost
"""


def _exceptions(log: bytes) -> list[str | None]:
    reader = LogReader()
    reader.feed(log)
    return [crash.exception for crash in reader.crashes(ended=True)]


def test_what_a_trackers_own_code_alone_went_through_ends_no_training() -> None:
    assert _exceptions(_TRACKERS) == []


def test_what_a_persons_call_into_a_tracker_raises_does() -> None:
    own = b'  File "/home/ana/tiny/train.py", line 9, in main\n    run.log(x)\n'
    called = _TRACKERS.replace(b"last):\n", b"last):\n" + own)
    assert _exceptions(called) == ["ConnectionResetError"]


def test_a_threads_error_counts_when_it_is_the_only_one() -> None:
    log = b"""Exception in thread heartbeat:
Traceback (most recent call last):
  File "/usr/lib/python3.11/threading.py", line 1038, in _bootstrap_inner
    self.run()
  File "/home/ana/tiny/beat.py", line 12, in run
    self.queue.put(self.clock[0])
IndexError: list index out of range
"""
    assert _exceptions(log) == ["IndexError"]


def test_a_threads_error_is_outlived_by_one_further_step() -> None:
    dead = b"""Exception in thread upload-1:
Traceback (most recent call last):
  File "/usr/lib/python3.11/threading.py", line 1038, in _bootstrap_inner
    self.run()
  File "/home/ana/tiny/train.py", line 2, in upload
    raise TimeoutError("could not reach the tracking server")
TimeoutError: could not reach the tracking server
"""
    steps = [b"Epoch %d/2 - loss: 0.5 - val_loss: 0.6\n" % epoch for epoch in (1, 2)]
    assert _exceptions(steps[0] + dead + steps[1] + b"Best model saved (epoch 2)\n") == []
    assert _exceptions(steps[0] + steps[1] + dead) == ["TimeoutError"]


def test_a_logged_error_that_is_passed_over_is_outlived_by_the_next_record() -> None:
    error = b"""2026-12-01 10:10:24,200 ERROR skipping bad sample 17
Traceback (most recent call last):
  File "/home/ana/tiny/train.py", line 8, in <module>
    decode(i)
  File "/home/ana/tiny/train.py", line 5, in decode
    raise ValueError("cannot identify image file 'img_00017.jpg'")
ValueError: cannot identify image file 'img_00017.jpg'
"""
    done = b"2026-12-01 10:10:24,200 INFO done\n"
    assert _exceptions(error + done) == []
    assert _exceptions(error) == ["ValueError"]
    told = error.replace(b"skipping bad sample 17", b"no sample 17")
    assert _exceptions(told + done) == ["ValueError"]
