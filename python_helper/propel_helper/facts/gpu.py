"""The GPUs of this host, and who holds them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class GpuProcess:
    """A process that holds GPU memory.

    Attributes:
        name: its program as the driver names it, "" where it doesn't.
        memory: bytes, None where the driver doesn't tell.
        user: who owns it, "" where the system doesn't tell (another container's process).
        run: the run that it belongs to, "" for none of this host's.
    """

    pid: int
    name: str
    memory: int | None
    user: str = ""
    run: str = ""


@dataclass(frozen=True)
class GpuFact:
    """One GPU.

    Attributes:
        index: its number as the driver counts (``CUDA_DEVICE_ORDER=PCI_BUS_ID``).
        name: product name.
        memory: bytes it has.
        free: bytes that are free.
        utilization: percent of time that a kernel ran in the last sample, None if unknown.
        temperature: degrees Celsius, None if unknown.
        processes: who holds its memory, largest first.
    """

    index: int
    name: str
    memory: int
    free: int
    utilization: int | None = None
    temperature: int | None = None
    processes: tuple[GpuProcess, ...] = ()


@dataclass(frozen=True)
class GpuReport:
    """All GPUs, or why there are none.

    Attributes:
        gpus: by index.
        driver: version of the driver, None without one.
        cuda: newest CUDA version that the driver runs, None without one.
        reason: why ``gpus`` is empty, one sentence; "" when it isn't.
    """

    gpus: tuple[GpuFact, ...]
    driver: str | None = None
    cuda: str | None = None
    reason: str = ""
