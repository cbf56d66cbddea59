"""The room of people: organisations, accounts, memberships, and the scope everyone acts in."""

from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate

from alongside.people.canary import look_after_the_canary
from alongside.people.tenancy_check import every_model_says_whose_it_is


class PeopleConfig(AppConfig):
    """Registers the check that every model says whose it is, and the one that the private keys fit."""

    name = "alongside.people"
    label = "people"

    def ready(self) -> None:
        """Called by Django once all models are loaded."""
        checks.register(every_model_says_whose_it_is)
        post_migrate.connect(look_after_the_canary, sender=self)
