"""Errors that end no training: a thread beside it died, or a tracker's own machinery did."""

from __future__ import annotations

from propel_helper.facts.crash import Raised
from propel_helper.facts.wording import Wording

# threading.excepthook, Python 3.6 to 3.14.
IN_THREAD = Wording(r"^\s*Exception in thread \S")
# Experiment trackers and tqdm's monitor work in threads and processes of their own.
_TRACKER = Wording(
    r"-packages[/\\](?:wandb|mlflow|comet_ml|neptune|clearml|swanlab|swankit|aim|tensorboardX?|tqdm)[/\\]"
)
_PLUMBING = Wording(
    r"[/\\]lib[/\\]python[\d.]+[/\\](?!(?:site|dist)-packages)"
    r"|[/\\][Ll]ib[/\\](?:threading|queue|asyncio|socket|concurrent|multiprocessing)\b"
    r"|-packages[/\\](?:urllib3|requests|psutil|git|watchdog|sentry_sdk)[/\\]|^<"
)


def is_trackers_own(raised: Raised) -> bool:
    """Whether all that ``raised`` went through is a tracker and what it stands on.

    What a call of the person's code into a tracker raises begins in that code.
    """
    files = [frame.file for frame in raised.frames]
    trackers = [file for file in files if _TRACKER.search(file)]
    return bool(trackers) and all(file in trackers or _PLUMBING.search(file) for file in files)
