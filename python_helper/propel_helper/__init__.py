"""Propel's helper: finds, launches, watches and repairs training runs on this host."""
