from pathlib import Path
import sys

file = Path(sys.argv[1].partition("=")[2])
if not file.is_file():
    raise FileNotFoundError(f"config not found: {file}")
