"""What happens to a member: reports in, gets the receipt, moves, rests, leaves, comes back; cards, codes and slips."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from baodao.base import paths
from baodao.base.verdict import Refused
from baodao.domain.members import selectors, services
from baodao.domain.members.forms import EmployerForm, PauseForm, TransferForm
from baodao.domain.members.papers import receipts, report_slips
from baodao.domain.orgs import selectors as orgs
from baodao.web.desk.views.ledger import CLERKS, LIST, cards
from baodao.web.desk.views.people import community_of, unit_choices
from baodao.web.frame.answers import done, file, form_page
from baodao.web.frame.guard import audience


def member_of(request: HttpRequest, code: str) -> Any:
    """The member, if this desk may see them."""
    return selectors.get_for(request.actor, code)  # type: ignore[attr-defined]


@audience(*CLERKS)
def transfer(request: HttpRequest, code: str) -> HttpResponse:
    """To another community of the town."""
    member, here = member_of(request, code), community_of(request)
    others = [one for one in orgs.communities(paths.town_of(here.path)) if one.pk != here.pk]
    form = TransferForm(request.POST or None, communities=[(one.path, one.name) for one in others])
    if request.method == "POST" and form.is_valid():
        to = orgs.by_path(form.cleaned_data["community"])
        try:
            services.transfer(actor=request.actor, member=member, community=to, on=form.cleaned_data["on"])  # type: ignore[attr-defined]
        except Refused as error:
            form.add_error(None, error.reason)
        else:
            return done(request, LIST, toast=f"{member.name}已调到{to.name}，那边办报到")
    context = {"form": form, "member": member, "title": "调到别的社区", "verb": "调过去",
               "words": "在这里的服务记录都留着。调过去以后，这边看不到他，由那边的专干办报到和回执。"}
    return form_page(request, "desk/people/move.html", context, invalid=form.is_bound)


@audience(*CLERKS)
def employer(request: HttpRequest, code: str) -> HttpResponse:
    """Another unit."""
    member = member_of(request, code)
    form = EmployerForm(request.POST or None, units=unit_choices(community_of(request)))
    if request.method == "POST" and form.is_valid():
        unit = orgs.unit_at(form.cleaned_data["unit"])
        try:
            services.change_employer(actor=request.actor, member=member, unit=unit, on=form.cleaned_data["on"])  # type: ignore[attr-defined]
        except Refused as error:
            form.add_error(None, error.reason)
        else:
            return done(request, f"{LIST}{code}/", toast=f"工作单位已改成{unit.name}")
    context = {"form": form, "member": member, "title": "换了工作单位", "verb": "改单位", "words": "以前的单位和日子都留着，结过的月不变。"}
    return form_page(request, "desk/people/move.html", context, invalid=form.is_bound)


@audience(*CLERKS)
def pause(request: HttpRequest, code: str) -> HttpResponse:
    """Let a member rest."""
    member, form = member_of(request, code), PauseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.pause(actor=request.actor, member=member, reason=form.cleaned_data["reason"])  # type: ignore[attr-defined]
        return done(request, f"{LIST}{code}/", toast=f"{member.name}先不排班，随时可以恢复")
    context = {"form": form, "member": member, "title": "暂缓", "verb": "先不排班", "words": "暂缓期间不排班、不推荐。原因只选一项，不写病情。"}
    return form_page(request, "desk/people/move.html", context, invalid=form.is_bound)


@audience(*CLERKS, methods=("POST",))
def act(request: HttpRequest, code: str, deed: str) -> HttpResponse:
    """A deed that needs no form: resume, leave, come back, report in, receipt."""
    actor, member = request.actor, member_of(request, code)  # type: ignore[attr-defined]
    to, undo = f"{LIST}{code}/", ""
    if deed == "resume":
        services.resume(actor=actor, member=member)
        words = "恢复了，可以排班"
    elif deed == "leave":
        services.leave(actor=actor, member=member)
        words, undo = f"{member.name}已离开台账。30 天后删联系方式，1 年后改成代号", f"{LIST}{code}/do/back/"
    elif deed == "back":
        services.come_back(actor=actor, member=member)
        words = f"{member.name}回到台账"
    elif deed in ("report", "receipt"):
        verb = services.report_in if deed == "report" else services.receipt
        verb(actor=actor, enrolment=selectors.open_enrolment(member))
        words = f"{member.name}已报到" if deed == "report" else f"{member.name}的回执已记下"
        to = (request.POST.get("back") == "reporting" and "/desk/reporting/") or to
    else:
        raise Refused("没有这个操作。")
    return done(request, to, toast=words, undo=undo)


@audience(*CLERKS)
def card(request: HttpRequest, code: str) -> HttpResponse:
    """One invitation card; its code is shown on this answer and never again."""
    member = member_of(request, code)
    return cards(request, [member]) if request.method == "POST" else HttpResponseRedirect(f"{LIST}{code}/")


@audience(*CLERKS)
def one_time_code(request: HttpRequest, code: str) -> HttpResponse:
    """A code of 15 minutes for a member who forgot the password."""
    member = member_of(request, code)
    if request.method != "POST":
        return HttpResponseRedirect(f"{LIST}{code}/")
    login, words = services.one_time_code(actor=request.actor, member=member)  # type: ignore[attr-defined]
    context = {"member": member, "login": login, "words": f"{words[:4]}-{words[4:]}"}
    return render(request, "desk/people/code.html", context)


@audience(*CLERKS, methods=("GET", "HEAD"))
def slip(request: HttpRequest, code: str) -> HttpResponse:
    """The sheet of one member: slip, or with the community's part filled (``form=receipt``)."""
    member, actor = member_of(request, code), request.actor  # type: ignore[attr-defined]
    filled = request.GET.get("form") == "receipt"
    paper = receipts if filled else report_slips
    content = paper(actor, paths.community_of(actor.path), member=member.code)
    return file(content, f"{'回执' if filled else '报到单'}-{member.name}.pdf", inline=True)
