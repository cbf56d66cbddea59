"""The weekly mail, on or off."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class WeeklyForm(forms.Form):
    """One switch."""

    weekly = forms.BooleanField(
        label=_("one mail a week with what needs me"),
        required=False,
        help_text=_("The two things that wait for you most, each with its link. Nothing is sent when nothing waits."),
    )
