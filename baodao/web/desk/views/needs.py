"""C2: the story of one need, and everything the community does with it; the list of all needs."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from baodao.base.actor import Actor
from baodao.base.verdict import Absent, Difference, Refused, Stale
from baodao.domain.accounts import selectors as accounts
from baodao.domain.audit import selectors as audit
from baodao.domain.audit.services import KeyUsed
from baodao.domain.needs import forms, numbers, selectors, services
from baodao.domain.needs.states import TAKES_BACK, NeedState
from baodao.domain.posts import selectors as posts
from baodao.domain.service import selectors as service
from baodao.web.desk.views.today import QUICK, filters, is_late, left_words
from baodao.web.frame import keys
from baodao.web.frame.answers import done, page_of
from baodao.web.frame.guard import audience

DESK = ("clerk", "secretary")


@audience(*DESK, "grid", methods=("GET", "HEAD"))
def listing(request: HttpRequest) -> HttpResponse:
    """All needs one may read, newest first; found by code, state, kind, estate or tier and by nothing else."""
    actor = request.actor  # type: ignore[attr-defined]
    number = numbers.read_number(request.GET.get("code", ""))
    if number:
        found = selectors.visible(actor).filter(number=number).first()
        if found is not None:
            return HttpResponseRedirect(reverse("desk:need", args=[found.code]))
    narrowed = filters(request, actor.path)
    state = request.GET.get("state", "")
    page = page_of(request, selectors.listing(actor, state=state, **narrowed["chosen"]))
    context = {**narrowed, "page": page, "states": NeedState.choices, "state": state,
               "code": request.GET.get("code", ""), "missed": bool(request.GET.get("code"))}  # fmt: skip
    return render(request, "desk/needs/listing.html", context)


@audience(*DESK, "grid", methods=("GET", "HEAD"))
@never_cache
def show(request: HttpRequest, code: str) -> HttpResponse:
    """The story of one need with what may be done next."""
    need = selectors.get_for(request.actor, code)  # type: ignore[attr-defined]
    return _page(request, need)


def _page(request: HttpRequest, need: Any, *, failed: str = "", form: Any = None, contact: Any = None) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    steps = selectors.timeline(need)
    context = {
        "need": need,
        "left": left_words(need),
        "late": is_late(need),
        "steps": steps,
        "names": accounts.names({step.account_id for step in steps if step.account_id}),
        "similar": selectors.similar(actor, need),
        "has_contact": selectors.has_contact(need),
        "has_phone": selectors.has_phone(need),
        "looks": list(audit.looks_at("need", need.code)[:10]),
        "contact": contact,
        "rating": getattr(need, "rating", None),
        "merged": list(need.merged.all()),
        **_done_by(actor, need),
        "takes_back": need.state in TAKES_BACK and (not need.told or need.state == NeedState.MERGED),
        "handles": actor.has(*DESK, path=need.community_path),
        "failed": failed,
        "form": form,
        "triage": form if failed == "accept" else forms.TriageForm(initial=_said(need), auto_id="accept_%s"),
    }
    return render(request, "desk/needs/show.html", context, status=422 if failed else 200)


def _done_by(actor: Actor, need: Any) -> dict[str, Any]:
    """The posts that could do it, and the shifts made for it: the desk's business."""
    if not actor.has(*DESK):
        return {"posts": [], "shifts": [], "may_shift": False}
    offered = list(posts.open_posts(need.community_path))
    handed_on = need.state == NeedState.ASSIGNED and any(one.code == need.assigned_code for one in offered)
    return {"posts": offered, "shifts": service.shifts_for_need(actor, need), "may_shift": handed_on}


def _said(need: Any) -> dict[str, Any]:
    return {name: getattr(need, name) for name in ("weight", "urgency", "category", "wished_on", "tier_reason")}


@dataclass(frozen=True, slots=True)
class Deed:
    """One verb of the page: its form, what it does, what the toast says, whether it can be undone."""

    run: Callable[[Actor, Any, dict[str, Any]], Any]
    words: str
    form: type[django_forms.Form] | None = None
    undo: bool = True


def _assign(actor: Actor, need: Any, said: dict[str, Any]) -> None:
    post = posts.get_for(actor, said["post"]) if said.get("post") else None
    words = said.get("words") or (post.name if post else "")
    leader = post.leader if post else None
    services.assign(actor=actor, need=need, subject_code=post.code if post else "", member=leader, words=words)


def _merge(actor: Actor, need: Any, said: dict[str, Any]) -> None:
    into = selectors.visible(actor).filter(number=numbers.read_number(said["number"])).first()
    if into is None:
        raise Refused("没有这个编号，看看再写一遍。")
    services.merge(actor=actor, need=need, into=into)


def _quick(actor: Actor, need: Any, said: dict[str, Any]) -> None:
    weight, urgency = QUICK[said["tier"]]
    services.accept(actor=actor, need=need, weight=weight, urgency=urgency)


class AssignForm(django_forms.Form):
    """A post of the community, or words for the asker."""

    post = django_forms.CharField(max_length=12, required=False)
    words = django_forms.CharField(max_length=120, required=False)

    def clean(self) -> dict[str, Any]:
        """One of both."""
        found = super().clean() or {}
        if not found.get("post") and not found.get("words"):
            raise django_forms.ValidationError("选一个岗位，或写谁来办。")
        return found


class MergeForm(django_forms.Form):
    """The code of the other need."""

    number = django_forms.CharField(label="并到编号", max_length=20)


class QuickForm(django_forms.Form):
    """急, 重 or 缓 at one press."""

    tier = django_forms.ChoiceField(choices=[(key, key) for key in QUICK])


DEEDS: dict[str, Deed] = {
    "accept": Deed(lambda a, n, d: services.accept(actor=a, need=n, **d), "已受理", forms.TriageForm),
    "quick": Deed(_quick, "已受理", QuickForm),
    "assign": Deed(_assign, "已安排", AssignForm),
    "refer": Deed(lambda a, n, d: services.refer(actor=a, need=n, **d), "已转办", forms.ReferForm),
    "refuse": Deed(lambda a, n, d: services.refuse(actor=a, need=n, **d), "已写明办不了，告诉对方后再勾", forms.WordsForm),
    "merge": Deed(_merge, "已合并", MergeForm),
    "finish": Deed(lambda a, n, d: services.finish(actor=a, need=n, **d), "已办，告诉对方结果", forms.FinishForm),
    "tell": Deed(lambda a, n, d: services.tell(actor=a, need=n, **d), "已告知，办结", forms.ToldForm, undo=False),
    "reopen": Deed(lambda a, n, d: services.reopen(actor=a, need=n), "已重开", undo=False),
    "about-person": Deed(
        lambda a, n, d: services.about_person(actor=a, need=n), "涉及他人，内容已删除", undo=False
    ),
    "spam": Deed(lambda a, n, d: services.spam(actor=a, need=n), "标为无效，30 天后删除"),
    "undo": Deed(lambda a, n, d: services.take_back(actor=a, need=n), "已撤回", undo=False),
}


@audience(*DESK)
def act(request: HttpRequest, code: str, deed: str) -> HttpResponse:
    """Do one deed to one need; a refused one comes back with what was typed."""
    actor = request.actor  # type: ignore[attr-defined]
    need = selectors.get_for(actor, code)
    verb = DEEDS.get(deed)
    if verb is None:
        raise Absent
    if request.method != "POST":
        return HttpResponseRedirect(reverse("desk:need", args=[code]))
    _must_be_fresh(request, need)
    form = verb.form(request.POST, auto_id=f"{deed}_%s") if verb.form else None
    if form is not None and not form.is_valid():
        return _page(request, need, failed=deed, form=form)
    try:
        verb.run(actor, need, form.cleaned_data if form else {})
    except Refused as error:
        form = form or django_forms.Form(request.POST)
        form.add_error(None, error.reason)
        return _page(request, selectors.get_for(actor, code), failed=deed, form=form)
    undo = reverse("desk:act", args=[code, "undo"]) if verb.undo else ""
    return done(request, _back(request, code), toast=verb.words, undo=undo)


def _back(request: HttpRequest, code: str) -> str:
    return "/desk/" if request.POST.get("back") == "board" else reverse("desk:need", args=[code])


def _must_be_fresh(request: HttpRequest, need: Any) -> None:
    """A form that shows an older state than the record has is answered with both."""
    seen = request.POST.get("version", "")
    if seen.isdigit() and int(seen) != need.version:
        theirs = f"{need.get_state_display()}，{need.get_tier_display()}"
        raise Stale("诉求", [Difference("state", "现在的状态", request.POST.get("seen", "—"), theirs)])


@audience(*DESK)
@never_cache
def contact(request: HttpRequest, code: str) -> HttpResponse:
    """Show the contact once, after writing down who looked and why."""
    actor = request.actor  # type: ignore[attr-defined]
    need = selectors.get_for(actor, code)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("desk:need", args=[code]))
    shown = services.show_contact(actor=actor, need=need, reason=request.POST.get("reason", ""))
    return _page(request, need, contact=shown)


@audience(*DESK)
@never_cache
@keys.finds_again
def reissue(request: HttpRequest, code: str) -> HttpResponse:
    """A new slip for somebody who was called back on the number on file; the old secret dies."""
    actor = request.actor  # type: ignore[attr-defined]
    need = selectors.get_for(actor, code)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("desk:need", args=[code]))
    token = keys.token_for(request.POST.get(keys.FIELD, ""), actor.account_id)
    with contextlib.suppress(KeyUsed):  # sent again to a server that died: the slip of the first sending
        services.reissue_slip(actor=actor, need=need, token=token)
    return done(request, reverse("desk:slip", args=[token]))
