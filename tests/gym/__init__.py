"""Broken training projects that are launched, diagnosed, fixed and restarted for real."""
