"""C5: is this file right? Upload → heads → rows in doubt → what changes → done, with the undo of a day."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from baodao.base import paths
from baodao.base.days import clock
from baodao.base.verdict import Refused
from baodao.domain.members import selectors, services, wizard
from baodao.domain.members.forms import UploadForm
from baodao.domain.members.intake.blank import blank_book
from baodao.domain.members.intake.files import choices as column_choices
from baodao.domain.orgs import selectors as orgs
from baodao.web.desk.views.ledger import CLERKS
from baodao.web.frame.answers import done, file, form_page, page_of
from baodao.web.frame.guard import audience

LIST = "/desk/imports/"
TOO_BIG = "文件超过 20 MB。删去图片和用不着的工作表，或分成几个文件。"


def batch_of(request: HttpRequest, code: str) -> Any:
    """The batch, if it is this desk's."""
    return selectors.batch_for(request.actor, code, "members")  # type: ignore[attr-defined]


def step(request: HttpRequest, batch: Any, name: str, now: int, context: dict[str, Any], *, invalid: bool = False) -> HttpResponse:
    """One page of the wizard."""
    common = {"batch": batch, "steps": wizard.STEPS, "now": now}
    return form_page(request, f"desk/imports/{name}.html", {**common, **context}, invalid=invalid)


@audience(*CLERKS)
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a file; below it what was imported before."""
    actor = request.actor  # type: ignore[attr-defined]
    form = UploadForm(request.POST or None, request.FILES or None)
    if getattr(request, "upload_too_big", False):
        form.errors["file"] = form.error_class([TOO_BIG])
    elif request.method == "POST" and form.is_valid():
        sent, scope = form.cleaned_data["file"], paths.community_of(actor.path)
        try:
            batch = services.start_import(actor=actor, data=sent.read(), filename=sent.name, scope=scope)
        except Refused as error:
            form.add_error("file", error.reason)
        else:
            return done(request, f"{LIST}{batch.code}/heads/")
    context = {"form": form, "page": page_of(request, selectors.batches(actor, "members"), 20), "now_at": clock.now(),
               "steps": wizard.STEPS, "undo_from": clock.now() - services.UNDO}
    return form_page(request, "desk/imports/upload.html", context, invalid=request.method == "POST")


@audience(*CLERKS, methods=("GET", "HEAD"))
def blank(request: HttpRequest) -> HttpResponse:
    """The blank sheet to hand to a unit."""
    return file(blank_book(paths.town_of(request.actor.path)), "在职党员台账-空白.xlsx")  # type: ignore[attr-defined]


@audience(*CLERKS)
def heads(request: HttpRequest, code: str) -> HttpResponse:
    """Which column is what; dropped ones are named."""
    batch = batch_of(request, code)
    if request.method == "POST":
        keep(request, batch)
        return done(request, f"{LIST}{code}/check/")
    return step(request, batch, "heads", 2, {"tables": wizard.heads(batch), "choices": column_choices()})


def keep(request: HttpRequest, batch: Any) -> None:
    """Store the corrections of a form."""
    version = request.POST.get("version", "")
    services.correct(
        actor=request.actor, batch=batch, version=int(version) if version.isdigit() else None,  # type: ignore[attr-defined]
        **wizard.corrections(request.POST),
    )


@audience(*CLERKS)
def check(request: HttpRequest, code: str) -> HttpResponse:
    """The rows in doubt, each mended where it is wrong."""
    batch = batch_of(request, code)
    if request.method == "POST":
        keep(request, batch)
        return done(request, f"{LIST}{code}/check/?{request.GET.urlencode()}", toast="已改，重新核对过了")
    report = services.preview(actor=request.actor, batch=batch)  # type: ignore[attr-defined]
    everything = request.GET.get("all") == "1"
    page = page_of(request, wizard.lines(report, everything=everything), 100)
    context = {
        "page": page, "lines": page.object_list, "everything": everything, "counts": report.counts,
        "doubtful": sum(wizard.doubtful(line) for line in report.lines), **wizard.column_words(report),
        "groups": wizard.groups(report), "kinds": wizard.fault_counts(report),
        "units": [unit.name for unit in orgs.units(paths.county_of(batch.scope))],
        "communities": [one.name for one in orgs.communities(paths.town_of(batch.scope))],
    }
    return step(request, batch, "check", 3, context)


@audience(*CLERKS)
def changes(request: HttpRequest, code: str) -> HttpResponse:
    """What importing does: added, changed from what to what, unchanged, passed over, missing."""
    batch, refusal = batch_of(request, code), ""
    if request.method == "POST":
        try:
            services.commit_import(actor=request.actor, batch=batch, partial=request.POST.get("partial") == "1")  # type: ignore[attr-defined]
        except Refused as error:
            refusal = error.reason
        else:
            return done(request, f"{LIST}{code}/done/")
    report = services.preview(actor=request.actor, batch=batch)  # type: ignore[attr-defined]
    return step(request, batch, "changes", 4, {**wizard.changes(report), "refusal": refusal}, invalid=bool(refusal))


@audience(*CLERKS, methods=("GET", "HEAD"))
def finished(request: HttpRequest, code: str) -> HttpResponse:
    """What was done, and until when it can be taken back."""
    batch = batch_of(request, code)
    if batch.committed_at is None:
        return HttpResponseRedirect(f"{LIST}{code}/check/")
    until = batch.committed_at + services.UNDO
    return step(request, batch, "done", 5, {"until": until, "can_undo": batch.state == "committed" and clock.now() <= until})


@audience(*CLERKS, methods=("POST",))
def undo(request: HttpRequest, code: str) -> HttpResponse:
    """Take the whole import back."""
    found = services.undo_import(actor=request.actor, batch=batch_of(request, code))  # type: ignore[attr-defined]
    words = f"已撤销：去掉 {found['removed']} 人，改回 {found['restored']} 人"
    return done(request, LIST, toast=f"{words}，{found['kept']} 人后来又改过，没动" if found["kept"] else words)


@audience(*CLERKS, methods=("POST",))
def drop(request: HttpRequest, code: str) -> HttpResponse:
    """Give a file up; it is destroyed at once."""
    services.drop_batch(actor=request.actor, batch=batch_of(request, code))  # type: ignore[attr-defined]
    return done(request, LIST, toast="不导了，文件已经删掉")
