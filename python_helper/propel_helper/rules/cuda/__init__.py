"""Rules of the category ``cuda``."""
