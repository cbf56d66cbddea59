"""The pages."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Templates, static files and views."""

    name = "alongside.web"
    label = "web"
