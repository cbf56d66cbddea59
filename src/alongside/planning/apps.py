"""The room for plans."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    """Plans and their steps."""

    name = "alongside.planning"
    label = "planning"
