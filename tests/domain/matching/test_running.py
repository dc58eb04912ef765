"""Runs of the solver: asked for once, worked on once, stopped with or without a plan, taken up again, never hanging."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from baodao.base.verdict import Refused
from baodao.domain.accounts.models import Grant
from baodao.domain.audit.models import Entry
from baodao.domain.matching import selectors, services, watching
from baodao.domain.matching.models import Plan, PlanRun
from baodao.domain.matching.services import running
from tests.cast import PROGRAM
from tests.domain.matching.small_town import MONTH, SATURDAY, SmallTown, full_month


@pytest.fixture
def town(cast):
    small = SmallTown(cast)
    for name in ("甲一", "乙二", "丙三"):
        small.person(name, unit=None)
    small.shift(small.post("巡逻", desired_people=2, max_people=2), SATURDAY, key="sat")
    return small


def ask(cast, login="clerk", community=None, **more):
    path = cast.xingfu.path if community is None else community
    return services.ask_run(actor=cast.actor(login), town=cast.town.path, month=MONTH, community=path, **more)


def test_a_run_is_asked_for_worked_out_and_kept_with_its_figures(cast, town):
    run = ask(cast, seed=7, seconds=5)
    assert (run.state, Plan.objects.count()) == ("queued", 0)
    done = services.execute(run.code)
    plan = Plan.objects.get()
    assert (done.state, done.plans, done.tries, done.words) == ("done", [plan.code], 1, "")
    assert (plan.seed, plan.solved_by, plan.status) == (7, cast.accounts["clerk"].pk, "optimal")
    assert done.objective == done.bound == plan.objective and done.finished_at is not None
    assert [e.action for e in Entry.objects.filter(subject="planrun").order_by("pk")] == ["plan.asked", "plan.run"]


def test_the_same_press_again_gives_the_same_run_and_works_once(cast, town):
    first = ask(cast)
    assert ask(cast).pk == first.pk
    services.execute(first.code)
    assert services.execute(first.code) is None
    assert (PlanRun.objects.count(), Plan.objects.count()) == (1, 1)
    assert ask(cast).pk != first.pk


def test_the_town_and_its_community_do_not_plan_the_same_month_at_once(cast, town):
    ask(cast)
    with pytest.raises(Refused, match="有社区正在排"):
        ask(cast, "town", community="")
    PlanRun.objects.all().delete()
    ask(cast, "town", community="")
    with pytest.raises(Refused, match="全镇正在一起排"):
        ask(cast)
    assert PlanRun.objects.count() == 1


def test_who_may_not_plan_cannot_ask(cast, town):
    with pytest.raises(Refused):
        ask(cast, "clerk2")
    assert PlanRun.objects.count() == 0


def test_the_right_is_looked_at_again_when_the_run_is_worked_on(cast, town):
    run = ask(cast)
    Grant.objects.filter(account=cast.accounts["clerk"]).delete()
    assert services.execute(run.code).state == "failed"
    assert Plan.objects.count() == 0


def test_a_draft_is_not_changed_while_it_is_planned_again(cast, town):
    services.execute(ask(cast).code)
    plan = Plan.objects.get()
    ask(cast)
    line = plan.lines.select_related("shift", "member").first()
    actor = cast.actor("clerk")
    for deed in (
        lambda: services.take_out(actor=actor, plan=plan, line=line),
        lambda: services.lock(actor=actor, plan=plan, lines=[line]),
        lambda: services.submit(actor=actor, plan=plan),
    ):
        with pytest.raises(Refused, match="正在重新安排"):
            deed()
    assert (plan.lines.count(), Plan.objects.get().state) == (2, "draft")


def test_stopped_before_it_began(cast, town):
    run = ask(cast)
    services.stop_run(actor=cast.actor("clerk"), run=run, keep=True)
    assert PlanRun.objects.get().state == "cancelled"
    assert services.execute(run.code) is None and Plan.objects.count() == 0


@pytest.mark.parametrize(("stop", "state", "drafts"), [("keep", "done", 2), ("drop", "cancelled", 0)])
def test_stopped_while_it_works(cast, monkeypatch, stop, state, drafts):
    """The first word from the solver is answered by a press; the best plan so far is stored, or none."""
    full_month(cast, people=24)
    run = ask(cast, "town", community="")
    heard = running._Listener.hear

    def press(self, now):
        heard(self, now)
        PlanRun.objects.filter(pk=self.run.pk).update(stop=stop)

    monkeypatch.setattr(running._Listener, "hear", press)
    monkeypatch.setattr(running, "EVERY", 0.0)
    done = services.execute(run.code)
    assert (done.state, Plan.objects.count(), done.stop) == (state, drafts, stop)


def test_what_cannot_be_planned_says_why(cast, town):
    from baodao.domain.members.models import Member

    Member.objects.update(state="left")
    done = services.execute(ask(cast).code)
    assert (done.state, Plan.objects.count()) == ("failed", 0)
    assert "台账里还没有" in done.words
    watch, words = watching.seen(cast.actor("clerk"), cast.xingfu.path, MONTH)
    assert watch is None and words.startswith("上一次没排成：") and "台账里还没有" in words


def test_an_unforeseen_fault_ends_the_run_and_is_raised(cast, town, monkeypatch):
    def broken(**_):
        raise ValueError("x")

    monkeypatch.setattr(running, "work_out", broken)
    run = ask(cast)
    with pytest.raises(ValueError, match="x"):
        services.execute(run.code)
    assert PlanRun.objects.get().state == "failed" and "程序出了错" in PlanRun.objects.get().words


def test_a_run_whose_worker_died_is_taken_up_again_and_given_up_after_three(cast, town):
    run = ask(cast)
    for number in (1, 2, 3):
        assert running._claim(code=run.code).tries == number
        assert services.reap_runs(actor=PROGRAM) == []  # it still speaks
        PlanRun.objects.update(beat_at=timezone.now() - timedelta(minutes=3))
        assert services.reap_runs(actor=PROGRAM) == ([run.code] if number < 3 else [])
    assert PlanRun.objects.get().state == "failed"


def test_the_one_that_was_thought_dead_stores_nothing(cast, town, monkeypatch):
    run = ask(cast)
    worked = running.work_out

    def slow(**more):
        found = worked(**more)
        PlanRun.objects.update(state="running", tries=2)  # meanwhile somebody else took it up
        return found

    monkeypatch.setattr(running, "work_out", slow)
    services.execute(run.code)
    assert (PlanRun.objects.get().state, Plan.objects.count()) == ("running", 0)


def test_a_plan_sent_to_the_secretary_meanwhile_is_left_alone(cast, town, monkeypatch):
    services.execute(ask(cast).code)
    run, worked = ask(cast), running.work_out

    def slow(**more):
        found = worked(**more)
        Plan.objects.update(state="submitted")
        return found

    monkeypatch.setattr(running, "work_out", slow)
    assert services.execute(run.code).state == "done"
    assert list(Plan.objects.values_list("draft", "state")) == [(1, "submitted")]


def test_words_of_a_run_that_nobody_takes_up(cast, town):
    run = ask(cast)
    assert watching.watch(run, may_stop=True).untaken is False
    PlanRun.objects.update(asked_at=timezone.now() - timedelta(seconds=30))
    run = selectors.run_over(cast.xingfu.path, MONTH)
    assert watching.watch(run, may_stop=True).untaken is True
    assert services.run_now(actor=cast.actor("clerk"), run=run).state == "done"


def test_two_presses_at_the_same_moment_make_one_run(cast, town, monkeypatch):
    """The second saw no open run when it looked; the constraint decides, and it is given the first one's."""
    first, look, looked = ask(cast), selectors.open_runs, []

    def late(where, month):
        looked.append(1)
        return [] if len(looked) == 1 else look(where, month)

    monkeypatch.setattr(selectors, "open_runs", late)
    assert ask(cast).pk == first.pk
    assert (PlanRun.objects.count(), len(looked)) == (1, 2)
