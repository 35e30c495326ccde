"""Rules of the category ``path``."""
