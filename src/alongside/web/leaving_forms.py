"""The last word before leaving."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.people.models import Organisation


class LeavingForm(forms.Form):
    """Nothing to fill in, but where a place would be emptied one says that one knows."""

    def __init__(self, emptied: Sequence[Organisation], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if emptied:
            label = _("I know that everything in %(names)s will be deleted for good")
            names = ", ".join(place.name for place in emptied)
            self.fields["knowing"] = forms.BooleanField(label=label % {"names": names})

    @property
    def knowing(self) -> bool:
        """Whether they said so."""
        return bool(self.cleaned_data.get("knowing"))
