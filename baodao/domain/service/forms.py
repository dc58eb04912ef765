"""Input of shifts, batches and late additions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django import forms

from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.base.days.months import Month
from baodao.base.days.service_days import WEEKDAYS
from baodao.domain.calendar import selectors as calendar
from baodao.domain.members.people import People
from baodao.domain.needs import selectors as needs
from baodao.domain.needs.numbers import printed_number
from baodao.domain.needs.states import Tier
from baodao.domain.posts import selectors as posts
from baodao.domain.posts.patterns import minutes
from baodao.domain.posts.states import AskedHow, PostState
from baodao.domain.service.services.making import BatchTimes
from baodao.domain.service.states import Finding, Result

SELECT = {"class": "form-select"}
TEXT = {"class": "form-control"}


def _open_posts(actor: Actor) -> dict[str, Any]:
    return {one.code: one for one in posts.visible(actor).filter(state=PostState.OPEN)}


def _date(label: str) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date", **TEXT}, format="%Y-%m-%d"))


def _time(label: str, *, required: bool = True) -> forms.TimeField:
    return forms.TimeField(
        label=label, required=required, widget=forms.TimeInput(attrs={"type": "time", **TEXT}, format="%H:%M")
    )


def _count(label: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=1, max_value=60, widget=forms.NumberInput(attrs={"inputmode": "numeric", **TEXT})
    )


class ShiftForm(forms.Form):
    """When, where, how many. An end that is not later than the start is on the next day."""

    day = _date("日子")
    start = _time("从几点")
    end = _time("到几点")
    place = forms.CharField(label="地点", max_length=60, required=False, widget=forms.TextInput(attrs=TEXT))
    min_people = _count("最少几人")
    desired_people = _count("希望几人")
    max_people = _count("最多几人")
    tier = forms.ChoiceField(label="轻重缓急", choices=Tier.choices, widget=forms.Select(attrs=SELECT))
    leader = forms.ChoiceField(
        label="组长", required=False, help_text="空着就是岗位的组长", widget=forms.Select(attrs=SELECT)
    )
    words = forms.CharField(
        label="为什么改", max_length=60, required=False, help_text="占了位置的人会看到", widget=forms.TextInput(attrs=TEXT)
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = People(actor.path)
        self.fields["leader"].choices = [("", "岗位的组长"), *self.people.labels]  # type: ignore[attr-defined]

    def moments(self) -> tuple[datetime, datetime]:
        """Start and end, aware."""
        said = self.cleaned_data
        start = datetime.combine(said["day"], said["start"], tzinfo=clock.ZONE)
        return start, start + timedelta(minutes=minutes(said["start"], said["end"]))

    def changes(self) -> dict[str, Any]:
        """The fields of a shift."""
        said, (start, end) = self.cleaned_data, self.moments()
        kept = ("place", "min_people", "desired_people", "max_people", "tier")
        return {"start_at": start, "end_at": end, "leader": self.people.get(said["leader"])} | {
            name: said[name] for name in kept
        }


class NewShiftForm(ShiftForm):
    """One more shift of an open post; what is left empty is the post's."""

    post = forms.ChoiceField(label="岗位", widget=forms.Select(attrs=SELECT))
    need = forms.ChoiceField(
        label="为哪件诉求", required=False, help_text="对方说解决了，就算被服务的人确认", widget=forms.Select(attrs=SELECT)
    )
    words = None  # type: ignore[assignment]
    field_order = ("post", "need", "day", "start", "end", "place", "min_people", "desired_people", "max_people", "tier", "leader")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        self.posts = _open_posts(actor)
        self.fields["post"].choices = [("", "选一个岗位"), *((c, one.name) for c, one in self.posts.items())]  # type: ignore[attr-defined]
        held = {one.code: one.name for one in self.posts.values()}
        self.needs = {one.code: one for one in needs.handed_on(actor) if one.assigned_code in held}
        labels = [(c, f"{printed_number(n.number)} {n.get_category_display()}（{held[n.assigned_code]}）") for c, n in self.needs.items()]
        self.fields["need"].choices = [("", "不为哪一件"), *labels]  # type: ignore[attr-defined]
        for name in ("min_people", "desired_people", "max_people", "tier"):
            self.fields[name].required = False
            self.fields[name].help_text = ""
        self.fields["tier"].choices = [("", "照岗位"), *Tier.choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A need is done by the post it was handed to."""
        said = super().clean() or {}
        need = self.needs.get(said.get("need", ""))
        if need is not None and said.get("post") and need.assigned_code != said["post"]:
            self.add_error("need", "这件诉求没有安排给这个岗位，先在诉求里改派。")
        return said

    def row(self) -> dict[str, Any]:
        """What ``NewShift`` takes."""
        found = {name: value or None for name, value in self.changes().items()}
        said = self.cleaned_data
        return {**found, "post": self.posts[said["post"]], "need": self.needs.get(said["need"])}


class BatchForm(forms.Form):
    """A batch: its name, the days of a month, the posts, perhaps times of its own."""

    name = forms.CharField(label="名字", max_length=40, help_text="比如“元旦前清扫”", widget=forms.TextInput(attrs=TEXT))
    days = forms.MultipleChoiceField(label="哪些天", widget=forms.CheckboxSelectMultiple)
    posts = forms.MultipleChoiceField(label="哪些岗位", widget=forms.CheckboxSelectMultiple)
    start = _time("从几点", required=False)
    end = _time("到几点", required=False)
    tier = forms.ChoiceField(label="轻重缓急", required=False, widget=forms.Select(attrs=SELECT))
    split = forms.BooleanField(label="人多的岗位分开叫，不让同一个人每天都来", required=False, initial=True)

    def __init__(self, *args: Any, actor: Actor, month: Month, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = _open_posts(actor)
        self.fields["days"].choices = [(one.isoformat(), _day_label(one, actor.path)) for one in month.days()]  # type: ignore[attr-defined]
        self.fields["posts"].choices = [(c, one.name) for c, one in self.offered.items()]  # type: ignore[attr-defined]
        self.fields["tier"].choices = [("", "照岗位"), *Tier.choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Both times or none."""
        said = super().clean() or {}
        if bool(said.get("start")) != bool(said.get("end")):
            self.add_error("end", "从几点、到几点一起写，或者都空着照岗位的时间。")
        return said

    def values(self) -> dict[str, Any]:
        """What ``make_batch`` takes."""
        said = self.cleaned_data
        times = BatchTimes(said["start"], said["end"]) if said["start"] else None
        return {
            "name": said["name"],
            "days": [date.fromisoformat(one) for one in said["days"]],
            "posts": [self.offered[one] for one in said["posts"]],
            "times": times,
            "tier": said["tier"],
            "split": said["split"],
        }


def _day_label(day: date, path: str) -> str:
    mark = calendar.day_label(day, path)
    return f"{day.day}日 {WEEKDAYS[day.weekday()]}" + (f" {mark}" if mark and mark != "休" else "")


class PlaceForm(forms.Form):
    """A place that a member asked the desk for (代办)."""

    member = forms.ChoiceField(label="谁", widget=forms.Select(attrs=SELECT))
    asked_how = forms.ChoiceField(label="本人怎么说的", choices=AskedHow.choices, widget=forms.Select(attrs=SELECT))

    def __init__(self, *args: Any, actor: Actor, without: Iterable[int] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = People(actor.path, without=without)
        self.fields["member"].choices = [("", "选一个人"), *self.people.labels]  # type: ignore[attr-defined]

    def clean_member(self) -> Any:
        """The member himself."""
        return self.people[self.cleaned_data["member"]]


class HelperForm(PlaceForm):
    """Somebody who came along to help."""

    asked_how = None  # type: ignore[assignment]


class LateForm(PlaceForm):
    """Service that was not on the roll: who, how long, why it was not written down then."""

    asked_how = None  # type: ignore[assignment]
    minutes = forms.IntegerField(
        label="多少分钟", min_value=1, max_value=720, widget=forms.NumberInput(attrs={"inputmode": "numeric", **TEXT})
    )
    reason = forms.CharField(label="为什么当时没记", max_length=60, widget=forms.TextInput(attrs=TEXT))


class ResultForm(forms.Form):
    """How a service went: minutes, result, a few words; a patrol ticks places instead of writing."""

    minutes = forms.IntegerField(
        label="多少分钟",
        min_value=1,
        max_value=720,
        help_text="真正做事的时间，不算路上",
        widget=forms.NumberInput(attrs={"inputmode": "numeric", **TEXT}),
    )
    result = forms.ChoiceField(label="办得怎样", choices=Result.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label="说一句",
        max_length=60,
        required=False,
        help_text="写事，不写人名、门牌、病情",
        widget=forms.TextInput(attrs=TEXT),
    )
    findings = forms.MultipleChoiceField(
        label="看到什么", choices=Finding.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, patrol: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["words" if patrol else "findings"]
