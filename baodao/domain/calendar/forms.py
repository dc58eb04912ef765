"""Input of the calendar: one day, and the working hours as lines of text."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from baodao.base.days.workdays import HoursTable
from baodao.domain.calendar.states import DayKind

_LINE = re.compile(r"(?P<name>\S+)\s+(?P<from>\d{2}-\d{2})\s+(?P<spans>.+)")
_SPAN = re.compile(r"(\d{1,2}:\d{2})\s*[-–—~至到]\s*(\d{1,2}:\d{2})")


class DayForm(forms.Form):
    """A date that is not what its weekday says."""

    day = forms.DateField(label="哪天", widget=forms.DateInput(attrs={"type": "date"}))
    kind = forms.ChoiceField(label="是什么", choices=DayKind.choices)
    name = forms.CharField(label="名称", max_length=30)
    path = forms.ChoiceField(label="哪里", required=False)

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="day_%s", **kwargs)
        self.fields["path"].choices = [("", "全国"), *places]  # type: ignore[attr-defined]

    @classmethod
    def dropping(cls, data: Any) -> DayForm:
        """The same fields when a day is taken out: only which day and where count."""
        form = cls(data, places=[(data.get("path", ""), "")])
        form.fields["kind"].required = form.fields["name"].required = False
        return form


class HoursForm(forms.Form):
    """Working hours of a county or town, one season a line."""

    path = forms.ChoiceField(label="哪里")
    seasons = forms.CharField(
        label="工时",
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="一行一季：名称、从几月几日起、几点到几点。比如：夏季 05-01 10:00-14:00 16:00-20:00",
    )

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["path"].choices = places  # type: ignore[attr-defined]

    def clean_seasons(self) -> list[dict[str, Any]]:
        """Rows with name, first day and spans; a line that cannot be read is named."""
        rows = []
        for number, line in enumerate(self.cleaned_data["seasons"].splitlines(), 1):
            if not line.strip():
                continue
            found = _LINE.match(line.strip())
            spans = [[_clock(a), _clock(b)] for a, b in _SPAN.findall(found["spans"])] if found else []
            if not found or not spans:
                raise forms.ValidationError(f"第 {number} 行读不懂，写成：夏季 05-01 10:00-14:00 16:00-20:00")
            rows.append({"name": found["name"], "from": found["from"], "spans": spans})
        try:
            HoursTable.from_rows(rows)
        except ValueError as error:
            raise forms.ValidationError(f"{error}。") from None
        return rows


def _clock(text: str) -> str:
    return text.zfill(5)


def hours_text(table: HoursTable) -> str:
    """Working hours as the lines that :class:`HoursForm` reads."""
    return "\n".join(
        f"{season.name} {season.month:02d}-{season.day:02d} "
        + " ".join(f"{a:%H:%M}-{b:%H:%M}" for a, b in season.spans)
        for season in table.seasons
    )
