"""Input of matching: how a member's answer is written down by the desk."""

from __future__ import annotations

from django import forms

from baodao.domain.matching.states import DeclineReason
from baodao.domain.posts.states import AskedHow


class OnBehalfForm(forms.Form):
    """代办: yes or no, how the member said it, perhaps why not."""

    answer = forms.ChoiceField(choices=[("yes", "来"), ("no", "来不了")], label="本人说")
    asked_how = forms.ChoiceField(choices=AskedHow.choices, label="怎么说的", widget=forms.RadioSelect)
    reason = forms.ChoiceField(choices=[("", "没说"), *DeclineReason.choices], label="为什么", required=False)
