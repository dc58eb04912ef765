"""C5: is this file right? Upload → heads → rows in doubt → what changes → done, with the undo of a day.

One wizard for every face that takes ledgers in: the desk for its community, the town for a first ledger. A face says who
may use it, where it hangs and what lies around it; scope and rights come from the actor.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path

from baodao.base import paths
from baodao.base.days import clock
from baodao.base.verdict import Refused
from baodao.domain.members import selectors, services
from baodao.domain.members import wizard as reads
from baodao.domain.members.forms import UploadForm
from baodao.domain.members.intake.blank import blank_book
from baodao.domain.members.intake.files import choices as column_choices
from baodao.domain.orgs import selectors as orgs
from baodao.web.frame.answers import done, file, form_page, page_of
from baodao.web.frame.guard import audience

TOO_BIG = "文件超过 20 MB。删去图片和用不着的工作表，或分成几个文件。"
READ = ("GET", "HEAD")


class Wizard:
    """The wizard of one face: ``at`` is its address, ``base`` its layout, ``home`` where one goes afterwards.

    ``people`` is the address of members' own pages, empty where the face has none. ``of_unit``: a unit's own list, whose
    people of elsewhere and people gone are told to their community.
    """

    def __init__(
        self, *, at: str, base: str, home: str, home_words: str, people: str, roles: tuple[str, ...], of_unit: bool = False
    ) -> None:
        self.at, self.base, self.home, self.home_words, self.people, self.roles = at, base, home, home_words, people, roles
        self.of_unit = of_unit

    def urls(self) -> list[URLPattern]:
        """The addresses, to be hung into the face's table."""

        def page(address: str, view: Callable[..., HttpResponse], name: str, methods: tuple[str, ...]) -> URLPattern:
            return path(f"imports/{address}", audience(*self.roles, methods=methods)(view), name=name)

        both, post = (*READ, "POST"), ("POST",)
        return [
            page("", self.upload, "imports", both),
            page("blank/", self.blank, "import_blank", READ),
            page("<slug:code>/heads/", self.heads, "import_heads", both),
            page("<slug:code>/check/", self.check, "import_check", both),
            page("<slug:code>/changes/", self.changes, "import_changes", both),
            page("<slug:code>/done/", self.finished, "import_done", READ),
            page("<slug:code>/undo/", self.undo, "import_undo", post),
            page("<slug:code>/drop/", self.drop, "import_drop", post),
        ]

    def upload(self, request: HttpRequest) -> HttpResponse:
        """Choose a file; below it what was imported before."""
        actor = request.actor  # type: ignore[attr-defined]
        form = UploadForm(request.POST or None, request.FILES or None)
        if getattr(request, "upload_too_big", False):
            form.errors["file"] = form.error_class([TOO_BIG])
        elif request.method == "POST" and form.is_valid():
            sent = form.cleaned_data["file"]
            try:
                batch = services.start_import(actor=actor, data=sent.read(), filename=sent.name, **scope_of(actor))
            except Refused as error:
                form.add_error("file", error.reason)
            else:
                return done(request, f"{self.at}{batch.code}/heads/")
        context = {"wizard": self, "form": form, "page": page_of(request, selectors.batches(actor, "members"), 20),
                   "steps": reads.STEPS, "undo_from": clock.now() - services.UNDO}
        return form_page(request, "frame/imports/upload.html", context, invalid=request.method == "POST")

    def blank(self, request: HttpRequest) -> HttpResponse:
        """The blank sheet to hand to a unit."""
        scope = scope_of(request.actor)  # type: ignore[attr-defined]
        town = scope.get("town") or paths.town_of(scope["scope"])
        return file(blank_book(town or paths.county_of(scope["scope"])), "在职党员台账-空白.xlsx")

    def heads(self, request: HttpRequest, code: str) -> HttpResponse:
        """Which column is what; dropped ones are named."""
        batch = batch_of(request, code)
        if request.method == "POST":
            keep(request, batch)
            return done(request, f"{self.at}{code}/check/")
        return self._step(request, batch, "heads", 2, {"tables": reads.heads(batch), "choices": column_choices()})

    def check(self, request: HttpRequest, code: str) -> HttpResponse:
        """The rows in doubt, each mended where it is wrong."""
        batch = batch_of(request, code)
        if request.method == "POST":
            keep(request, batch)
            return done(request, f"{self.at}{code}/check/?{request.GET.urlencode()}", toast="已改，重新核对过了")
        report = services.preview(actor=request.actor, batch=batch)  # type: ignore[attr-defined]
        everything = request.GET.get("all") == "1"
        page = page_of(request, reads.lines(report, everything=everything), 100)
        context = {
            "page": page, "lines": page.object_list, "everything": everything, "counts": report.counts,
            "doubtful": sum(reads.doubtful(line) for line in report.lines), **reads.column_words(report),
            "groups": reads.groups(report), "kinds": reads.fault_counts(report),
            "units": [unit.name for unit in orgs.units(paths.county_of(batch.scope))],
            "communities": [one.name for one in orgs.communities(batch.town or paths.county_of(batch.scope))],
        }
        return self._step(request, batch, "check", 3, context)

    def changes(self, request: HttpRequest, code: str) -> HttpResponse:
        """What importing does: added, changed from what to what, unchanged, passed over, missing."""
        batch, refusal = batch_of(request, code), ""
        if request.method == "POST":
            partial, gone = request.POST.get("partial") == "1", request.POST.getlist("gone")
            try:
                services.commit_import(actor=request.actor, batch=batch, partial=partial, gone=gone)  # type: ignore[attr-defined]
            except Refused as error:
                refusal = error.reason
            else:
                return done(request, f"{self.at}{code}/done/")
        report = services.preview(actor=request.actor, batch=batch)  # type: ignore[attr-defined]
        context = {**reads.changes(report), "refusal": refusal}
        return self._step(request, batch, "changes", 4, context, invalid=bool(refusal))

    def finished(self, request: HttpRequest, code: str) -> HttpResponse:
        """What was done, and until when it can be taken back."""
        batch = batch_of(request, code)
        if batch.committed_at is None:
            return HttpResponseRedirect(f"{self.at}{code}/check/")
        until = batch.committed_at + services.UNDO
        can = batch.state == "committed" and clock.now() <= until
        return self._step(request, batch, "done", 5, {"until": until, "can_undo": can})

    def undo(self, request: HttpRequest, code: str) -> HttpResponse:
        """Take the whole import back."""
        found = services.undo_import(actor=request.actor, batch=batch_of(request, code))  # type: ignore[attr-defined]
        words = f"已撤销：去掉 {found['removed']} 人，改回 {found['restored']} 人"
        return done(request, self.at, toast=f"{words}，{found['kept']} 人后来又改过，没动" if found["kept"] else words)

    def drop(self, request: HttpRequest, code: str) -> HttpResponse:
        """Give a file up; it is destroyed at once."""
        services.drop_batch(actor=request.actor, batch=batch_of(request, code))  # type: ignore[attr-defined]
        return done(request, self.at, toast="不导了，文件已经删掉")

    def _step(
        self, request: HttpRequest, batch: Any, name: str, now: int, context: dict[str, Any], *, invalid: bool = False
    ) -> HttpResponse:
        common = {"wizard": self, "batch": batch, "steps": reads.STEPS, "now": now}
        return form_page(request, f"frame/imports/{name}.html", {**common, **context}, invalid=invalid)


def scope_of(actor: Any) -> dict[str, str]:
    """Whose rows the actor may bring: a unit's (with the town it serves in), the community's, or the town's."""
    if paths.is_unit(actor.path):
        return {"scope": actor.path, "unit": actor.path, "town": selectors.town_of_unit(actor.path)}
    return {"scope": paths.community_of(actor.path) or paths.town_of(actor.path)}


def batch_of(request: HttpRequest, code: str) -> Any:
    """The batch, if it is the actor's."""
    return selectors.batch_for(request.actor, code, "members")  # type: ignore[attr-defined]


def keep(request: HttpRequest, batch: Any) -> None:
    """Store the corrections of a form."""
    version = request.POST.get("version", "")
    services.correct(
        actor=request.actor, batch=batch, version=int(version) if version.isdigit() else None,  # type: ignore[attr-defined]
        **reads.corrections(request.POST),
    )
