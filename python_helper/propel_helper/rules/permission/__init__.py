"""Rules of the category ``permission``."""
