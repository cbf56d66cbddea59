"""Dates as they are written in Europe; Django's own English is American."""

DATE_FORMAT = "j F Y"
