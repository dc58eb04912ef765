"""People on the ledger: adding, amending, who sees whom."""

from __future__ import annotations

from datetime import date

import pytest

from baodao.base.verdict import Absent, Refused, Stale
from baodao.domain.members import selectors, services
from baodao.domain.members.models import Member, MemberChange, MemberContact
from baodao.domain.members.rows import NewMember
from tests.cast import PROGRAM

PHONE = "13800010001"


def row(cast, **more):
    return NewMember(**{"name": "王强", "phone": PHONE, "unit": cast.unit, "community": cast.xingfu, **more})


def test_a_person_is_added_with_everything_that_finds_them(cast):
    made = services.add_member(
        actor=cast.actor("clerk"),
        row=row(cast, name="王  强", skills=[("electric", "certified")], skill_words=["变魔术"], languages=["ug"],
                slots=["saturday_morning"], wishes=["patrol"], reported_on=date(2026, 3, 1)),
    )
    assert (made.name, made.name_initials, made.name_pinyin, made.kind, made.state) == (
        "王强", "wq", "wang qiang", "in_service", "active")
    assert made.sort_surname < selectors.visible(PROGRAM).get(name="陈晨").sort_surname
    assert [(s.skill, s.level, s.words) for s in made.skills.order_by("pk")] == [
        ("electric", "certified", ""), ("", "can", "变魔术")]
    assert selectors.languages_of(made) == ["ug"]
    enrolment = selectors.enrolment_of(made)
    assert (enrolment.community, enrolment.state, enrolment.reported_on) == (cast.xingfu, "reported", date(2026, 3, 1))
    assert selectors.unit_of(made) == cast.unit
    assert selectors.contact_masked(made) == "138****0001"
    assert list(selectors.by_phone(cast.actor("clerk"), "138 0001 0001")) == [made]
    assert [c.field for c in MemberChange.objects.filter(member=made)] == ["added"]


def test_the_number_stands_nowhere_in_clear(cast):
    made = services.add_member(actor=cast.actor("clerk"), row=row(cast))
    contact = MemberContact.objects.get(member=made)
    assert PHONE.encode() not in bytes(contact.phone) + contact.phone_index.encode() + contact.tail_index.encode()
    assert len(contact.phone_index) == 32 and len(contact.tail_index) == 32


@pytest.mark.parametrize(
    ("more", "code"),
    [({"name": "甲" * 101}, "too_long"), ({"phone": "1380001"}, "phone"), ({"phone": "1.38E+10"}, "lost_digits"),
     ({"unit": None}, "missing"), ({"skills": [("flying", "can")]}, "refused"), ({"wishes": ["x"]}, "refused"),
     ({"name": "  "}, "refused"), ({"note": "长" * 121}, "refused")],
)
def test_a_bad_row_is_refused_and_nothing_is_written(cast, more, code):
    before = Member.objects.count()
    with pytest.raises(Refused) as refused:
        services.add_member(actor=cast.actor("clerk"), row=row(cast, **more))
    assert refused.value.code == code
    assert Member.objects.count() == before


def test_the_same_person_is_not_added_twice(cast):
    services.add_member(actor=cast.actor("clerk"), row=row(cast))
    with pytest.raises(Refused) as refused:
        services.add_member(actor=cast.actor("clerk"), row=row(cast))
    assert refused.value.code == "duplicate"
    services.add_member(actor=cast.actor("clerk"), row=row(cast, phone="13800010002"))
    assert Member.objects.filter(name="王强").count() == 2


@pytest.mark.parametrize("login", ["clerk2", "grid", "member", "county", "sysadmin", "secadmin", "auditor", "townlead"])
def test_who_may_not_add(cast, login):
    before = Member.objects.count()
    with pytest.raises(Refused):
        services.add_member(actor=cast.actor(login), row=row(cast))
    assert Member.objects.count() == before


def test_who_sees_whom(cast):
    seen = {login: [m.name for m in selectors.visible(cast.actor(login)).order_by("pk")] for login in cast.accounts}
    assert seen == {
        "clerk": ["陈晨"], "secretary": ["陈晨"], "grid": ["陈晨"], "liaison": ["陈晨"], "member": ["陈晨"],
        "clerk2": ["周平"], "member2": ["周平"],
        "town": [], "townlead": [], "county": [], "sysadmin": [], "secadmin": [], "auditor": [],
    }
    with pytest.raises(Absent):
        selectors.get_for(cast.actor("clerk2"), cast.chen.code)


def test_amending_leaves_history_and_a_stale_version_is_refused_with_both_texts(cast):
    clerk = cast.actor("clerk")
    services.change_member(actor=clerk, member=cast.chen, version=1, changes={"job_title": "科员", "team_name": "水电队"})
    assert [(c.field, c.old, c.new) for c in cast.chen.changes.order_by("pk")] == [
        ("job_title", "", "科员"), ("team_name", "", "水电队")]
    again = selectors.get_for(clerk, cast.chen.code)
    with pytest.raises(Stale) as stale:
        services.change_member(actor=clerk, member=again, version=1, changes={"job_title": "科长"})
    assert [(d.label, d.mine, d.theirs) for d in stale.value.differences] == [("职务", "科长", "科员")]
    assert Member.objects.get(pk=cast.chen.pk).job_title == "科员"


def test_a_renamed_member_is_found_by_the_new_name(cast):
    services.change_member(actor=cast.actor("clerk"), member=cast.chen, version=1, changes={"name": "单晨"})
    fresh = Member.objects.get(pk=cast.chen.pk)
    assert (fresh.name, fresh.name_initials) == ("单晨", "sc")


def test_a_neighbour_may_not_amend(cast):
    with pytest.raises(Refused):
        services.change_member(actor=cast.actor("clerk2"), member=cast.chen, version=1, changes={"job_title": "x"})
    assert Member.objects.get(pk=cast.chen.pk).job_title == ""


def test_a_look_at_a_number_is_written_down_and_the_member_can_see_it(cast):
    from baodao.domain.audit import selectors as audit

    made = services.add_member(actor=cast.actor("clerk"), row=row(cast))
    assert services.show_phone(actor=cast.actor("clerk"), member=made, reason="约明天的班") == "138 0001 0001"
    assert [(x.role, x.field, x.reason) for x in audit.looks_at("member", made.code)] == [
        ("clerk", "phone", "约明天的班")]
    for login in ("clerk2", "grid", "town", "county", "sysadmin"):
        with pytest.raises(Refused):
            services.show_phone(actor=cast.actor(login), member=made, reason="想看看")
    with pytest.raises(Refused):
        services.show_phone(actor=cast.actor("clerk"), member=made, reason=" ")
    assert audit.looks_at("member", made.code).count() == 1


def test_another_number_leaves_the_fields_name_only(cast):
    made = services.add_member(actor=cast.actor("clerk"), row=row(cast))
    services.set_phone(actor=cast.actor("clerk"), member=made, phone="0997-1234567")
    fresh = Member.objects.get(pk=made.pk)
    assert selectors.contact_masked(fresh) == "0997-***4567"
    assert [(c.field, c.old, c.new) for c in fresh.changes.order_by("pk")][1:] == [("phone", "", "")]
    services.set_phone(actor=cast.actor("clerk"), member=fresh, phone="")
    assert selectors.contact_masked(Member.objects.get(pk=made.pk)) == ""


def test_counts_are_apart_by_kind_and_reported(cast):
    services.add_member(actor=cast.actor("clerk"), row=row(cast, enrolment_state="issued"))
    services.add_member(actor=cast.actor("clerk"), row=row(cast, name="李芳", kind="community", unit=None, phone=""))
    assert selectors.serving_counts(cast.town.path) == {cast.xingfu.path: 3, cast.jiankang.path: 1}
    assert selectors.serving_counts(cast.town.path, "community") == {cast.xingfu.path: 1}
    assert selectors.unit_counts(cast.town.path) == {cast.unit.path: (2, 1), cast.unit2.path: (1, 1)}


def test_serving_asks_a_constant_number_of_queries(cast, django_assert_num_queries):
    def read():
        return [
            (m.name, selectors.unit_of(m), selectors.community_of(m).name, [s.skill for s in m.skills.all()],
             list(m.blocked_days.all()))
            for m in selectors.serving(cast.xingfu.path)
        ]

    with django_assert_num_queries(5):
        assert [r[0] for r in read()] == ["陈晨"]
    services.add_members_many(actor=PROGRAM, rows=[row(cast), row(cast, name="李强", phone="13800010002")])
    with django_assert_num_queries(5):
        assert sorted(r[0] for r in read()) == ["李强", "王强", "陈晨"]


def test_the_form_of_the_name_is_the_members_choice(cast):
    assert selectors.shown_name(cast.chen) == ""
    services.set_name_form(actor=cast.actor("member"), member=cast.chen, name_form="surname")
    assert selectors.shown_name(cast.chen) == "陈师傅"
    services.set_name_form(actor=cast.actor("clerk"), member=cast.chen, name_form="full")
    assert selectors.shown_name(cast.chen) == "陈晨"
    with pytest.raises(Refused):
        services.set_name_form(actor=cast.actor("liaison"), member=cast.chen, name_form="post")


def test_the_unit_marks_duty_and_may_not_speak_for_the_member(cast):
    liaison = cast.actor("liaison")
    block = services.block_days(actor=liaison, member=cast.chen, first=date(2026, 12, 1), last=date(2026, 12, 3), by_unit=True)
    assert block.by_unit
    with pytest.raises(Refused):
        services.block_days(actor=liaison, member=cast.chen, first=date(2026, 12, 1), last=date(2026, 12, 3))
    with pytest.raises(Refused):
        services.unblock(actor=cast.actor("member"), member=cast.chen, block=block.pk)
    with pytest.raises(Refused):
        services.set_skills(actor=liaison, member=cast.chen, skills=[("law", "can")])
    services.unblock(actor=liaison, member=cast.chen, block=block.pk)
    assert cast.chen.blocked_days.count() == 0


def test_what_a_member_offers(cast):
    me = cast.actor("member")
    services.set_availability(actor=me, member=cast.chen, slots=["sunday_evening", "workday_evening"], max_per_month=3,
                              target_per_year=12, takes_offers=False, far_ok=True)
    services.set_skills(actor=me, member=cast.chen, skills=[("law", "certified")], words=["口技"])
    services.set_wishes(actor=me, member=cast.chen, wishes=["legal"])
    services.set_languages(actor=me, member=cast.chen, languages=["ug", "zh"])
    fresh = Member.objects.get(pk=cast.chen.pk)
    assert (fresh.slots, fresh.max_per_month, fresh.target_per_year, fresh.takes_offers, fresh.far_ok, fresh.wishes) == (
        ["workday_evening", "sunday_evening"], 3, 12, False, True, ["legal"])
    assert [c.field for c in fresh.changes.order_by("pk")] == [
        "slots", "max_per_month", "target_per_year", "takes_offers", "far_ok", "skills", "wishes", "languages"]
    assert not fresh.changes.filter(field="languages").exclude(old="", new="").exists()
    with pytest.raises(Refused):
        services.set_wishes(actor=cast.actor("member2"), member=cast.chen, wishes=[])
