"""Input for a town's rules of points: a preset and its numbers, in points as people say them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from baodao.domain.points.models import RuleSet
from baodao.domain.points.rules import DEFAULTS
from baodao.domain.points.states import Preset

#: Points are kept in tenths: what has more places is refused, never cut.
TENTHS = {"max_decimal_places": "最多一位小数，比如 1.5。"}


def _number(step: str) -> forms.NumberInput:
    return forms.NumberInput(attrs={"class": "form-control short", "step": step, "inputmode": "decimal"})


class RulesForm(forms.Form):
    """Which preset, and the numbers of the one that is chosen; the other's numbers are kept out of the rule set."""

    preset = forms.ChoiceField(label="用哪一套", choices=Preset.choices, widget=forms.RadioSelect)
    per_hour = forms.DecimalField(label="记分：一小时几分", min_value=Decimal("0.1"), max_value=10, max_digits=4,
                                  decimal_places=1, widget=_number("0.1"), help_text="最多一位小数；记分按时长向下取到 0.1 分。",
                                  error_messages=TENTHS)
    cap = forms.DecimalField(label="记分：一次最多几分", min_value=Decimal("0.1"), max_value=100, max_digits=4,
                             decimal_places=1, widget=_number("0.1"), help_text="时间再长也只记这么多，最多一位小数。",
                             error_messages=TENTHS)
    times = forms.IntegerField(label="不记分：一年至少几次", min_value=0, max_value=52, widget=_number("1"),
                               help_text="到没到只有本人和社区看得到，不到也不扣什么。")

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
