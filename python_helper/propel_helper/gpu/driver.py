"""Whether there is an NVIDIA driver to ask; NVML's bindings are loaded only where there is one."""

from __future__ import annotations

import ctypes

from propel_helper.facts.gpu import GpuReport

_LIBRARY = "libnvidia-ml.so.1"
"""What the driver installs, and what the bindings load (``_LoadNvmlLibrary`` of nvidia-ml-py)."""
NO_LIBRARY = "No NVIDIA driver is installed here (no libnvidia-ml)."


def report(library: str = _LIBRARY) -> GpuReport:
    """All GPUs of this host; without a driver an empty report with the reason."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return GpuReport((), reason=NO_LIBRARY)
    # Its six thousand lines take longer to import than a small project to scan.
    from propel_helper.gpu import nvml  # noqa: PLC0415

    return nvml.report()
