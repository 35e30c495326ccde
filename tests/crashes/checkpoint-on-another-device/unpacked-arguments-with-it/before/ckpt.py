import io
from pathlib import Path

import torch


def restore(path, **kw):
    blob = io.BytesIO(Path(path).read_bytes())
    return torch.load(blob, weights_only=True, **kw)["model"]
