"""C5: is this file right? Upload → heads → rows in doubt → what changes → done, with the undo of a day.

One wizard for every face and every kind of file: a face says who may use it, where it hangs and what lies around it; a kind
of file (``importing_ledger``, ``importing_needs``) says what its rows are. Scope and rights come from the actor.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path

from baodao.base.days import clock
from baodao.base.verdict import Refused
from baodao.domain.members import selectors, services
from baodao.domain.members.forms import UploadForm
from baodao.web.frame.answers import done, form_page, page_of
from baodao.web.frame.guard import audience

TOO_BIG = "文件超过 20 MB。删去图片和用不着的工作表，或分成几个文件。"
READ = ("GET", "HEAD")
STEPS = ["上传", "认表头", "核对", "看变化", "完成"]


class Wizard(ABC):
    """The wizard of one face: ``at`` is its address, ``base`` its layout, ``home`` where one goes afterwards.

    ``people`` is the address of members' own pages, empty where the face has none. ``of_unit``: a unit's own list, whose
    people of elsewhere and people gone are told to their community.
    """

    noun, folder, name = "", "imports/", "import"
    #: Words of the pages: what one row is counted in, what a table needs, what undoing does.
    measure, unkeyed, intro, undo_words = "行", "", "", ""

    def __init__(
        self, *, at: str, base: str, home: str, home_words: str, roles: tuple[str, ...], people: str = "", of_unit: bool = False
    ) -> None:
        self.at, self.base, self.home, self.home_words, self.people, self.roles = at, base, home, home_words, people, roles
        self.of_unit = of_unit

    def urls(self) -> list[URLPattern]:
        """The addresses, to be hung into the face's table."""

        def page(address: str, view: Callable[..., HttpResponse], name: str, methods: tuple[str, ...]) -> URLPattern:
            return path(f"{self.folder}{address}", audience(*self.roles, methods=methods)(view), name=self.name + name)

        both, post = (*READ, "POST"), ("POST",)
        return [
            page("", self.upload, "s", both),
            page("blank/", self.blank, "_blank", READ),
            page("<slug:code>/heads/", self.heads, "_heads", both),
            page("<slug:code>/check/", self.check, "_check", both),
            page("<slug:code>/changes/", self.changes, "_changes", both),
            page("<slug:code>/done/", self.finished, "_done", READ),
            page("<slug:code>/undo/", self.undo, "_undo", post),
            page("<slug:code>/drop/", self.drop, "_drop", post),
        ]

    # What a kind of file says for itself.

    @abstractmethod
    def start(self, actor: Any, data: bytes, filename: str) -> Any:
        """Read an upload into a batch under work."""

    @abstractmethod
    def blank(self, request: HttpRequest) -> HttpResponse:
        """The blank sheet to fill in."""

    @abstractmethod
    def columns(self, batch: Any) -> dict[str, Any]:
        """The tables with their columns, and what a column may be."""

    @abstractmethod
    def keep(self, actor: Any, batch: Any, version: int | None, posted: Any) -> None:
        """Store the corrections of a form."""

    @abstractmethod
    def preview(self, actor: Any, batch: Any) -> Any:
        """The verdict about the file as things stand."""

    @abstractmethod
    def lines(self, batch: Any, report: Any, *, everything: bool) -> tuple[list[dict[str, Any]], dict[str, Any]]:
        """(rows for the check page, what else that page shows)."""

    @abstractmethod
    def effects(self, report: Any) -> dict[str, Any]:
        """What committing would do, for the page of changes."""

    @abstractmethod
    def commit(self, request: HttpRequest, batch: Any, *, partial: bool) -> None:
        """Write the rows, or the good ones."""

    @abstractmethod
    def take_back(self, actor: Any, batch: Any) -> str:
        """Undo the import; what happened, in words."""

    # The five steps.

    def upload(self, request: HttpRequest) -> HttpResponse:
        """Choose a file; below it what was imported before."""
        actor = request.actor  # type: ignore[attr-defined]
        form = UploadForm(request.POST or None, request.FILES or None)
        if getattr(request, "upload_too_big", False):
            form.errors["file"] = form.error_class([TOO_BIG])
        elif request.method == "POST" and form.is_valid():
            sent = form.cleaned_data["file"]
            try:
                batch = self.start(actor, sent.read(), sent.name)
            except Refused as error:
                form.add_error("file", error.reason)
            else:
                return done(request, f"{self.at}{batch.code}/heads/")
        context = {"wizard": self, "form": form, "page": page_of(request, selectors.batches(actor, self.noun), 20),
                   "steps": STEPS, "undo_from": clock.now() - services.UNDO}
        return form_page(request, "frame/imports/upload.html", context, invalid=request.method == "POST")

    def heads(self, request: HttpRequest, code: str) -> HttpResponse:
        """Which column is what; dropped ones are named."""
        batch = self._batch(request, code)
        if request.method == "POST":
            self._keep(request, batch)
            return done(request, f"{self.at}{code}/check/")
        return self._step(request, batch, "heads", 2, self.columns(batch))

    def check(self, request: HttpRequest, code: str) -> HttpResponse:
        """The rows in doubt, each mended where it is wrong."""
        batch = self._batch(request, code)
        if request.method == "POST":
            self._keep(request, batch)
            return done(request, f"{self.at}{code}/check/?{request.GET.urlencode()}", toast="已改，重新核对过了")
        report = self.preview(request.actor, batch)  # type: ignore[attr-defined]
        everything = request.GET.get("all") == "1"
        rows, more = self.lines(batch, report, everything=everything)
        page = page_of(request, rows, 100)
        context = {"page": page, "lines": page.object_list, "everything": everything, "counts": report.counts, **more}
        return self._step(request, batch, "check", 3, context)

    def changes(self, request: HttpRequest, code: str) -> HttpResponse:
        """What importing does: added, changed from what to what, unchanged, passed over, missing."""
        batch, refusal = self._batch(request, code), ""
        if request.method == "POST":
            try:
                self.commit(request, batch, partial=request.POST.get("partial") == "1")
            except Refused as error:
                refusal = error.reason
            else:
                return done(request, f"{self.at}{code}/done/")
        report = self.preview(request.actor, batch)  # type: ignore[attr-defined]
        context = {**self.effects(report), "refusal": refusal}
        return self._step(request, batch, "changes", 4, context, invalid=bool(refusal))

    def finished(self, request: HttpRequest, code: str) -> HttpResponse:
        """What was done, and until when it can be taken back."""
        batch = self._batch(request, code)
        if batch.committed_at is None:
            return HttpResponseRedirect(f"{self.at}{code}/check/")
        until = batch.committed_at + services.UNDO
        can = batch.state == "committed" and clock.now() <= until
        return self._step(request, batch, "done", 5, {"until": until, "can_undo": can})

    def undo(self, request: HttpRequest, code: str) -> HttpResponse:
        """Take the whole import back."""
        words = self.take_back(request.actor, self._batch(request, code))  # type: ignore[attr-defined]
        return done(request, self.at, toast=words)

    def drop(self, request: HttpRequest, code: str) -> HttpResponse:
        """Give a file up; it is destroyed at once."""
        services.drop_batch(actor=request.actor, batch=self._batch(request, code))  # type: ignore[attr-defined]
        return done(request, self.at, toast="不导了，文件已经删掉")

    def _step(
        self, request: HttpRequest, batch: Any, name: str, now: int, context: dict[str, Any], *, invalid: bool = False
    ) -> HttpResponse:
        common = {"wizard": self, "batch": batch, "steps": STEPS, "now": now}
        template = f"frame/imports/{self.noun}_{name}.html" if name in ("check", "changes") else f"frame/imports/{name}.html"
        return form_page(request, template, {**common, **context}, invalid=invalid)

    def _batch(self, request: HttpRequest, code: str) -> Any:
        """The batch, if it is the actor's."""
        return selectors.batch_for(request.actor, code, self.noun)  # type: ignore[attr-defined]

    def _keep(self, request: HttpRequest, batch: Any) -> None:
        version = request.POST.get("version", "")
        self.keep(request.actor, batch, int(version) if version.isdigit() else None, request.POST)  # type: ignore[attr-defined]
