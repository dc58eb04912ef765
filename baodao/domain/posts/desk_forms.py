"""What the desk writes about promises, pairings, fixed times and teams; people are chosen from the community's ledger."""

from __future__ import annotations

from datetime import time
from typing import Any

from django import forms

from baodao.base import paths
from baodao.base.actor import Actor
from baodao.base.days.service_days import WEEKDAYS
from baodao.domain.members.people import People
from baodao.domain.members.skills import LABELS
from baodao.domain.orgs import selectors as orgs
from baodao.domain.posts import selectors
from baodao.domain.posts.states import AskedHow, PostState

SELECT = {"class": "form-select"}
TEXT = {"class": "form-control"}


class AskedForm(forms.Form):
    """How the member said it to the desk (代办)."""

    asked_how = forms.ChoiceField(label="本人怎么说的", choices=AskedHow.choices, widget=forms.Select(attrs=SELECT))


class _WithPeople(forms.Form):
    """A form that chooses members and open posts of the actor's community."""

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = People(actor.path)
        rows = selectors.visible(actor).filter(state=PostState.OPEN)
        self.posts = {one.code: one for one in rows}
        for name, field in self.fields.items():
            if name in ("member", "leader"):
                field.choices = [("", "选一个人"), *self.people.labels]  # type: ignore[attr-defined]
            elif name == "members":
                field.choices = self.people.labels  # type: ignore[attr-defined]
            elif name == "post":
                field.choices = [("", "选一个岗位"), *((code, one.name) for code, one in self.posts.items())]  # type: ignore[attr-defined]


class PromiseOnBehalfForm(_WithPeople):
    """A promise that a member told the desk."""

    member = forms.ChoiceField(label="谁", widget=forms.Select(attrs=SELECT))
    post = forms.ChoiceField(label="岗位", widget=forms.Select(attrs=SELECT))
    goal = forms.CharField(label="做到什么", max_length=80, widget=forms.TextInput(attrs=TEXT))
    when = forms.CharField(label="什么时候", max_length=60, widget=forms.TextInput(attrs=TEXT))
    quality = forms.CharField(label="做到多好", max_length=80, widget=forms.TextInput(attrs=TEXT))
    asked_how = forms.ChoiceField(label="本人怎么说的", choices=AskedHow.choices, widget=forms.Select(attrs=SELECT))

    def __init__(self, *args: Any, community: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.community = community

    def values(self) -> dict[str, Any]:
        """Clean values as the service takes them."""
        said = dict(self.cleaned_data)
        return {**said, "member": self.people[said["member"]], "post": self.posts[said["post"]]}


class PairingForm(forms.Form):
    """A unit to pair with the community."""

    unit = forms.ChoiceField(label="单位", widget=forms.Select(attrs=SELECT))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {one.unit_code: one for one in orgs.units(paths.county_of(actor.path))}
        choices = [("", "选一个单位"), *((code, one.name) for code, one in self.units.items())]
        self.fields["unit"].choices = choices  # type: ignore[attr-defined]

    def clean_unit(self) -> Any:
        """The unit itself."""
        return self.units[self.cleaned_data["unit"]]


class FixingForm(_WithPeople):
    """A member, a post and a weekly time."""

    member = forms.ChoiceField(label="谁", widget=forms.Select(attrs=SELECT))
    post = forms.ChoiceField(label="岗位", widget=forms.Select(attrs=SELECT))
    weekday = forms.TypedChoiceField(
        label="每周", coerce=int, choices=list(enumerate(WEEKDAYS)), widget=forms.Select(attrs=SELECT)
    )
    start = forms.TimeField(label="几点开始", widget=forms.TimeInput(attrs={"type": "time", **TEXT}, format="%H:%M"))
    until = forms.DateField(
        label="到哪天", required=False, widget=forms.DateInput(attrs={"type": "date", **TEXT}, format="%Y-%m-%d")
    )

    def values(self) -> dict[str, Any]:
        """Clean values as the service takes them."""
        said = dict(self.cleaned_data)
        start: time = said["start"]
        return {**said, "member": self.people[said["member"]], "post": self.posts[said["post"]], "start": start}


class TeamForm(_WithPeople):
    """A team of like speciality or career."""

    name = forms.CharField(label="名字", max_length=40, widget=forms.TextInput(attrs=TEXT))
    speciality = forms.ChoiceField(
        label="特长", required=False, choices=[("", "不限"), *LABELS.items()], widget=forms.Select(attrs=SELECT)
    )
    leader = forms.ChoiceField(label="组长", required=False, widget=forms.Select(attrs=SELECT))
    members = forms.MultipleChoiceField(
        label="成员", help_text="按住 Ctrl 可以选几个", widget=forms.SelectMultiple(attrs={"class": "form-select", "size": 8})
    )

    def values(self) -> dict[str, Any]:
        """Clean values as the service takes them."""
        said = self.cleaned_data
        return {
            "name": said["name"],
            "speciality": said["speciality"],
            "leader": self.people.get(said["leader"]),
            "members": [self.people[code] for code in said["members"]],
        }
