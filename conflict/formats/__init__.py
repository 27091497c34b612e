"""Formats of days and times, by language."""
