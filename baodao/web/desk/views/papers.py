"""C10: what can be printed for a community, in one place: the month's papers, the lists, the sheets for a clipboard."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.base.days.months import Month
from baodao.base.verdict import Absent
from baodao.domain.documents import selectors as documents
from baodao.domain.documents import services as delivering
from baodao.domain.matching import papers as plans
from baodao.domain.members import papers as ledgers
from baodao.domain.months import selectors as months
from baodao.domain.points import papers as points
from baodao.domain.posts import papers as posts
from baodao.domain.service import papers as sheets
from baodao.domain.service import selectors as service
from baodao.web.frame.answers import done, file
from baodao.web.frame.guard import audience

KEEPERS = ("clerk", "secretary")
Make = Callable[[Actor, str], bytes]
#: kind → (name of the file, {ending: how it is made})
PAPERS: dict[str, tuple[str, dict[str, Make]]] = {
    "monthly_plan": ("月度服务活动计划", {
        "docx": lambda actor, month: plans.monthly_plan_docx(actor, actor.path, month),
        "xlsx": lambda actor, month: plans.monthly_plan_xlsx(actor, actor.path, month),
    }),
    "sign_in_sheet": ("签到表", {
        "pdf": lambda actor, month: sheets.sign_in_sheets(actor, actor.path, month, settings.SITE_URL),
    }),
    "commitment_poster": ("党员承诺A3", {
        "pdf": lambda actor, month: posts.poster_pdf(actor, actor.path, month, settings.SITE_URL),
        "png": lambda actor, month: posts.poster_png(actor, actor.path, month, settings.SITE_URL),
    }),
    "points_ledger": ("积分台账", {"xlsx": lambda actor, month: points.points_ledger(actor, actor.path, month)}),
    "post_list": ("岗位设置表", {
        "xlsx": lambda actor, _month: posts.post_list_xlsx(actor, actor.path),
        "docx": lambda actor, _month: posts.post_list_docx(actor, actor.path),
    }),
    "commitment": ("服务承诺书", {
        "pdf": lambda actor, _month: posts.commitments_pdf(actor, actor.path),
        "docx": lambda actor, _month: posts.commitments_docx(actor, actor.path),
    }),
    "ledger": ("党员台账", {"xlsx": lambda actor, _month: ledgers.ledger(actor, actor.path)}),
    "report_slip": ("报到单", {"pdf": lambda actor, _month: ledgers.report_slips(actor, actor.path)}),
    "receipt": ("报到回执", {
        "pdf": lambda actor, _month: ledgers.receipts(actor, actor.path, posts=posts.held_posts(actor.path)),
    }),
}  # fmt: skip


def _month(request: HttpRequest) -> Month:
    try:
        return Month.parse(request.GET.get("month", ""))
    except ValueError:
        return Month.of(clock.today())


@audience(*KEEPERS, methods=("GET", "HEAD"))
def show(request: HttpRequest) -> HttpResponse:
    """All papers with the types they come in; the coming shifts with their sheet; bulletins that arrived."""
    actor, today = request.actor, clock.today()  # type: ignore[attr-defined]
    present = Month.of(today)
    shifts = service.visible(actor).filter(state="open", date__gte=today, taken__gt=0).order_by("start_at", "pk")[:8]
    context = {
        "month": _month(request), "months": [present.next(), present, present.previous(), present.shifted(-2)],
        "shifts": shifts, "bulletins": months.visible(actor)[:6],
        "arrived": list(documents.delivered_to(actor, actor.path).filter(received_at=None)[:12]),
    }
    return render(request, "desk/papers/show.html", context)


@audience(*KEEPERS, methods=("POST",))
def receive(request: HttpRequest, code: str) -> HttpResponse:
    """Sign for a paper that came to the community."""
    actor = request.actor  # type: ignore[attr-defined]
    delivery = delivering.receive(actor=actor, delivery=documents.delivery_for(actor, code))
    return done(request, "/desk/papers/", toast=f"签收了：{delivery.document.title}")


@audience(*KEEPERS, methods=("GET", "HEAD"))
def paper(request: HttpRequest, kind: str, form: str) -> HttpResponse:
    """One paper as a file."""
    name, makes = PAPERS.get(kind, ("", {}))
    if form not in makes:
        raise Absent
    month = _month(request)
    content = makes[form](request.actor, str(month))  # type: ignore[attr-defined]
    return file(content, f"{name}{month}.{form}", inline=form in {"pdf", "png"})


@audience(*KEEPERS, methods=("GET", "HEAD"))
def sheet(request: HttpRequest, code: str) -> HttpResponse:
    """The sign-in sheet of one shift."""
    shift = service.get_for(request.actor, code)  # type: ignore[attr-defined]
    return file(sheets.sign_in_sheet(shift, settings.SITE_URL), f"签到表{shift.date}.pdf", inline=True)
