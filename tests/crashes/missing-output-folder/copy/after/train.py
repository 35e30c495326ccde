import shutil
import sys
from pathlib import Path

out = Path("results") / sys.argv[2]
Path(out / "config.yaml").parent.mkdir(parents=True, exist_ok=True)
shutil.copy(sys.argv[1], out / "config.yaml")
