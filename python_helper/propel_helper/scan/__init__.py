"""Floor 1: file texts -> commands, configs and environment facts. Pure.

A source is one file in ``scan/sources`` with ``SOURCE = Source(...)``; it is found without a
registration list. Each source reads single files (``Reading``); ``rank`` puts them together.
"""
