"""The clock's jobs: what the worker does by itself, how often, each safe to run twice."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from baodao.base.actor import program
from baodao.base.days import clock
from baodao.config import backups, privacy
from baodao.domain.audit import selectors as audit
from baodao.domain.matching import services as matching
from baodao.domain.matching import tasks as planning
from baodao.domain.months import issuing
from baodao.domain.orgs import selectors as orgs

log = logging.getLogger("baodao.worker")
ACTOR = program("worker")
STUCK_AFTER, DONE_FOR = timedelta(minutes=15), timedelta(days=7)


@dataclass(slots=True)
class Job:
    """A job that is due every ``every`` seconds; a failed run is logged and tried at the next turn."""

    name: str
    every: float
    run: Callable[[], object]
    next_at: float = field(default=0.0)

    def turn(self, now: float) -> bool:
        """Run if due; says whether it ran."""
        if now < self.next_at:
            return False
        self.next_at = now + self.every
        try:
            self.run()
        except Exception:  # the clock goes on whatever one job meets
            log.exception("job %s failed", self.name)
        return True


_backed_up: dict[str, str] = {}
_cleaned: dict[str, str] = {}
_reached: dict[str, str] = {}


def lapse() -> None:
    """Offers that were not answered in time free their place."""
    matching.lapse_due(actor=ACTOR)


def seal() -> None:
    """Papers whose number was reserved but whose bytes were not archived are rendered again."""
    issuing.retry(actor=ACTOR)


def clean() -> None:
    """Retention, once a night."""
    today = clock.today()
    if _cleaned.get("day") != today.isoformat():
        privacy.erase(ACTOR, today)
        _cleaned["day"] = today.isoformat()


def back_up() -> None:
    """An online backup when something changed since the last one; the audit heads tell."""
    if connection.vendor != "sqlite":
        return
    heads = "|".join(f"{chain}" for chain in audit.head_digests())
    if heads and heads != _backed_up.get("heads"):
        backups.backup(backups.folder())
        backups.thin(backups.folder())
        _backed_up["heads"] = heads


def reach() -> None:
    """Whom each community may ask, brought up to date when something changed (the audit heads tell) or a day began."""
    now = "|".join([clock.today().isoformat(), *audit.head_digests()])
    if now != _reached.get("now"):
        for town in orgs.towns():
            matching.refresh_reach(actor=ACTOR, town=town.path)
        _reached["now"] = now


def reap() -> None:
    """Tasks whose worker died stay "running" for ever: put them back in the queue. Those done a week ago go."""
    old = timezone.now() - STUCK_AFTER
    DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - DONE_FOR).delete()
    DBTaskResult.objects.filter(status="RUNNING", started_at__lt=old).update(status="READY", started_at=None)


def runs() -> None:
    """Plans whose worker died are taken up again; those that wait unheard are rung for once more."""
    for code in matching.reap_runs(actor=ACTOR):
        planning.start(code)


def all_jobs() -> list[Job]:
    """The table of the clock; the first backup waits, so that a start is not slowed down."""
    start = time.monotonic()
    return [
        Job("lapse", 60, lapse),
        Job("seal", 60, seal),
        Job("reap", 300, reap),
        Job("runs", 30, runs),
        Job("clean", 3600, clean),
        Job("reach", 120, reach, next_at=start + 60),
        Job("backup", 300, back_up, next_at=start + 300),
    ]


