import io
from pathlib import Path

import torch

OPTIONS = dict(mmap=False)


def restore(path):
    blob = io.BytesIO(Path(path).read_bytes())
    return torch.load(blob, weights_only=True, **OPTIONS)["model"]
