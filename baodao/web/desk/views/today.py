"""C1: what must I touch today. Four columns of needs, what is due, today's shifts, what may be merged."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from baodao.base import paths
from baodao.base.days import clock
from baodao.domain.calendar import selectors as calendar
from baodao.domain.matching import standins
from baodao.domain.needs import selectors, services
from baodao.domain.needs.services.triage import Triage
from baodao.domain.needs.states import Category, NeedState, Tier
from baodao.domain.notices import selectors as notices
from baodao.domain.orgs import selectors as orgs
from baodao.domain.posts import selectors as posts
from baodao.domain.service import selectors as service
from baodao.domain.voices import selectors as voices
from baodao.web.frame.answers import done
from baodao.web.frame.guard import audience

# 急, 重 and 缓 at one press; 轻 with a wished date needs the page of the need
QUICK = {"urgent": ("heavy", "urgent"), "important": ("heavy", "slow"), "can_wait": ("light", "slow")}
FILTERS = ("category", "estate", "tier")


def left_words(need: Any) -> str:
    """还剩 6 工时, 还剩 40 分钟, 超 1 工时: working time until it is due."""
    minutes = calendar.working_minutes_left(clock.now(), need.due_at, need.community_path)
    size = abs(minutes)
    amount = f"{size} 分钟" if size < 60 else f"{round(size / 60)} 工时"
    return f"还剩 {amount}" if minutes > 0 or need.due_at >= clock.now() else f"超 {amount}"


def is_late(need: Any) -> bool:
    """Is it past its due time and not done."""
    return bool(need.due_at < clock.now() and need.state not in {NeedState.DONE, NeedState.CLOSED, NeedState.REFUSED})


def filters(request: HttpRequest, path: str) -> dict[str, Any]:
    """The filters of the address and what they may be."""
    community = orgs.by_path(paths.community_of(path))
    return {
        "chosen": {name: request.GET.get(name, "") for name in FILTERS},
        "categories": Category.choices,
        "estates": orgs.estates(community),
        "tiers": Tier.choices,
    }


@audience("clerk", "secretary", "grid")
def show(request: HttpRequest) -> HttpResponse:
    """The board of the community; a grid worker goes on to the door entry."""
    actor = request.actor  # type: ignore[attr-defined]
    if actor.has("grid"):
        return HttpResponseRedirect("/desk/door/")
    narrowed = filters(request, actor.path)
    columns = selectors.board(actor, actor.path, **narrowed["chosen"])
    for column in columns:
        for need in column.needs:
            need.left, need.late = left_words(need), is_late(need)
    today = clock.today()
    shifts = service.visible(actor).filter(date=today).select_related("post").order_by("start_at")
    context = {
        **narrowed,
        "columns": columns,
        "day": today,
        "day_label": calendar.day_label(today, actor.path),
        "due": [(need, left_words(need)) for need in selectors.due_between(actor, 24)[:6]],
        "shifts": list(shifts[:8]),
        "groups": selectors.groups_alike(actor, actor.path),
        "posts": list(posts.open_posts(actor.path)),
        "to_tell": notices.to_tell_count(actor),
        "to_desk": notices.for_desk(actor).count(),
        "holes": standins.shifts_with_holes(actor).count(),
        "suggestions": voices.open_count(actor),
    }
    return render(request, "desk/today/show.html", context)


@audience("clerk", "secretary", methods=("POST",))
def many(request: HttpRequest) -> HttpResponse:
    """One deed for all picked needs: accept as a tier, hand to a post, merge into the oldest."""
    actor = request.actor  # type: ignore[attr-defined]
    picked = [selectors.get_for(actor, code) for code in dict.fromkeys(request.POST.getlist("pick"))]
    deed = request.POST.get("do", "")
    if not picked:
        return done(request, "/desk/", toast="先勾选几件")
    if deed in QUICK:
        weight, urgency = QUICK[deed]
        services.accept_many(actor=actor, needs=picked, triage=[Triage(weight, urgency)] * len(picked))
        return done(request, "/desk/", toast=f"已受理 {len(picked)} 件")
    if deed == "assign":
        post = posts.get_for(actor, request.POST.get("post", ""))
        services.assign_many(actor=actor, needs=picked, subject_code=post.code, member=post.leader, words=post.name)
        return done(request, "/desk/", toast=f"{len(picked)} 件派给{post.name}")
    oldest, *others = sorted(picked, key=lambda need: (need.registered_at, need.pk))
    services.merge_many(actor=actor, needs=others, into=oldest)
    return done(request, "/desk/", toast=f"{len(others)} 件并到 {oldest.number}")
