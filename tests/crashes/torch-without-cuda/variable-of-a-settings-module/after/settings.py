"""What a person sets from outside."""
import torch
import os

DEVICE = os.environ.get("TOY_DEVICE", "cuda" if torch.cuda.is_available() else "cpu")  # export TOY_DEVICE=... to change
