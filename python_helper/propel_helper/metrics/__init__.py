"""Floor 1: log bytes -> points. One file per dialect in ``dialects``, found without a list."""
