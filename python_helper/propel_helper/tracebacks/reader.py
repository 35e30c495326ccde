"""Reads a log as it grows and says what crash it ends in.

Only the part of a log that can still matter is kept: from the first traceback that training has
not outlived, else the last bytes. Healthy output is skipped without being split into lines.
"""

from __future__ import annotations

from collections.abc import Iterator

from propel_helper.facts.crash import Crash
from propel_helper.facts.end_mark import LONGEST, EndMark, find_mark
from propel_helper.tracebacks import causes, collected, ends
from propel_helper.tracebacks.around import around
from propel_helper.tracebacks.counting import Counting
from propel_helper.tracebacks.lines import Line, bare, split, streams
from propel_helper.tracebacks.outliving import is_outlived
from propel_helper.tracebacks.progress import Progress
from propel_helper.tracebacks.ranked import Ranked, ranked

TRIGGER = b"(most recent call last)"
"""Rich colours the word before it in another way."""
TAIL = 64 * 1024
"""Bytes kept while nothing has happened: an end without a traceback stands in the last ones."""
MARGIN = 4 * 1024
"""Bytes kept before a traceback: what stands right above it tells whose it is."""
LARGEST = 512 * 1024
"""Most bytes kept; of a longer episode the beginning is summed up."""
STEP = 256 * 1024
"""Bytes of a large piece that are taken at once where something happened."""
SAMPLE = 8 * 1024
"""Bytes of every piece that is passed over which are searched for training that goes on."""
MOST_EARLIER = 32
"""Tracebacks kept of the beginning and of the end of what was summed up."""
INTERRUPTED = 130
"""128 + SIGINT: a person pressed Ctrl-C."""


class LogReader:
    """Bytes of one log, in order, to the crash that they end in.

    Pure: no file and no clock. Memory is bounded by ``LARGEST`` plus one ``feed``.
    """

    def __init__(
        self, nonce: str | None = None, start: int = 0, *, zero_tells: bool = True
    ) -> None:
        """``nonce``: the run's own; only an end mark that carries it counts then.

        ``start``: offset in the log (bytes) of what is fed first. ``zero_tells``: an exit status of
        0 says that nothing crashed; not so when it is another program's (``train.py | tee``).
        """
        self._zero_tells = zero_tells
        self._nonce = nonce
        self._kept = bytearray()
        self._base = start
        self._fed = start
        self._open_at: int | None = None
        self._mark: EndMark | None = None
        self._earlier: list[Ranked] = []
        self._survived: list[Ranked] = []
        self._judged = start
        self._answer: tuple[tuple[int, bool, int | None], tuple[Crash, ...]] | None = None

    @property
    def offset(self) -> int:
        """Bytes fed so far."""
        return self._fed

    @property
    def exit_status(self) -> int | None:
        """Exit status that the end mark told, None before it."""
        return self._mark.exit_status if self._mark else None

    @property
    def ended(self) -> bool:
        """Whether the end mark was read."""
        return self._mark is not None

    def feed(self, data: bytes | bytearray) -> None:
        """Take the next bytes of the log. Costs little where nothing happens."""
        if len(data) <= STEP:
            self._take(data)
        elif not self._skipped(data):
            for at in range(0, len(data), STEP):
                self._take(data[at : at + STEP])

    def _take(self, data: bytes | bytearray) -> None:
        if len(data) > TAIL and self._skipped(data):
            return
        self._fed += len(data)
        if self._mark is not None:
            return
        old = len(self._kept)
        self._kept += data
        self._mark = find_mark(self._kept, self._nonce, max(old - LONGEST, 0))
        if self._mark is not None:
            del self._kept[self._mark.offset :]
        if self._open_at is None:
            at = self._kept.find(TRIGGER, max(old - len(TRIGGER), 0))
            if at != -1:
                self._open_at = self._base + at
        self._trim()

    def _skipped(self, data: bytes | bytearray) -> bool:
        """Pass over a large piece of healthy output without copying it; whether that could be.

        Without a nonce only the kept end is searched for a mark: a log that nobody knows as a
        run's has none, and the search would take twice as long.
        """
        if self._mark is None:
            if self._open_at is not None:
                return False
            seam = bytes(self._kept[-LONGEST:]) + bytes(data[:LONGEST])
            if TRIGGER in seam or TRIGGER in data:
                return False
            for piece in (seam, data if self._nonce is not None else data[-TAIL:]):
                if find_mark(piece, self._nonce) is not None:
                    return False
            self._kept = bytearray(data[-TAIL:])
        self._fed += len(data)
        if self._mark is None:
            self._base = self._fed - len(self._kept)
            self._forget_outlived(bytes(self._kept[-SAMPLE:]))
        return True

    def _forget_outlived(self, data: bytes) -> None:
        """Drop what was summed up as soon as new output shows that training goes on."""
        if self._earlier:
            progress = Progress(split(data, self._fed - len(data)))
            left = [one for one in self._earlier if not progress.outlives(one.traceback.end)]
            if len(left) < len(self._earlier):
                self._survived = [one for one in self._earlier if one not in left][-1:]
            self._earlier = left

    def crashes(self, *, ended: bool = False, exit_status: int | None = None) -> tuple[Crash, ...]:
        """The crash that the log so far ends in: one or none.

        ``ended``: no more bytes will come, so the last line is complete and ends without a
        traceback are told. ``exit_status``: the run's, where it is known from elsewhere.
        """
        if self._mark is not None:
            ended, exit_status = True, self._mark.exit_status
        if exit_status == 0 and not self._zero_tells:
            exit_status = None
        if exit_status in (0, INTERRUPTED):
            return ()
        key = (self._fed, ended, exit_status)
        if self._answer is None or self._answer[0] != key:
            self._answer = (key, self._judge(ended, exit_status))
        return self._answer[1]

    def _judge(self, ended: bool, exit_status: int | None) -> tuple[Crash, ...]:
        if not ended and self._open_at is None:
            self._forget_outlived(bytes(self._kept[-min(self._fed - self._judged, TAIL) :]))
            self._judged = self._fed
            summed_up = causes.cause(self._earlier)
            return (summed_up,) if summed_up else ()
        lines = self._lines(ended=ended)
        found = self._found(lines, buffered=ended and exit_status is None)
        crash = causes.cause(found, lines)
        if crash is None and not ended and self._survived:
            self._close()
        if crash is None and ended:
            crash = ends.end([bare(line) for line in lines])
            if crash is None and exit_status is not None:
                crash = causes.cause(self._survived, lines) or ends.silent_end(lines, exit_status)
        if crash is None:
            return ()
        crash = causes.with_status(crash, exit_status)
        return (around(crash, lines),)

    def _found(self, lines: list[Line], *, buffered: bool = False) -> list[Ranked]:
        """Tracebacks that training has not outlived; the last that it has are remembered."""
        progress = Progress(lines, buffered=buffered)
        every = self._earlier + ranked(streams(lines))
        counting = Counting(lines if any(not one.traceback.whole for one in every) else ())
        outlived = [one for one in every if is_outlived(one, progress, counting)]
        if outlived:
            self._survived = outlived[-1:]
        return [one for one in every if one not in outlived]

    def _lines(self, *, ended: bool) -> list[Line]:
        start = 0
        if self._open_at is not None and not self._earlier:
            start = max(self._open_at - MARGIN - self._base, 0)
            if start:
                start = self._kept.find(b"\n", start, self._open_at - self._base) + 1 or start
        data = bytes(self._kept[start:])
        if not ended:
            data = data[: max(data.rfind(b"\n"), data.rfind(b"\r")) + 1]
        return collected.plain(list(split(data, self._base + start)))

    def _close(self) -> None:
        """Training outlived the open episode: forget it. The next one may have begun already."""
        outlived = self._survived[-1].traceback.end
        at = self._kept.find(TRIGGER, max(outlived - self._base, 0))
        self._open_at = self._base + at if at != -1 else None
        self._earlier = []
        self._trim()

    def _trim(self) -> None:
        keep_from = self._base + len(self._kept) - TAIL
        if self._open_at is not None:
            keep_from = min(keep_from, self._open_at - MARGIN)
        drop = keep_from - self._base
        if drop > 0:
            del self._kept[:drop]
            self._base += drop
        if len(self._kept) > LARGEST:
            self._shrink()

    def _shrink(self) -> None:
        """An episode grew too long: see whether training outlived it, else sum up its beginning."""
        drop = len(self._kept) - LARGEST // 2
        at = self._kept.find(TRIGGER, drop)
        cut = self._kept.rfind(b"\n", 0, at if at != -1 else drop) + 1 or drop
        found = self._found(list(self._sampled(bytes(self._kept[:cut]))))
        self._earlier = found[:MOST_EARLIER] + found[MOST_EARLIER:][-MOST_EARLIER:]
        del self._kept[:cut]
        self._base += cut
        self._open_at = self._base + at - cut if at != -1 else None

    def _sampled(self, head: bytes) -> Iterator[Line]:
        """Lines of what is summed up: all of a short piece, both ends of a long one.

        The causes stand at an episode's beginning or at its end. Ten thousand tracebacks in
        between say the same again.
        """
        yield from split(head[:TAIL], self._base)
        if len(head) > TAIL:
            at = max(len(head) - TAIL, TAIL)
            at = head.find(b"\n", at) + 1 or at
            yield from split(head[at:], self._base + at)
