from __future__ import annotations

import logging
from pathlib import Path

from app.settings import LOG_DIR

logger = logging.getLogger("app")


def setup(folder: Path) -> None:
    handler = logging.FileHandler(folder / "train.log")
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)


def run() -> float:
    loss = 1.0
    for step in range(5):
        loss *= 0.5
        logger.info("step %d loss %.3f", step, loss)
    return loss


if __name__ == "__main__":
    setup(LOG_DIR)
    print("loss", run())
    print("trained")
