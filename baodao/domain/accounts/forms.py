"""Input of accounts and roles."""

from __future__ import annotations

from datetime import date

from django import forms

from baodao.base.days import clock
from baodao.domain.accounts.states import ADMINS, Role

STAFF = [(role.value, role.label) for role in Role if role != Role.MEMBER]


class PersonForm(forms.Form):
    """A login for somebody of the staff."""

    login = forms.CharField(label="登录名", max_length=40, help_text="好记、不会重的：姓名拼音、岗位或工号")
    display_name = forms.CharField(label="姓名", max_length=60, help_text="页头和操作记录里这样叫")


class GrantForm(forms.Form):
    """A role over a place, for ever or until a day."""

    role = forms.ChoiceField(label="角色", choices=STAFF)
    path = forms.ChoiceField(label="管哪里", required=False)
    until = forms.DateField(
        label="到哪天为止", required=False, widget=forms.DateInput(attrs={"type": "date"}), help_text="临时顶班时填，过了这天自动收回"
    )

    def __init__(self, *args: object, places: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["path"].choices = [("", "整个系统（只有三个管理员）"), *places]  # type: ignore[attr-defined]

    def clean_until(self) -> date | None:
        """Not a day that is over."""
        until: date | None = self.cleaned_data["until"]
        if until and until < clock.today():
            raise forms.ValidationError("这天已经过了，写今天或以后。")
        return until

    def clean(self) -> dict[str, object]:
        """Administrators keep the whole system, everybody else a place that fits the role."""
        data = dict(super().clean() or {})
        role, path = data.get("role"), str(data.get("path") or "")
        if role in ADMINS:
            data["path"] = ""
        elif role and not path:
            self.add_error("path", "选一个地方。")
        elif role and not fits(str(role), path):
            self.add_error("path", f"{Role(str(role)).label}要选{PLACE_OF[Role(str(role))]}。")
        return data


PLACE_OF = {
    Role.COUNTY: "县", Role.TOWN: "镇", Role.TOWNLEAD: "镇", Role.SECRETARY: "社区", Role.CLERK: "社区",
    Role.GRID: "网格", Role.LIAISON: "单位", Role.MEMBER: "社区",
}  # fmt: skip
DEPTH = {"县": 1, "镇": 2, "社区": 3, "网格": 4}


def fits(role: str, path: str) -> bool:
    """Is the path of the storey this role works on."""
    parts = path.strip("/").split("/")
    is_unit = len(parts) == 3 and parts[1] == "u"
    wanted = PLACE_OF.get(Role(role), "")
    return is_unit if wanted == "单位" else not is_unit and len(parts) == DEPTH.get(wanted, 0)
