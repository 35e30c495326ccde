from pathlib import Path

LOG_DIR = Path("logs") / "día-1"
