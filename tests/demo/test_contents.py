"""What the demo holds and what it rests on."""

from __future__ import annotations

import ast
import random
from collections import defaultdict
from datetime import date
from pathlib import Path
from types import SimpleNamespace

from django.apps import apps
from django.db import connection

from baodao.base.actor import program
from baodao.base.days import clock
from baodao.demo import names, people, removal
from baodao.demo.cast import LOGINS, PASSWORD
from baodao.domain.accounts.models import Account
from baodao.domain.audit import selectors as audit
from baodao.domain.audit.models import Entry
from baodao.domain.matching import services as matching
from baodao.domain.matching.keeping import kept
from baodao.domain.matching.models import Offer, Plan
from baodao.domain.members.models import Enrolment, Member
from baodao.domain.months.models import Bulletin, MonthClose
from baodao.domain.needs.models import Need
from baodao.domain.points import selectors as points
from baodao.domain.posts.models import Fixing, Post
from baodao.domain.service.models import ServiceRecord, Shift
from tests.conftest import MOMENT
from tests.demo.conftest import SMALL, make

TODAY = date(2026, 11, 24)


def contents() -> dict[str, list[object]]:
    """Public codes, numbers and names, table by table, in their order."""
    found = {}
    for model in apps.get_models():
        columns = [f.name for f in model._meta.concrete_fields if f.name in ("code", "number", "name", "text", "org_code", "login")
                   and f.get_internal_type() != "BinaryField"]
        if model.__module__.startswith("baodao.") and columns:
            found[model._meta.label] = list(model.objects.order_by("pk").values_list(*columns))
    return found


def test_contents_depend_on_seed_and_day_alone(demo, tmp_path):
    first = contents()
    files = {p.name: p.read_bytes() for p in demo.iterdir()}
    removal.empty(connection)
    assert Member.objects.count() == Account.objects.count() == Entry.objects.count() == 0
    make(tmp_path / "again")
    assert contents() == first
    assert {p.name: p.read_bytes() for p in (tmp_path / "again").iterdir()} == files
    removal.empty(connection)
    make(tmp_path / "other", seed=2)
    other = contents()
    assert other["members.Member"] != first["members.Member"]
    assert not set(other["service.Shift"]) & set(first["service.Shift"])


def test_every_receipt_has_its_day_after_the_report(demo):
    rows = Enrolment.objects.filter(until__isnull=True, member__kind="in_service")
    found = [(row.state, row.reported_on, row.receipt_on) for row in rows]
    back = [(first, day) for state, first, day in found if state == "receipted"]
    assert len(back) == len(found) - people.FRESH and len(back) > 100
    assert all(first < day <= TODAY and day.weekday() < 5 for first, day in back)
    assert {day for state, _first, day in found if state != "receipted"} == {None}


def test_only_the_logins_of_the_contract_have_a_password(demo):
    able = {a.login for a in Account.objects.all() if a.has_usable_password()}
    assert able == set(LOGINS)
    assert {a.login for a in Account.objects.filter(demo=True)} == set(LOGINS)
    assert all(Account.objects.get(login=login).check_password(PASSWORD) for login in LOGINS)


def test_people_and_posts(demo):
    kinds = list(Member.objects.values_list("kind", flat=True))
    assert (kinds.count("in_service"), kinds.count("community")) == (SMALL.in_service, SMALL.community_side)
    posts = Post.objects.select_related("leader")
    assert [p.name for p in posts if p.leader is None or p.state != "open"] == []
    assert len(posts) == 13 * SMALL.communities
    led = [p for p in posts if p.leader.name == "赵建国" and p.community_path.endswith("SZ01/")]
    assert sorted(p.name for p in led) == ["夜间平安巡逻", "楼道院落清洁"]


def test_yesterday_is_the_last_day_served_and_the_coming_month_has_no_plan(demo):
    assert max(ServiceRecord.objects.values_list("date", flat=True)) < TODAY
    assert set(Shift.objects.filter(date__lt=TODAY).values_list("state", flat=True)) == {"done"}
    assert set(Shift.objects.filter(date__gte=TODAY, month="2026-11").values_list("state", flat=True)) == {"open"}
    assert set(Shift.objects.filter(month="2026-12").values_list("state", flat=True)) == {"planned"}
    assert set(Plan.objects.values_list("month", "state")) == {("2026-11", "published")}
    assert Need.objects.filter(state__in=["registered", "accepted"]).exists()
    assert MonthClose.objects.count() == 0


def test_the_fixed_times_of_the_patrol_hold_in_the_coming_month(demo):
    """Who fixed a time holds the post, wishes for it and has time: the solver keeps it up to the month's most."""
    fixed = list(Fixing.objects.select_related("member", "post"))
    assert fixed and {one.state for one in fixed} == {"accepted"}
    assert all(one.post.claims.filter(member=one.member, state="held").exists() for one in fixed)
    assert all(not one.member.wishes or one.post.kind in one.member.wishes for one in fixed)
    town = fixed[0].post.town
    with clock.freeze(MOMENT):
        matching.solve_month(actor=program("test"), town=town, month="2026-12", rung="flow")
        for one in fixed:
            month = kept(one.post.community_path, [one])[one.code][-1]
            assert month.month == "2026年12月"
            assert month.held == min(month.shifts, one.member.max_per_month) >= 4


def test_nothing_happens_after_the_day_it_is_loaded(demo):
    now = clock.now()
    late = defaultdict(int)
    for model in apps.get_models():
        if not model.__module__.startswith("baodao."):
            continue
        for name in ("at", "created_at", "changed_at", "registered_at", "answered_at", "confirmed_at", "rolled_at", "sent_at"):
            if any(f.name == name for f in model._meta.concrete_fields):
                late[f"{model._meta.label}.{name}"] += model.objects.filter(**{f"{name}__gt": now}).count()
    assert {name: count for name, count in late.items() if count} == {}


def test_every_record_has_its_offer_acceptance_roll_and_confirmation_in_the_chain(demo):
    deeds = defaultdict(set)
    for action, code, data in Entry.objects.values_list("action", "subject_code", "data"):
        deeds[action].add(code)
        if action == "records.confirmed":
            deeds["confirmed record"].update(data["records"])
    records = list(ServiceRecord.objects.select_related("booking", "booking__offer", "shift"))
    assert len(records) > 80
    for one in records:
        offer = one.booking.offer
        assert offer.code in deeds["offer.sent"]
        assert offer.code in deeds["offer.answered"]
        assert one.booking.code in deeds["booking.taken"]
        assert one.shift.code in deeds["shift.rolled"]
        assert (one.code in deeds["confirmed record"]) == (one.state == "confirmed")
    assert list(audit.broken_links()) == []
    assert list(points.broken_links()) == []


def test_only_members_with_a_login_answer_for_themselves(demo):
    answered = Offer.objects.exclude(answered_at=None)
    own = {offer.member.name for offer in answered.filter(asked_how="").select_related("member")}
    assert own <= {"陈晨", "赵建国"}
    assert set(answered.exclude(asked_how="").values_list("asked_how", flat=True)) <= {"in_person", "phone", "paper", "chain"}
    assert not answered.exclude(asked_how="").filter(on_behalf_by=None).exists()


def test_a_whole_month_but_the_latest_is_closed_and_signed(db, tmp_path):
    make(tmp_path / "inputs", months=2)
    assert set(Bulletin.objects.values_list("month", "state")) == {("2026-09", "delivered")}
    assert list(MonthClose.objects.values_list("month", flat=True)) == ["2026-09"]
    assert min(ServiceRecord.objects.values_list("date", flat=True)) >= date(2026, 9, 24)
    assert ServiceRecord.objects.filter(month="2026-10", state="confirmed").exists()
    assert list(audit.broken_links()) == []
    assert list(points.broken_links()) == []


def _town():
    communities = [SimpleNamespace(path=f"c{n}/", short_name=str(n), pk=n) for n in range(3)]
    return SimpleNamespace(
        communities=communities,
        estates={c.path: ["estate"] for c in communities},
        units=[SimpleNamespace(party_org_name=f"u{n}") for n in range(12)],
        party_orgs=[SimpleNamespace(org_id=c.pk) for c in communities],
    )


def test_nothing_follows_from_a_name(monkeypatch):
    """Give everybody another name: the rest of the ledger stays as it was."""

    def rest(turned: bool):
        many = names.many
        if turned:
            monkeypatch.setattr(people.names, "many", lambda rng, count: list(reversed(many(rng, count))))
        rows = people.rows(random.Random(7), _town(), TODAY, SMALL)
        monkeypatch.setattr(people.names, "many", many)
        return [r.name for r in rows], [{k: v for k, v in _fields(r).items() if k != "name"} for r in rows]

    one, one_rest = rest(False)
    two, two_rest = rest(True)
    assert one != two
    assert [{k: str(v) for k, v in r.items()} for r in one_rest] == [{k: str(v) for k, v in r.items()} for r in two_rest]


def _fields(row):
    return {name: getattr(row, name) for name in row.__slots__ if name not in ("unit", "community", "party_org")}


def test_the_generator_has_no_variable_of_custom_or_ethnicity():
    words = ("ethnic", "minority", "minzu", "nation", "uyghur", "han_", "custom", "religio")
    found = []
    for path in Path(people.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            name = getattr(node, "id", "") or getattr(node, "arg", "") or getattr(node, "attr", "") or getattr(node, "name", "")
            if isinstance(name, str) and any(word in name.lower() for word in words):
                found.append((path.name, name))
    assert found == []


def test_names_of_several_customs():
    drawn = names.many(random.Random(1), 2600)
    assert any("·" in name for name in drawn)
    assert any(len(name) > 12 for name in drawn)
    assert any(len(name) == 2 for name in drawn)
    assert any("·" not in name and len(name) > 3 for name in drawn)
    assert len(set(drawn)) < len(drawn)  # homonyms
