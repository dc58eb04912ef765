"""Members without a login: what they have to be told, slips to hand out, and how, when and by whom they were told."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.base.verdict import Refused
from baodao.domain.accounts import selectors as accounts
from baodao.domain.members import selectors as members
from baodao.domain.notices import papers, rules, selectors, services, stacks, telling
from baodao.web.frame.answers import done, file, page_of
from baodao.web.frame.guard import audience

DESK = ("clerk", "secretary")
HOW = (("in_person", "当面说了"), ("phone", "打了电话"), ("paper", "给了纸条"), ("chain", "群里接龙"))
PRINT = "print"
#: How many units stand on one page of the list.
UNITS = 25


@audience(*DESK, methods=("GET", "HEAD"))
def listing(request: HttpRequest) -> HttpResponse:
    """By unit and person, the piles of the last day, and what came to the desk itself."""
    return _list(request)


def _list(request: HttpRequest, problem: str = "") -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    groups, recent = telling.waiting(actor), telling.recent(actor)
    context = {
        "groups": groups, "page": page_of(request, groups, UNITS), "how": HOW, "problem": problem, "people": sum(len(group.people) for group in groups),
        "count": sum(group.count for group in groups), "messages_here": for_desk(actor), "recent": recent,
        "names": accounts.names({stack.told_by for stack in recent if stack.told_by}),
    }  # fmt: skip
    return render(request, "desk/notices/listing.html", context, status=422 if problem else 200)


def for_desk(actor: Actor) -> list[Any]:
    """What the desk itself was told and has not ticked: the oldest forty, with the sentence and the member it is about."""
    rows = list(selectors.for_desk(actor)[:40])
    about = members.by_codes(actor, [row.subject_code for row in rows])
    for row in rows:
        row.words, row.about = selectors.sentence(row.key, row.data), about.get(row.subject_code)
    return rows


@audience(*DESK, methods=("POST",))
def many(request: HttpRequest) -> HttpResponse:
    """Picked people, one, or a whole unit: onto a pile of slips, or told at once in one way."""
    actor, deed = request.actor, request.POST.get("do", "")  # type: ignore[attr-defined]
    one, group = request.GET.get("one", ""), request.GET.get("group", "")
    codes = [one] if one else request.POST.getlist("pick")
    rows = telling.chosen(actor, codes=codes, group="" if one else group)
    try:
        if deed == PRINT:
            stack = stacks.print_stack(actor=actor, notices=rows)
            return done(request, reverse("desk:stack", args=[stack.code]))
        stack = stacks.tell_together(actor=actor, notices=rows, channel=deed)
    except Refused as error:
        return _list(request, error.reason)
    return done(request, reverse("desk:notices"), toast=f"记下了：{stack.people} 人，{stack.get_channel_display()}告知",
                undo=reverse("desk:stack_undo", args=[stack.code]))  # fmt: skip


@audience(*DESK)
def stack(request: HttpRequest, code: str) -> HttpResponse:
    """One pile: print it, and once it is handed out say so, without those who did not get theirs."""
    actor = request.actor  # type: ignore[attr-defined]
    held, problem = selectors.stack_for(actor, code), ""
    if request.method == "POST":
        given = set(request.POST.getlist("given"))
        left = [person.member.code for group in telling.pile(held) for person in group.people]
        try:
            held = stacks.tell_stack(actor=actor, stack=held, channel=request.POST.get("do", ""),
                                     but=[one for one in left if one not in given])  # fmt: skip
        except Refused as error:
            problem = error.reason
        else:
            return done(request, reverse("desk:notices"), toast=f"记下了：{held.people} 人，{held.get_channel_display()}告知",
                        undo=reverse("desk:stack_undo", args=[code]))  # fmt: skip
    context = {
        "stack": held, "groups": telling.pile(held), "how": HOW, "problem": problem,
        "names": accounts.names({one for one in (held.made_by, held.told_by) if one}),
        "can_undo": bool(rules.why_not_undo(held, clock.now())),
    }  # fmt: skip
    return render(request, "desk/notices/stack.html", context, status=422 if problem else 200)


@audience(*DESK, methods=("GET", "HEAD"))
def slips(request: HttpRequest, code: str) -> HttpResponse:
    """The pile as slips."""
    held = selectors.stack_for(request.actor, code)  # type: ignore[attr-defined]
    return file(papers.slips(held), f"告知纸条{held.created_at:%m%d}.pdf", inline=True)


@audience(*DESK, methods=("POST",))
def untell(request: HttpRequest, code: str) -> HttpResponse:
    """Take the telling of a pile back."""
    actor = request.actor  # type: ignore[attr-defined]
    stacks.untell_stack(actor=actor, stack=selectors.stack_for(actor, code))
    return done(request, reverse("desk:notices"), toast="撤销了，又在要告知的里面")


@audience(*DESK, methods=("POST",))
def seen(request: HttpRequest) -> HttpResponse:
    """The desk took note."""
    actor = request.actor  # type: ignore[attr-defined]
    rows = [selectors.get_for(actor, code) for code in dict.fromkeys(request.POST.getlist("pick"))]
    count = services.mark_seen(actor=actor, notices=rows)
    return done(request, reverse("desk:notices"), toast=f"看过了 {count} 条")
