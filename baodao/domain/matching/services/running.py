"""Runs of the solver: asked for by a press, worked on by the worker, stopped by a press, taken up again when one dies.

The row is the truth and the queue only a bell: whoever hears it claims the run, and a bell rung twice does nothing
twice. A draft and the end of its run are stored in one transaction, so that no run stores two.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from baodao.base import paths
from baodao.base.actor import Actor, program
from baodao.base.verdict import Refused, must
from baodao.domain.accounts import selectors as accounts
from baodao.domain.audit.services import move, record, service
from baodao.domain.matching import rules, selectors
from baodao.domain.matching.models import PlanRun
from baodao.domain.matching.services.solving import Worked, store_worked, wanted_of, work_out
from baodao.domain.matching.states import RUN_TRANSITIONS, RunState, StopKind

log = logging.getLogger("baodao.matching")
#: Progress is written at most so often (seconds); a run that says nothing for so long has lost its worker.
EVERY, SILENT, UNHEARD = 0.7, timedelta(seconds=90), timedelta(seconds=60)
TRIES = 3


@service
def ask_run(
    *, actor: Actor, town: str, month: str, community: str = "", seconds: float = 10.0, seed: int = 0
) -> PlanRun:
    """Ask for a month to be planned: the whole town, or one community. Returns at once.

    The same press again gives the run that is already open. Refused as a solve would be, and while another run plans
    a part of the same month.
    """
    wanted_of(actor, town, month, [community] if community else None)
    path = community or town
    for held in selectors.open_runs(town, month):
        if held.path == path:
            return held
        if paths.covers(held.path, path) or paths.covers(path, held.path):
            raise Refused(_busy_words(held.path == town), code="running")
    run = PlanRun(
        town=town, path=path, month=month, asked_by=actor.account_id, asked_role=actor.role, asked_path=actor.path,
        asked_at=timezone.now(), limit=seconds, seed=seed,
    )  # fmt: skip
    try:
        with transaction.atomic():
            run.save()
    except IntegrityError:  # somebody pressed at the same moment
        first = next((held for held in selectors.open_runs(town, month) if held.path == path), None)
        if first is None:
            raise Refused("别人刚刚改过，刷新看看。", code="state") from None
        return first
    record("plan.asked", actor=actor, subject=run, town=town, data={"month": month, "seconds": seconds, "seed": seed})
    return run


def _busy_words(whole_town: bool) -> str:
    return "全镇正在一起排，等它排完再单独排。" if whole_town else "有社区正在排自己的月计划，等它排完再排全镇。"


@service
def stop_run(*, actor: Actor, run: PlanRun, keep: bool) -> PlanRun:
    """Stop a run: with the best plan so far (``keep``), or with none. One that still waits ends at once."""
    must(rules.may_plan(actor, run.path))
    if run.state == RunState.QUEUED:
        move(run, to=RunState.CANCELLED, transitions=RUN_TRANSITIONS)
        _close(run, "还没开始就停下了，没有改动。")
    elif not PlanRun.objects.filter(pk=run.pk, state=RunState.RUNNING).update(stop=StopKind.KEEP if keep else StopKind.DROP):
        raise Refused("已经排完了，刷新看看。", code="state")
    record("plan.stopped", actor=actor, subject=run, town=run.town, data={"month": run.month, "keep": keep})
    return run


def _close(run: PlanRun, words: str) -> None:
    run.words, run.finished_at = words[:300], timezone.now()
    run.save(update_fields=["words", "finished_at"])


def execute(code: str) -> PlanRun | None:
    """Work a queued run out and store its drafts; None when somebody else has it or it is over.

    Whatever goes wrong ends in the run's state and words; an unforeseen fault is raised again after that.
    """
    run = _claim(code=code)
    if run is None:
        return None
    listener = _Listener(run)
    try:
        actor = _actor_of(run)
        only = None if run.path == run.town else [run.path]
        done = work_out(
            actor=actor, town=run.town, month=run.month, communities=only, seconds=run.limit, seed=run.seed,
            on_progress=listener.hear, cancel=listener.is_stopped,
        )  # fmt: skip
        _finish(actor=actor, run=run, done=done)
    except Refused as error:
        stopped = error.code in ("stopped", "unfinished") and bool(listener.ask())
        words = "停下了，没有改动。" if error.code == "stopped" else error.reason
        _give_up(run=run, to=RunState.CANCELLED if stopped else RunState.FAILED, words=words)
    except Exception:
        log.exception("run %s of %s %s failed", run.code, run.path, run.month)
        _give_up(run=run, to=RunState.FAILED, words="程序出了错，没有排成，原来的草案没有动。再按一次；还不行就告诉系统管理员。")
        raise
    return run


def run_now(*, actor: Actor, run: PlanRun) -> PlanRun:
    """Work a waiting run out in the present process, because no worker takes it up; the same deed as the worker's."""
    must(rules.may_plan(actor, run.path))
    done = execute(run.code)
    if done is None:
        run.refresh_from_db()
    return done or run


@service
def _claim(*, code: str) -> PlanRun | None:
    run = PlanRun.objects.filter(code=code, state=RunState.QUEUED).first()
    if run is None:
        return None
    for held in selectors.open_runs(run.town, run.month):
        if held.pk < run.pk and (paths.covers(held.path, run.path) or paths.covers(run.path, held.path)):
            move(run, to=RunState.CANCELLED, transitions=RUN_TRANSITIONS)
            _close(run, _busy_words(held.path == run.town))
            return None
    now = timezone.now()
    changes = {"state": RunState.RUNNING, "started_at": now, "beat_at": now, "tries": F("tries") + 1, "stop": ""}
    if not PlanRun.objects.filter(pk=run.pk, state=RunState.QUEUED).update(**changes):
        return None
    run.refresh_from_db()
    return run


def _actor_of(run: PlanRun) -> Actor:
    if run.asked_by is None:
        return program("plan_month")
    return accounts.acting(run.asked_by, run.asked_role, run.asked_path)


class _Listener:
    """What the solver tells goes to the row, what a person asks of the row goes to the solver, both now and then."""

    def __init__(self, run: PlanRun) -> None:
        self.run, self.began = run, time.monotonic()
        self.told = self.asked = 0.0
        self.stop = ""

    def hear(self, now: Any) -> None:
        """Write the rung, the best plan's value, the bound and the seconds; at most every ``EVERY`` seconds."""
        new_rung = now.rung != self.run.rung
        if not new_rung and time.monotonic() - self.told < EVERY:
            return
        self.run.rung = now.rung
        self.run.objective, self.run.bound = _whole(now.objective), _whole(now.bound)
        self._write(now.seconds)

    def _write(self, spent: float) -> None:
        self.told = time.monotonic()
        run = self.run
        PlanRun.objects.filter(pk=run.pk, state=RunState.RUNNING, tries=run.tries).update(
            rung=run.rung, objective=run.objective, bound=run.bound, spent=round(spent, 1), beat_at=timezone.now()
        )

    def is_stopped(self) -> bool:
        """Did somebody ask to stop; looked up at most every ``EVERY`` seconds, which also shows that this one lives."""
        if time.monotonic() - self.asked >= EVERY:
            self.ask()
            if time.monotonic() - self.told >= EVERY:
                self._write(time.monotonic() - self.began)
        return bool(self.stop)

    def ask(self) -> str:
        """What the row says now."""
        self.asked = time.monotonic()
        self.stop = PlanRun.objects.filter(pk=self.run.pk).values_list("stop", flat=True).first() or ""
        return self.stop


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)


@service
def _finish(*, actor: Actor, run: PlanRun, done: Worked) -> None:
    """Store the drafts and end the run together, unless it was stopped without a plan or taken over meanwhile."""
    mine = PlanRun.objects.filter(pk=run.pk, state=RunState.RUNNING, tries=run.tries).exclude(stop=StopKind.DROP)
    found = done.found
    ended = mine.update(
        state=RunState.DONE, finished_at=timezone.now(), rung=found.rung, objective=_whole(found.objective),
        bound=_whole(found.bound), spent=round(found.seconds, 1), version=F("version") + 1,
    )  # fmt: skip
    if not ended:
        raise Refused("停下了，没有改动。", code="stopped")
    made = store_worked(actor=actor, done=done)
    PlanRun.objects.filter(pk=run.pk).update(plans=[plan.code for plan in made])
    run.refresh_from_db()
    record("plan.run", actor=actor, subject=run, town=run.town, data={"month": run.month, "drafts": len(made), "stop": run.stop})


@service
def _give_up(*, run: PlanRun, to: str, words: str) -> None:
    """End a run that stored nothing, with the reason."""
    mine = PlanRun.objects.filter(pk=run.pk, state=RunState.RUNNING, tries=run.tries)
    if mine.update(state=to, words=words[:300], finished_at=timezone.now(), version=F("version") + 1):
        record("plan.not_run", actor=program("solver"), subject=run, town=run.town, data={"month": run.month, "state": to})
    run.refresh_from_db()


@service
def reap_runs(*, actor: Actor) -> list[str]:
    """Runs whose worker died wait again, those that died too often end. Returns the codes to ring for once more."""
    now = timezone.now()
    silent = PlanRun.objects.filter(state=RunState.RUNNING, beat_at__lt=now - SILENT)
    for run in silent:
        if run.tries >= TRIES:
            _give_up(run=run, to=RunState.FAILED, words="排到一半后台中断了几次，没有排成，原来的草案没有动。再按一次。")
            continue
        again = PlanRun.objects.filter(pk=run.pk, state=RunState.RUNNING, beat_at=run.beat_at)
        if again.update(state=RunState.QUEUED, asked_at=now - UNHEARD * 2, version=F("version") + 1):
            record("plan.requeued", actor=actor, subject=run, town=run.town, data={"month": run.month, "tries": run.tries})
    waiting: Sequence[str] = list(
        PlanRun.objects.filter(state=RunState.QUEUED, asked_at__lt=now - UNHEARD).order_by("pk").values_list("code", flat=True)
    )
    return list(waiting)
