"""Rules of the category ``distributed``."""
