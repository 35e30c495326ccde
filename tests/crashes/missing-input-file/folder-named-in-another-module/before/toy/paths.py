from pathlib import Path

# was data/procesed before
ROOT = Path("data")
TRAIN = ROOT / "procesed"
