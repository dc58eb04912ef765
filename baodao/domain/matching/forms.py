"""Input of matching: how a member's answer is written down by the desk; a change to try on a draft."""

from __future__ import annotations

from datetime import datetime

from django import forms

from baodao.base.days import clock
from baodao.domain.matching.states import DeclineReason
from baodao.domain.matching.what_if import Change
from baodao.domain.posts.states import AskedHow


class OnBehalfForm(forms.Form):
    """代办: yes or no, how the member said it, perhaps why not."""

    answer = forms.ChoiceField(choices=[("yes", "来"), ("no", "来不了")], label="本人说")
    asked_how = forms.ChoiceField(choices=AskedHow.choices, label="怎么说的", widget=forms.RadioSelect)
    reason = forms.ChoiceField(choices=[("", "没说"), *DeclineReason.choices], label="为什么", required=False)


class ChangeForm(forms.Form):
    """A change to try: what, of which shift, perhaps of whom, instead of whom, to which time (ISO)."""

    kind = forms.CharField(max_length=10)
    shift = forms.CharField(max_length=12)
    member = forms.CharField(max_length=12, required=False)
    instead = forms.CharField(max_length=12, required=False)
    start = forms.CharField(max_length=40, required=False)

    def clean_start(self) -> datetime | None:
        """A moment in official time, or nothing."""
        text = self.cleaned_data["start"].replace(" ", "+")  # a plus sign in an address that was typed by hand
        if not text:
            return None
        try:
            found = datetime.fromisoformat(text)
        except ValueError:
            raise forms.ValidationError("时间不对。") from None
        return found if found.tzinfo else found.replace(tzinfo=clock.ZONE)

    def change(self) -> Change | None:
        """The change, None when the form makes no sense."""
        return Change(**self.cleaned_data) if self.is_valid() else None
