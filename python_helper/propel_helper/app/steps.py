"""Use case: run a fix's command once, in the run's own session."""

from __future__ import annotations

import os
import secrets
import threading
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from propel_helper.app.plan import refuse_unless_possible
from propel_helper.app.runs import find
from propel_helper.facts.problem import Problem
from propel_helper.runs.ledger import Ledger
from propel_helper.runs.mark import find_mark
from propel_helper.runs.record import Record
from propel_helper.sessions import choose, named
from propel_helper.sessions.port import Backend, Held, Order, Phase
from propel_helper.sessions.scheduler import Scheduler

_LOOK_S = 0.1
_LOG_LAG_S = 1.0
_GRACE_S = 5.0


def run_step(
    ledger: Ledger,
    name: str,
    text: str,
    environ: Mapping[str, str],
    cancelled: threading.Event | None = None,
) -> tuple[int, Path]:
    """Run ``text`` in a window of the run's session and wait for its end.

    The window closes when it ends. When the session is gone a new one is opened, with ``environ``;
    the restart that follows uses it. For a run of a scheduler it is a session of this host, closed
    at the end: an install is not worth a place in the queue, and nodes often have no internet. Setting ``cancelled`` (from another thread) ends the command.

    Returns:
        Its exit status and the absolute path of its log (the mark of the end stands in it).

    Raises:
        Problem: it can't be started, was cancelled, or went away without an exit status.
    """
    run = find(ledger, name).run
    with ledger.alone(run):
        record = find(ledger, run)
        refuse_unless_possible(text, record.cwd)
        order = _order(ledger, record, text, environ)
        backend = named(record.backend)
        aside = isinstance(backend, Scheduler)
        if aside:
            backend = choose("auto", environ)
            held = backend.launch(replace(order, stays=True))
        else:
            held = _open(backend, record, order)
            ledger.append(run, "step", command=text, log=str(order.log), **vars(held))
    try:
        return _wait(backend, held, order, text, cancelled), order.log
    finally:
        if aside:
            backend.quit(held)


def _order(ledger: Ledger, record: Record, text: str, environ: Mapping[str, str]) -> Order:
    number = 1
    while (ledger.folder_of(record.run) / f"step-{number}.log").exists():
        number += 1
    text_file = ledger.write(record.run, f"step-{number}.command", os.fsencode(text))
    log = ledger.write(record.run, f"step-{number}.log", b"")
    return Order(
        session=record.name,
        text_file=text_file,
        cwd=record.cwd,
        log=log,
        nonce=secrets.token_hex(8),
        environ=environ,
        stays=False,
    )


def _open(backend: Backend, record: Record, order: Order) -> Held:
    held = Held(**vars(record.window)) if record.window else None
    if held is not None and backend.alive(held):
        return backend.again(held, order)
    return backend.launch(Order(**{**vars(order), "stays": True}))


def _wait(
    backend: Backend, held: Held, order: Order, text: str, cancelled: threading.Event | None
) -> int:
    while True:
        over = backend.phase(held, order.nonce) is not Phase.RUNNING
        deadline = time.monotonic() + (_LOG_LAG_S if over else 0)
        while (mark := find_mark(order.log, order.nonce, tail_only=True)) is None:
            if time.monotonic() >= deadline:
                break
            time.sleep(0.02)
        if mark is not None:
            return mark.exit_status
        if over:
            raise Problem(f"`{text}` went away without an exit status.", f"Its output: {order.log}")
        if cancelled is None:
            time.sleep(_LOOK_S)
        elif cancelled.wait(_LOOK_S):
            backend.end(held, _GRACE_S)
            raise Problem(f"`{text}` was cancelled.", "The run was left as it is.")
