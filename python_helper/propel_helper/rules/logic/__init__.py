"""Rules of the category ``logic``."""
