from pathlib import Path
import sys

file = Path(sys.argv[1].partition("=")[2])
if not file.exists():
    raise FileNotFoundError(f"config not found: {file}")
print(file.read_text())
