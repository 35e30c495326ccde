"""GPUs as the NVIDIA driver tells of them (NVML, https://docs.nvidia.com/deploy/nvml-api/)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pynvml

from propel_helper.facts.gpu import GpuFact, GpuProcess, GpuReport
from propel_helper.gpu.driver import NO_LIBRARY

REASONS = {
    pynvml.NVML_ERROR_LIBRARY_NOT_FOUND: NO_LIBRARY,
    pynvml.NVML_ERROR_DRIVER_NOT_LOADED: "The NVIDIA driver is installed but not loaded.",
    pynvml.NVML_ERROR_NO_PERMISSION: "The NVIDIA driver may not be asked by this user.",
    pynvml.NVML_ERROR_LIB_RM_VERSION_MISMATCH: (
        "The NVIDIA driver was updated: its library and its kernel module differ until a reboot."
    ),
}
"""What NVML's own errors mean for a person."""


def report() -> GpuReport:
    """All GPUs of this host; without a driver an empty report with the reason."""
    try:
        pynvml.nvmlInit()
    except pynvml.NVMLError as error:
        reason = REASONS.get(error.value, f"The NVIDIA driver does not answer: {error}.")
        return GpuReport((), reason=reason)
    try:
        count = _asked(pynvml.nvmlDeviceGetCount) or 0
        found = tuple(gpu for gpu in map(_gpu, range(count)) if gpu is not None)
        reason = "" if found else "The NVIDIA driver is loaded and sees no GPU."
        driver = _asked(pynvml.nvmlSystemGetDriverVersion)
        return GpuReport(found, _text(driver), _cuda(), reason)
    finally:
        with suppress(pynvml.NVMLError):
            pynvml.nvmlShutdown()


def _asked(question: Callable[..., Any], *arguments: Any) -> Any:  # noqa: ANN401 - NVML's own types
    """NVML's answer, None where this driver or GPU has none."""
    try:
        return question(*arguments)
    except pynvml.NVMLError:
        return None


def _text(answer: object) -> str | None:
    """Older bindings answer in bytes."""
    if isinstance(answer, bytes):
        return answer.decode("utf-8", "replace")
    return None if answer is None else str(answer)


def _cuda() -> str | None:
    version = _asked(pynvml.nvmlSystemGetCudaDriverVersion_v2)
    return f"{version // 1000}.{version % 1000 // 10}" if version else None


def _gpu(index: int) -> GpuFact | None:
    handle = _asked(pynvml.nvmlDeviceGetHandleByIndex, index)
    memory = _asked(pynvml.nvmlDeviceGetMemoryInfo, handle) if handle is not None else None
    if memory is None:
        return None
    load = _asked(pynvml.nvmlDeviceGetUtilizationRates, handle)
    return GpuFact(
        index=index,
        name=_text(_asked(pynvml.nvmlDeviceGetName, handle)) or "GPU",
        memory=int(memory.total),
        free=int(memory.free),
        utilization=None if load is None else int(load.gpu),
        temperature=_asked(pynvml.nvmlDeviceGetTemperature, handle, pynvml.NVML_TEMPERATURE_GPU),
        processes=_processes(handle),
    )


def _processes(handle: object) -> tuple[GpuProcess, ...]:
    running = _asked(pynvml.nvmlDeviceGetComputeRunningProcesses, handle) or []
    found = [
        GpuProcess(
            one.pid,
            _text(_asked(pynvml.nvmlSystemGetProcessName, one.pid)) or "",
            one.usedGpuMemory,
        )
        for one in running
    ]
    return tuple(sorted(found, key=lambda one: -(one.memory or 0)))
