from pathlib import Path
import yaml

def locate(p):
    q = Path(p)
    if not q.exists():
        raise FileNotFoundError(f"config not found: {q}")
    return q

def read(p):
    return yaml.safe_load(locate(p).read_text())
