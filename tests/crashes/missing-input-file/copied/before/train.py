import shutil
import sys
from pathlib import Path

out = Path("results") / sys.argv[2]
shutil.copy(sys.argv[1], out / "config.yaml")
