from enum import Enum

class Precision(str, Enum):
    FP32 = "fp32"
    BF16 = "bf16"

def parse(v):
    return Precision(v)
