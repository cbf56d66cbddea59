"""Alongside puts the European standard for peer support workers in mental health to work."""

__version__ = "0.1.0"
