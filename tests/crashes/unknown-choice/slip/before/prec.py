from enum import Enum

class Schedule(str, Enum):
    COSINE = "cosine"
    LINEAR = "linear"

def parse(v):
    return Schedule(v)
