"""Rules of the category ``dependency``."""
