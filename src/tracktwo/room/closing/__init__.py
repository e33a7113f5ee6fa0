"""Closing: positions, and where agreement on a text stands."""
