"""C9: is what we print right? Promises to read, on the board, kept; written down for members who asked (代办)."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baodao.base.days import clock
from baodao.base.days.months import Month
from baodao.base.verdict import Absent, Refused
from baodao.domain.members import selectors as members
from baodao.domain.posts import papers, selectors, services
from baodao.domain.posts.desk_forms import AskedForm, PromiseOnBehalfForm
from baodao.domain.posts.states import CommitmentState
from baodao.web.frame.answers import done, file, form_page, page_of
from baodao.web.frame.guard import audience

KEEPERS = ("clerk", "secretary")
LIST = "/desk/commitments/"
WORDS = {
    "return": (services.return_commitment, "退回了，本人会看到你写的话"),
    "adjust": (services.adjust_commitment, "记为已调整，宣传栏上写明原因"),
    "progress": (services.set_progress, "进展写上了"),
}


@audience(*KEEPERS, methods=("GET", "HEAD"))
def listing(request: HttpRequest) -> HttpResponse:
    """A community's promises by state, those to read first."""
    actor = request.actor  # type: ignore[attr-defined]
    state = request.GET.get("state", CommitmentState.SUBMITTED)
    rows = selectors.commitments_visible(actor)
    if state in CommitmentState.values:
        rows = rows.filter(state=state)
    context = {
        "page": page_of(request, rows, 50),
        "state": state,
        "states": CommitmentState.choices,
        "counts": selectors.commitment_counts(actor, actor.path),
        "may_review": actor.has("secretary"),
    }
    return render(request, "desk/commitments/listing.html", context)


@audience(*KEEPERS)
def show(request: HttpRequest, code: str) -> HttpResponse:
    """One promise as it hangs, with what can be done about it."""
    actor = request.actor  # type: ignore[attr-defined]
    found = selectors.commitment_for(actor, code)
    problem = _do(request, found) if request.method == "POST" else ""
    if isinstance(problem, HttpResponse):
        return problem
    context = {
        "promise": found,
        "shown_name": members.shown_name(found.member),
        "may_review": actor.has("secretary", path=found.community_path),
        "asked": AskedForm(),
        "problem": problem,
        "typed": request.POST.get("words", ""),
    }
    return render(request, "desk/commitments/show.html", context, status=422 if problem else 200)


def _do(request: HttpRequest, found: object) -> HttpResponse | str:
    """Carry out the deed of the pressed button; the reason when a rule said no."""
    actor, deed, words = request.actor, request.POST.get("do", ""), request.POST.get("words", "")  # type: ignore[attr-defined]
    try:
        if deed in WORDS:
            verb, said = WORDS[deed]
            verb(actor=actor, commitment=found, words=words)  # type: ignore[operator]
        elif deed == "approve":
            until = date.fromisoformat(request.POST["until"]) if request.POST.get("until") else None
            services.approve_commitment(actor=actor, commitment=found, until=until)  # type: ignore[arg-type]
            said = "通过了，公示栏上已经有了"
        elif deed == "keep":
            services.keep_commitment(actor=actor, commitment=found, outcome=words)  # type: ignore[arg-type]
            said = "记为已完成"
        elif deed == "withdraw":
            services.withdraw_commitment(actor=actor, commitment=found, asked_how=request.POST.get("asked_how", ""))  # type: ignore[arg-type]
            said = "撤回了，从公示栏拿下来"
        else:
            raise Absent
    except ValueError:
        return "日期写成 2026-12-31 的样子。"
    except Refused as error:
        return error.reason
    return done(request, LIST, toast=said)


@audience(*KEEPERS)
def add(request: HttpRequest) -> HttpResponse:
    """Write a promise down for a member who asked; the secretary reads it like any other."""
    actor = request.actor  # type: ignore[attr-defined]
    form = PromiseOnBehalfForm(request.POST or None, community=actor.path, actor=actor)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.draft_commitment(actor=actor, **form.values())
            services.submit_commitment(actor=actor, commitment=made)
        except Refused as error:
            form.add_error(None, error.reason)
        else:
            return done(request, LIST, toast="记下了，标着代办，等书记看")
    return form_page(request, "desk/commitments/add.html", {"form": form}, invalid=bool(form.errors))


@audience(*KEEPERS, methods=("GET", "HEAD"))
def poster(request: HttpRequest, form: str) -> HttpResponse:
    """The A3 poster of what is on the board, as PDF or picture."""
    actor = request.actor  # type: ignore[attr-defined]
    month = str(Month.of(clock.today()))
    if form == "png":
        return file(papers.poster_png(actor, actor.path, month, settings.SITE_URL), "党员承诺A3.png", inline=True)
    if form == "pdf":
        return file(papers.poster_pdf(actor, actor.path, month, settings.SITE_URL), "党员承诺A3.pdf", inline=True)
    raise Absent
