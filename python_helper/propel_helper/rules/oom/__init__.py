"""Rules of the category ``oom``."""
