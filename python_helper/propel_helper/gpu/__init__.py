"""Floor 2: the hands on NVML and on the files that a CUDA installation leaves."""
