"""debugpy's adapter, for as long as the editor that started it lives.

A program of its own: ``python -I -S debug_adapter.py FOLDER`` with debugpy's folder. It speaks DAP on
its standard streams (https://microsoft.github.io/debug-adapter-protocol/overview). debugpy's
adapter outlives an editor that goes away without a word, and listens on; this one ends, and a
program that it debugged goes on.
"""

import os
import runpy
import sys
import threading
import time

_LOOK_S = 1.0


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOK_S)
    # Not by an exception: no other thread may keep the ports open.
    os._exit(0)


if __name__ == "__main__":
    folder = sys.argv.pop(1)
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    runpy.run_path(os.path.join(folder, "adapter"), run_name="__main__")  # noqa: PTH118 - a small program
