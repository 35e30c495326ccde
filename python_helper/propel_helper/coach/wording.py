"""Numbers as a person would say them."""

from __future__ import annotations


def duration(seconds: float) -> str:
    """``45 s``, ``12 min``, ``2 h 10 min``, ``3 days 4 h``."""
    whole = int(seconds)
    if whole < 120:
        return f"{whole} s"
    if whole < 7200:
        return f"{whole // 60} min"
    hours, minutes = divmod(whole // 60, 60)
    if hours >= 48:
        return f"{hours // 24} days {hours % 24} h"
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"


def count(value: float) -> str:
    """``4,000``, ``0.5``."""
    return f"{int(value):,}" if value == int(value) else f"{value:.4g}"
