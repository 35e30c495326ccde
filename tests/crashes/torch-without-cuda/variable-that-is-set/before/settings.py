"""What a person sets from outside."""
import os

DEVICE = os.environ.get("TOY_DEVICE", "cuda")  # export TOY_DEVICE=... to change
