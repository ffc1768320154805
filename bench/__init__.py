"""Measurements: outside the wheel and not collected by pytest."""
