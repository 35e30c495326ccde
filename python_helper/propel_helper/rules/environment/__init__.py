"""Rules of the category ``environment``."""
