"""Crashes like an ordinary script, and notes the moment before the traceback's last byte."""

import sys
import time
import traceback
from pathlib import Path
from types import TracebackType


def note_and_print(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Print the traceback; write nanoseconds since the epoch to the file named in argv."""
    text = "".join(traceback.format_exception(kind, error, trace))
    sys.stderr.write(text[:-1])
    sys.stderr.flush()
    moment = time.time_ns()
    sys.stderr.write(text[-1:])
    sys.stderr.flush()
    Path(sys.argv[1]).write_text(str(moment))


sys.excepthook = note_and_print
for step in range(50):
    print(f"step {step} loss {1 / (step + 1):.4f}")
weights = [[0.0] * 3 for _ in range(4)]
print(weights[4][0])
