import platform

BACKEND = "nccl"
if platform.system() == "Windows":
    BACKEND = "gloo"
