"""Findings as text, for a person or for a program; one file a format."""
