"""What the project group fills in after a round: the agreed step, a dissent, evidence."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.assessment.evidence import Given
from alongside.assessment.file_types import MEDIA_TYPES, MOST_BYTES
from alongside.people.models import one_line
from alongside.web.forms import once

OPEN = "open"
LONGEST = 2000


class AgreementForm(forms.Form):
    """A step and the reason for it; `revision` is the one that was read."""

    step = forms.ChoiceField(label=_("where we stand"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("why"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One or two sentences on what one can see: they are shown to everyone who answered."),
    )
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, steps: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(number), step) for number, step in enumerate(steps)]
        self.fields["step"].choices = [*choices, (OPEN, _("We leave it open"))]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> int | None:
        """The step, or None where it is left open."""
        said: str = self.cleaned_data["step"]
        return None if said == OPEN else int(said)


class DissentForm(forms.Form):
    """What someone sees otherwise, and in whose voice."""

    once = once()
    voice = forms.ChoiceField(label=_("in whose voice"))
    text = forms.CharField(
        label=_("what you see otherwise"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, voices: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        """`voices`: (id, title) of those in whose voice they can speak."""
        super().__init__(*args, **kwargs)
        self.fields["voice"].choices = voices  # type: ignore[attr-defined]


class EvidenceForm(forms.Form):
    """A link or a file that shows an agreed step."""

    once = once()
    title = forms.CharField(label=_("title"), max_length=120, validators=[one_line])
    url = forms.URLField(label=_("link"), max_length=500, required=False, assume_scheme="https")
    file = forms.FileField(
        label=_("or a file"),
        required=False,
        max_length=120,
        help_text=_(
            "PDF, PNG, JPEG, DOCX, XLSX, PPTX, ODT, ODS or plain text, at most 10 MB. Nothing about any one person."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(f".{ending}" for ending in MEDIA_TYPES)}),
    )
    given_by = forms.CharField(
        label=_("who gave it"),
        max_length=100,
        validators=[one_line],
        help_text=_("An office is enough: “HR”, “the board”."),
    )
    valid_from = forms.DateField(
        label=_("valid from"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    valid_until = forms.DateField(
        label=_("valid until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def given(self) -> Given:
        """What was handed in. A file that is too large is not read."""
        said = self.cleaned_data
        file = said["file"]
        content = file.read(MOST_BYTES + 1) if file else b""
        return Given(
            title=said["title"],
            given_by=said["given_by"],
            url=said["url"],
            file_name=file.name if file else "",
            content=content,
            valid_from=said["valid_from"],
            valid_until=said["valid_until"],
        )
