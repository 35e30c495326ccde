"""What all scripts share."""

BACKEND = "nccl"
TIMEOUT = 30
