"""What one chooses when a round is moved to a newer edition."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.rules.moving import Change, Choice

CHOICES = {
    Choice.CONFIRM: _("Keep it, and ask us to confirm it in the new words"),
    Choice.KEEP: _("Keep it: it means the same"),
    Choice.ASIDE: _("Set it aside: readable, and not counted any more"),
}


class MoveForm(forms.Form):
    """A choice for each question that leaves one; `edition` is the one that was looked at."""

    prefix = "read"
    edition = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, changes: Iterable[Change], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for change in changes:
            if change.old is not None and len(change.permitted) > 1:
                self.fields[change.old] = forms.ChoiceField(
                    label=_("what becomes of what was said and agreed"),
                    choices=[(one, CHOICES[one]) for one in change.permitted],
                    initial=change.default,
                    widget=forms.RadioSelect,
                )

    def choices(self) -> dict[str, str]:
        """Criterion → what was chosen."""
        return {name: value for name, value in self.cleaned_data.items() if name != "edition"}
