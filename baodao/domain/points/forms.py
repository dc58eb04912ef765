"""Input for a town's rules of points: a preset and its numbers, in points as people say them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from baodao.domain.points.models import RuleSet
from baodao.domain.points.rules import DEFAULTS
from baodao.domain.points.states import Preset


class RulesForm(forms.Form):
    """Which preset, and the numbers of the one that is chosen; the other's numbers are kept out of the rule set."""

    preset = forms.ChoiceField(label="用哪一套", choices=Preset.choices, widget=forms.RadioSelect)
    times = forms.IntegerField(label="一年至少几次", min_value=0, max_value=52, required=False,
                               help_text="只看次数时用。到没到只有本人和社区看得到，不到也不扣什么。")
    per_hour = forms.DecimalField(label="一小时几分", min_value=Decimal("0.1"), max_value=10, max_digits=4, decimal_places=1,
                                  required=False)
    cap = forms.DecimalField(label="一次最多几分", min_value=Decimal("0.1"), max_value=100, max_digits=4, decimal_places=1,
                             required=False)

    @staticmethod
    def initial_of(held: RuleSet | None) -> dict[str, Any]:
        """The form as the active rule set fills it; the defaults beside it."""
        hour, threshold = dict(DEFAULTS[Preset.HOUR_POINT_CAP]), dict(DEFAULTS[Preset.THRESHOLD_ONLY])
        preset = held.preset if held else Preset.THRESHOLD_ONLY
        if held is not None:
            (hour if preset == Preset.HOUR_POINT_CAP else threshold).update(held.params)
        return {
            "preset": preset,
            "times": threshold["times"],
            "per_hour": Decimal(hour["tenths_per_hour"]) / 10,
            "cap": Decimal(hour["cap_tenths"]) / 10,
        }

    def clean(self) -> dict[str, Any]:
        """The numbers of the chosen preset must be there."""
        values = super().clean() or {}
        needed = ("times",) if values.get("preset") == Preset.THRESHOLD_ONLY else ("per_hour", "cap")
        for name in needed:
            if values.get(name) is None and name not in self.errors:
                self.add_error(name, "这一套规则要填这一项。")
        return values

    def values(self) -> dict[str, Any]:
        """``preset`` and ``params`` as the service takes them."""
        data = self.cleaned_data
        if data["preset"] == Preset.THRESHOLD_ONLY:
            return {"preset": data["preset"], "params": {"times": data["times"]}}
        params = {"tenths_per_hour": int(data["per_hour"] * 10), "cap_tenths": int(data["cap"] * 10)}
        return {"preset": data["preset"], "params": params}


class ReverseForm(forms.Form):
    """Why an entry is reversed; shown with it for ever."""

    reason = forms.CharField(label="为什么冲正", max_length=60, help_text="写给本人看的一句话，以后一直看得到。",
                             widget=forms.TextInput(attrs={"class": "form-control mid"}))
