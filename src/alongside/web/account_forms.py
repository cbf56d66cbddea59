"""Signing up takes as long for an address that has an account as for one that has none."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import SignupForm
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest


class EvenSignupForm(SignupForm):  # type: ignore[misc]
    """Does the work of a new account also where there is one already."""

    def try_save(self, request: HttpRequest) -> Any:
        """The account, or None with a response that says the same; a password is hashed either way."""
        if self.account_already_exists:
            make_password(self.cleaned_data.get("password1", ""))
        return super().try_save(request)
