"""Rules of the category ``config``."""
