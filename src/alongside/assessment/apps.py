"""The room of asking: what an organisation found out about itself."""

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    """Editions in use and first looks."""

    name = "alongside.assessment"
    label = "assessment"
