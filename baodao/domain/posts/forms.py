"""Input of a post: what the desk types, with up to four repeating times as rows of a day and two times."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField

from baodao.base import paths
from baodao.base.actor import Actor
from baodao.domain.accounts import selectors as accounts
from baodao.domain.members.people import People
from baodao.domain.members.reading import LANGUAGES
from baodao.domain.members.skills import LABELS, TREE
from baodao.domain.needs.states import Tier
from baodao.domain.posts import patterns
from baodao.domain.posts.desk_forms import SELECT, TEXT
from baodao.domain.posts.rows import NewPost
from baodao.domain.posts.states import AskedHow, Hazard, PostKind

SKILLS = [("", "不限"), *((group, [(code, LABELS[code]) for code in leaves]) for group, leaves in TREE.items())]
SPOKEN = [("", "不限"), *((code, words[0]) for code, words in LANGUAGES.items())]
NUMBER = {"class": "form-control", "inputmode": "numeric", "min": 1, "max": 60}
TIME = {"type": "time", **TEXT}
GONE = "gone"
ROWS = range(1, patterns.MAX_ROWS + 1)


def _text(label: str, length: int, *, required: bool = False, hint: str = "") -> forms.CharField:
    widget = forms.TextInput(attrs=TEXT) if length <= 60 else forms.Textarea(attrs={"rows": 2, **TEXT})
    return forms.CharField(label=label, max_length=length, required=required, help_text=hint, widget=widget)


def _select(label: str, choices: Any, *, hint: str = "", required: bool = False) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, required=required, help_text=hint, widget=forms.Select(attrs=SELECT)
    )


def _count(label: str, low: int = 1) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=low, max_value=60, widget=forms.NumberInput(attrs={**NUMBER, "min": low})
    )


class PostForm(forms.Form):
    """A post: what, where, when, how many, who leads it, how well."""

    name = _text("名称", 40, required=True)
    kind = _select("类别", PostKind.choices, required=True)
    tier = _select("轻重缓急", Tier.choices, required=True, hint="排班时先排急的、重的")
    duties = _text("做什么", 200, hint="写事和地方，不写哪一家、哪个人")
    place = _text("地点", 60)
    min_people = _count("最少几人")
    desired_people = _count("希望几人")
    max_people = _count("最多几人")
    two_person = forms.BooleanField(label="两人同行（进家、未成年人、夜间）", required=False)
    remote = forms.BooleanField(label="不用出门，在家做", required=False)
    skill = _select("每个人都要会", SKILLS)
    role_skill = _select("留座给会这个的", SKILLS, hint="比如两个人里要有一个电工")
    role_count = forms.IntegerField(
        label="留几个座", min_value=0, max_value=60, required=False, widget=forms.NumberInput(attrs={**NUMBER, "min": 0})
    )
    certificate = _text("要什么证", 40)
    language = _select("要会的语言", SPOKEN, hint="只用来配这个岗位，不进名单")
    hazard = _select("风险", Hazard.choices, required=True)
    insurance = _text("保险", 60, hint="风险中或高，开放前要写明")
    leader = forms.ChoiceField(label="组长", required=False, widget=forms.Select(attrs=SELECT), help_text="这个岗位的点名由他来")
    supervisor = _select("确认人", [], hint="点完名由他确认服务；空着由专干、书记确认")
    quality = _text("做到什么样", 120, hint="开放前要写，承诺照它写")
    since = forms.DateField(
        label="从哪天", required=False, widget=forms.DateInput(attrs={"type": "date", **TEXT}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label="到哪天", required=False, widget=forms.DateInput(attrs={"type": "date", **TEXT}, format="%Y-%m-%d")
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = People(actor.path)
        self.fields["leader"].choices = [("", "还没定"), *self.people.labels]  # type: ignore[attr-defined]
        self.fields["supervisor"].choices = [("", "还没定"), *self._staff(actor)]  # type: ignore[attr-defined]
        for number in ROWS:
            self.fields[f"day_{number}"] = _select("哪天", [("", "—"), *patterns.DAYS.items()])
            self.fields[f"start_{number}"] = _text("从几点", 5)
            self.fields[f"end_{number}"] = _text("到几点", 5)
            for part in ("start", "end"):
                self.fields[f"{part}_{number}"].widget = forms.TimeInput(attrs=TIME)

    def _staff(self, actor: Actor) -> list[tuple[str, str]]:
        """The community's staff by code; who was named and is no longer there stays to be seen."""
        self.staff = accounts.staff_of(paths.community_of(actor.path))
        named = self.initial.get("supervisor") or None
        at = next((code for code, (key, _words) in self.staff.items() if key == named), None)
        if named and at is None:
            at = GONE
            self.staff[at] = (named, f"{accounts.names({named}).get(named, '')}（不在本社区了）")
        self.initial["supervisor"] = at or ""
        return [(code, words) for code, (_key, words) in self.staff.items()]

    def times(self) -> Iterator[tuple[BoundField, BoundField, BoundField]]:
        """The rows of the repeating times for the page."""
        for number in ROWS:
            yield self[f"day_{number}"], self[f"start_{number}"], self[f"end_{number}"]

    def clean(self) -> dict[str, Any]:
        """Gather the rows into a pattern; the leader's code becomes the member, the supervisor's the account."""
        said = super().clean() or {}
        rows = []
        for number in ROWS:
            row = {name: said.pop(f"{name}_{number}", "") for name in ("day", "start", "end")}
            if row["day"]:
                rows.append(row)
        try:
            said["pattern"] = patterns.clean(rows)
        except ValueError as error:
            self.add_error("day_1", str(error))
        said["leader"] = self.people.get(said.get("leader", ""))
        said["supervisor_account"] = self.staff.get(said.pop("supervisor", ""), (None, ""))[0]
        said["role_count"] = said.get("role_count") or 0
        return said

    def row(self, **more: Any) -> NewPost:
        """The post to be made."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return NewPost(**{**said, **more})

    def changes(self) -> dict[str, Any]:
        """The amended fields of a post that is there."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("version", "since")}


def initial_of(values: dict[str, Any]) -> dict[str, Any]:
    """A post's (or a template's) values as the form shows them."""
    found = dict(values)
    for number, row in zip(ROWS, found.pop("pattern", []), strict=False):
        found |= {f"day_{number}": row["day"], f"start_{number}": row["start"], f"end_{number}": row["end"]}
    return found


class HolderForm(forms.Form):
    """A member who holds a post, written down by the desk because the member asked (代办)."""

    member = forms.ChoiceField(label="谁", widget=forms.Select(attrs=SELECT))
    asked_how = forms.ChoiceField(label="本人怎么说的", choices=AskedHow.choices, widget=forms.Select(attrs=SELECT))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = People(actor.path)
        self.fields["member"].choices = [("", "选一个人"), *self.people.labels]  # type: ignore[attr-defined]

    def clean_member(self) -> Any:
        """The member himself."""
        return self.people[self.cleaned_data["member"]]
