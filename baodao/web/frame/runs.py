"""Waiting for a plan, for the desk's and the town's page: progress by polling, stop with or without the plan so far.

A run that nobody takes up is worked out in the request when the person asks for that, so that none hangs in silence.
Without scripts the page is read again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse

from baodao.domain.matching import rules, selectors, services, tasks, watching
from baodao.domain.matching.states import RunState
from baodao.web.frame.answers import done
from baodao.web.frame.guard import audience


@dataclass(frozen=True, slots=True)
class Face:
    """One face's addresses of a run: who may look, who may press, what takes a finished run back."""

    name: str
    readers: tuple[str, ...]
    pressers: tuple[str, ...]
    undo: Callable[[Any], str] = lambda _run: ""

    def urls(self) -> list[URLPattern]:
        """The addresses, named ``plan_run``, ``plan_run_stop`` and ``plan_run_now``."""
        return [
            path("plan/run/<slug:code>/", audience(*self.readers, methods=("GET", "HEAD"))(self._progress), name="plan_run"),
            path("plan/run/<slug:code>/stop/", audience(*self.pressers, methods=("POST",))(self._stop), name="plan_run_stop"),
            path("plan/run/<slug:code>/now/", audience(*self.pressers, methods=("POST",))(self._now), name="plan_run_now"),
        ]

    def page(self, run: Any) -> str:
        """The page of plans that shows this run's month."""
        return f"{reverse(f'{self.name}:plan')}?month={run.month}"

    def _progress(self, request: HttpRequest, code: str) -> HttpResponse:
        actor = request.actor  # type: ignore[attr-defined]
        run = selectors.run_for(actor, code)
        if run.is_open and getattr(request, "htmx", False):
            watch = watching.watch(run, may_stop=bool(rules.may_plan(actor, run.path)))
            return render(request, "frame/run_words.html", {"watch": watch, "face": self.name})
        return outcome(request, run, self)

    def _stop(self, request: HttpRequest, code: str) -> HttpResponse:
        actor, keep = request.actor, request.POST.get("keep") == "1"  # type: ignore[attr-defined]
        run = services.stop_run(actor=actor, run=selectors.run_for(actor, code), keep=keep)
        return done(request, self.page(run), toast="停下来，用现在这份" if keep else "停下来，不排了")

    def _now(self, request: HttpRequest, code: str) -> HttpResponse:
        actor = request.actor  # type: ignore[attr-defined]
        return outcome(request, services.run_now(actor=actor, run=selectors.run_for(actor, code)), self)


def started(request: HttpRequest, run: Any, face: Face) -> HttpResponse:
    """Ring for a run that was asked for and go to its page."""
    if run.state == RunState.QUEUED:
        tasks.start(run.code)
        run.refresh_from_db()
    return outcome(request, run, face)


def outcome(request: HttpRequest, run: Any, face: Face) -> HttpResponse:
    """To the page of plans; a finished run says what it made and how to take it back."""
    if run.state != RunState.DONE:
        return done(request, face.page(run))
    drafts = selectors.drafts_of(run)
    if run.path == run.town:
        words = f"排好了 {len(drafts)} 个社区的草案，由各社区看过、书记批准"
    else:
        words = f"排好了，草案 {drafts[0].draft}" if drafts else "排完了，没有要改的"
    return done(request, face.page(run), toast=words, undo=face.undo(run))
