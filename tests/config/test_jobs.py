"""What the worker does by itself: backups when something changed, thinning, the reaper, a clock no job can stop."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from baodao.base.actor import program
from baodao.base.days import clock
from baodao.config import backups, jobs
from baodao.domain.orgs import services as orgs


def kept(folder: Path, age: timedelta, size: int = 10) -> str:
    """A backup's folder of that age."""
    made = datetime.now(clock.ZONE) - age
    one = folder / f"{made:%Y%m%d-%H%M%S-%f}"
    one.mkdir(parents=True)
    (one / "data.bin").write_bytes(bytes(size))
    (one / "manifest.json").write_text(json.dumps({"made_at": made.isoformat()}))
    return one.name


def left(folder: Path) -> set[str]:
    return {p.name for p in folder.iterdir()}


def test_a_day_is_kept_whole_then_one_a_day_for_35_days(tmp_path):
    now = datetime.now(clock.ZONE)
    fresh = {kept(tmp_path, timedelta(minutes=5 * n)) for n in range(6)}
    noon = now.replace(hour=12, minute=0) - timedelta(days=3)
    kept(tmp_path, now - noon + timedelta(minutes=10))
    last_of_day = kept(tmp_path, now - noon)
    old = kept(tmp_path, timedelta(days=34))
    kept(tmp_path, timedelta(days=36))
    backups.thin(tmp_path)
    assert left(tmp_path) == fresh | {last_of_day, old}


def test_never_more_than_the_limit_the_oldest_go_first(tmp_path, monkeypatch):
    monkeypatch.setattr(backups, "KEEP_BYTES", 2500)
    names = [kept(tmp_path, timedelta(minutes=5 * n), size=1000) for n in range(4)]
    backups.thin(tmp_path)
    assert left(tmp_path) == set(names[:2])


def test_an_old_copy_from_before_an_upgrade_goes_too(tmp_path):
    import os

    folder = tmp_path / "before-upgrade"
    folder.mkdir()
    for name, days in (("baodao.bin", 36), ("tables.bin", 34)):
        (folder / name).write_bytes(b"x")
        then = (datetime.now(clock.ZONE) - timedelta(days=days)).timestamp()
        os.utime(folder / name, (then, then))
    backups.thin(tmp_path)
    assert left(folder) == {"tables.bin"}


@pytest.mark.django_db
def test_a_backup_is_made_when_something_changed_and_only_then(settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(jobs, "_backed_up", {})
    jobs.back_up()
    assert not backups.folder().exists()  # nothing has happened yet
    orgs.make_town(actor=program("t"), county_code="SX", county_name="示例县", town_code="SZ", town_name="示例镇")
    jobs.back_up()
    jobs.back_up()
    if connection.vendor != "sqlite":
        assert not backups.folder().exists()  # PostgreSQL has its own means
        return
    assert len(left(backups.folder())) == 1
    town = orgs.selectors.town_by_code("SZ")
    orgs.add_org(actor=program("t"), parent=town, kind="community", org_code="SZ01", name="幸福社区")
    jobs.back_up()
    assert len(left(backups.folder())) == 2


def test_tasks_are_in_no_backup():
    """They are bells; what has to last is in the areas' own tables."""
    assert DBTaskResult not in backups.tables()
    assert {"PlanRun", "Plan", "Entry"} <= {model.__name__ for model in backups.tables()}


@pytest.mark.django_db
def test_a_run_whose_worker_died_is_rung_for_again_by_the_clock(cast):
    """The whole way: the row is silent, the clock queues it, the bell is heard, the draft is there."""
    from baodao.domain.matching.models import Plan, PlanRun
    from tests.domain.matching.small_town import MONTH, SATURDAY, SmallTown

    small = SmallTown(cast)
    small.person("甲一", unit=None)
    small.shift(small.post("巡逻"), SATURDAY)
    silent = timezone.now() - timedelta(minutes=5)
    run = PlanRun.objects.create(
        town=cast.town.path, path=cast.xingfu.path, month=MONTH, state="running", tries=1, limit=5, asked_at=silent,
        started_at=silent, beat_at=silent, asked_by=cast.accounts["clerk"].pk, asked_role="clerk", asked_path=cast.xingfu.path,
    )  # fmt: skip
    jobs.runs()
    run.refresh_from_db()
    assert (run.state, run.tries, Plan.objects.count()) == ("done", 2, 1)


@pytest.mark.django_db
def test_the_reaper_puts_back_what_a_dead_worker_left(django_assert_num_queries):
    def task(status: str, started: timedelta, finished: timedelta | None = None) -> DBTaskResult:
        return DBTaskResult.objects.create(
            finished_at=None if finished is None else timezone.now() - finished,
            status=status, started_at=timezone.now() - started, args_kwargs={"args": [], "kwargs": {}}, priority=0,
            task_path="x.y", queue_name="default", backend_name="default", run_after=timezone.now(),
            exception_class_path="", traceback="",
        )  # fmt: skip

    dead, alive = task("RUNNING", timedelta(minutes=16)), task("RUNNING", timedelta(minutes=14))
    done = task("SUCCESSFUL", timedelta(minutes=60), timedelta(minutes=59))
    task("SUCCESSFUL", timedelta(days=8), timedelta(days=8))
    jobs.reap()
    states = {one.pk: (one.status, one.started_at is None) for one in DBTaskResult.objects.all()}
    assert states == {dead.pk: ("READY", True), alive.pk: ("RUNNING", False), done.pk: ("SUCCESSFUL", False)}


def test_a_job_that_fails_is_tried_again_at_its_next_turn(caplog):
    calls = []

    def fail() -> None:
        calls.append(1)
        raise OSError("disk full")

    job = jobs.Job("x", 60, fail)
    assert [job.turn(0), job.turn(59), job.turn(60)] == [True, False, True]
    assert len(calls) == 2
    assert "job x failed" in caplog.text
