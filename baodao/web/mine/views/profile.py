"""M9: what you know of me: skills, times, the form of my name, days that do not work, rest, who looked at my number."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baodao.base.days import clock, offered
from baodao.base.verdict import Refused
from baodao.domain.members import selectors, services
from baodao.domain.members.looks import looks
from baodao.domain.members.reading import languages_label
from baodao.domain.members.skills import label as skill_label
from baodao.web.frame.answers import done, file
from baodao.web.frame.guard import audience
from baodao.web.mine import own_copy
from baodao.web.mine.forms import DaysForm, NameFormForm, RestForm, SkillsForm, TimeForm

HOME = "/me/profile/"


@audience("member", methods=("GET", "HEAD"))
def show(request: HttpRequest) -> HttpResponse:
    """Everything kept about me, each with the way to change it."""
    member = selectors.myself(request.actor)  # type: ignore[attr-defined]
    enrolled = selectors.enrolment_of(member)
    context = {
        "member": member,
        "unit": selectors.unit_of(member),
        "enrolled": enrolled,
        "phone": selectors.contact_masked(member),
        "skills": [(skill_label(row.skill) or row.words, row.get_level_display()) for row in member.skills.all()],
        "languages": languages_label(selectors.languages_of(member)),
        "slots": offered.label(member.slots) or "下班后和休息日",
        "blocks": list(member.blocked_days.filter(last__gte=clock.today()).order_by("first")),
        "looks": looks(member)[:20],
    }
    return render(request, "mine/profile/show.html", context)


def _change(
    request: HttpRequest, form: Any, words: str, write: Any, title: str, page: str = "change"
) -> HttpResponse:
    """One form on a page of its own: saved and back, or shown again with what is wrong."""
    if request.method == "POST" and form.is_valid():
        try:
            write(form)
        except Refused as error:
            form.add_error(None, error.reason)
        else:
            return done(request, HOME, toast=words)
    status = 422 if form.errors else 200
    return render(request, f"mine/profile/{page}.html", {"form": form, "title": title}, status=status)


@audience("member")
def time(request: HttpRequest) -> HttpResponse:
    """When, how often, how far, which kinds."""
    actor = request.actor  # type: ignore[attr-defined]
    member = selectors.myself(actor)
    form = TimeForm(request.POST or None, initial={name: getattr(member, name) for name in TimeForm.base_fields})

    def write(valid: TimeForm) -> None:
        values = dict(valid.cleaned_data)
        services.set_wishes(actor=actor, member=member, wishes=values.pop("wishes"))
        services.set_availability(actor=actor, member=member, **values)

    return _change(request, form, "记下了，下次按这个来问", write, "时间和意向")


@audience("member")
def skills(request: HttpRequest) -> HttpResponse:
    """What I can do and in which languages."""
    actor = request.actor  # type: ignore[attr-defined]
    member = selectors.myself(actor)
    known = {row.skill: row.level for row in member.skills.all() if row.skill}
    initial = {
        "skills": list(known),
        "certified": [code for code, level in known.items() if level == "certified"],
        "languages": selectors.languages_of(member),
    }
    form = SkillsForm(request.POST or None, initial=initial, known=known)

    def write(valid: SkillsForm) -> None:
        services.set_skills(actor=actor, member=member, skills=valid.levels(known))
        services.set_languages(actor=actor, member=member, languages=valid.cleaned_data["languages"])

    return _change(request, form, "记下了", write, "特长和语言", "skills")


@audience("member")
def name(request: HttpRequest) -> HttpResponse:
    """How my name hangs on the board."""
    actor = request.actor  # type: ignore[attr-defined]
    member = selectors.myself(actor)
    form = NameFormForm(request.POST or None, initial={"name_form": member.name_form})

    def write(valid: NameFormForm) -> None:
        services.set_name_form(actor=actor, member=member, name_form=valid.cleaned_data["name_form"])

    return _change(request, form, "改了，宣传栏下次打印就变", write, "宣传栏上怎么写你")


@audience("member")
def days(request: HttpRequest) -> HttpResponse:
    """Days on which I cannot come."""
    actor = request.actor  # type: ignore[attr-defined]
    member = selectors.myself(actor)

    def write(valid: DaysForm) -> None:
        services.block_days(actor=actor, member=member, **valid.cleaned_data)

    return _change(request, DaysForm(request.POST or None), "这几天不会来问你", write, "哪几天来不了")


@audience("member", methods=("POST",))
def free_days(request: HttpRequest, block: int) -> HttpResponse:
    """The days work after all."""
    actor = request.actor  # type: ignore[attr-defined]
    services.unblock(actor=actor, member=selectors.myself(actor), block=block)
    return done(request, HOME, toast="又可以来了")


@audience("member")
def rest(request: HttpRequest) -> HttpResponse:
    """Rest for a while, or come back."""
    actor = request.actor  # type: ignore[attr-defined]
    member = selectors.myself(actor)
    if request.method == "POST" and request.POST.get("back"):
        services.resume(actor=actor, member=member)
        return done(request, HOME, toast="欢迎回来")

    def write(valid: RestForm) -> None:
        services.pause(actor=actor, member=member, reason=valid.cleaned_data["reason"])

    return _change(request, RestForm(request.POST or None), "歇着吧，想来了再点一下", write, "先歇一阵")


@audience("member", methods=("GET", "HEAD"))
def download(request: HttpRequest) -> HttpResponse:
    """Everything kept about me as a file of my own."""
    actor = request.actor  # type: ignore[attr-defined]
    raw = json.dumps(own_copy.collect(actor), ensure_ascii=False, indent=1, default=str).encode()
    return file(raw, "我的报到资料.json")
