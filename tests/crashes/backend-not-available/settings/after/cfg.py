"""What all scripts share."""

import torch
BACKEND = "nccl" if torch.cuda.is_available() else "gloo"
TIMEOUT = 30
