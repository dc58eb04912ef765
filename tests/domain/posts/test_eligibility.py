"""The pure rules: each fails alone, in its order, with a sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from baodao.domain.posts.eligibility import (
    OWN_WORD,
    TO_CLERK,
    TO_MEMBER,
    Candidate,
    ReasonCode,
    Slot,
    against,
    bars_taking,
    seat_of,
    sentence,
    why_all,
    why_not,
)

HOME, NEXT = "SX/SZ/SZ01/", "SX/SZ/SZ02/"
DAY = date(2026, 12, 5)
WHO = Candidate(community=HOME, slots=frozenset({"saturday_evening"}), wishes=frozenset({"patrol"}))
WHERE = Slot(community=HOME, kind="patrol", day=DAY, slot="saturday_evening", min_people=2, max_people=4)

FAILING = [
    (replace(WHO, active=False), WHERE, ReasonCode.LEFT),
    (replace(WHO, active=False, paused=True), WHERE, ReasonCode.PAUSED),
    (WHO, replace(WHERE, community=NEXT), ReasonCode.COMMUNITY),
    (WHO, replace(WHERE, kind="legal"), ReasonCode.KIND),
    (WHO, replace(WHERE, skill="law"), ReasonCode.SKILL),
    (replace(WHO, skills={"law": "can"}), replace(WHERE, skill="law", certificate="律师证"), ReasonCode.CERTIFICATE),
    (WHO, replace(WHERE, language="ug"), ReasonCode.LANGUAGE),
    (WHO, replace(WHERE, slot="sunday_evening"), ReasonCode.TIME),
    (WHO, replace(WHERE, role_skill="electric", role_count=4), ReasonCode.SKILL),
    (replace(WHO, blocked=((DAY, DAY),)), WHERE, ReasonCode.BLOCKED),
    (replace(WHO, taken_days=frozenset({DAY})), WHERE, ReasonCode.DAY_TAKEN),
    (replace(WHO, taken_in_month={"2026-12": 2}), WHERE, ReasonCode.MONTH_FULL),
    (replace(WHO, takes_offers=False), WHERE, ReasonCode.NO_OFFERS),
    (WHO, replace(WHERE, taken=4), ReasonCode.FULL),
    (WHO, replace(WHERE, taken=3, role_skill="electric", role_count=1), ReasonCode.FULL),
]


def test_a_fitting_pair_fails_nothing():
    assert why_all(WHO, WHERE, offering=True, places=True) == []


@pytest.mark.parametrize(("who", "where", "code"), FAILING)
def test_each_rule_fails_alone(who, where, code):
    assert why_all(who, where, offering=True, places=True) == [code]
    assert why_not(who, where, offering=True, places=True) == code


def test_a_rule_that_forbids_is_told_before_the_members_own_word():
    assert against(WHO, replace(WHERE, kind="legal")) == ReasonCode.KIND
    assert against(WHO, replace(WHERE, kind="legal", skill="law")) == ReasonCode.SKILL
    assert against(WHO, replace(WHERE, kind="legal", taken=4)) == ReasonCode.FULL
    assert against(WHO, WHERE) is None


def test_the_first_rule_is_named_first():
    assert why_all(replace(WHO, taken_days=frozenset({DAY})), replace(WHERE, community=NEXT, kind="legal")) == [
        ReasonCode.COMMUNITY, ReasonCode.KIND, ReasonCode.DAY_TAKEN,
    ]  # fmt: skip


@pytest.mark.parametrize("who", [replace(WHO, far_ok=True), replace(WHO, paired=frozenset({NEXT}))])
def test_pairing_and_agreement_open_another_community(who):
    assert why_not(who, replace(WHERE, community=NEXT)) is None


def test_who_said_no_time_is_asked_after_work_only():
    silent = replace(WHO, slots=frozenset())
    assert why_not(silent, WHERE) is None
    assert why_not(silent, replace(WHERE, slot="workday_morning")) == ReasonCode.TIME


def test_who_chose_no_kind_is_open_to_all():
    assert why_not(replace(WHO, wishes=frozenset()), replace(WHERE, kind="legal")) is None


def test_kept_seats_go_to_their_holders():
    where = replace(WHERE, taken=3, role_skill="electric", role_count=1, certificate="电工证")
    holder = replace(WHO, skills={"electric": "certified"})
    assert (seat_of(holder, where), seat_of(WHO, where)) == ("electric", "")
    assert (why_not(holder, where, places=True), why_not(WHO, where, places=True)) == (None, ReasonCode.FULL)
    assert seat_of(replace(WHO, skills={"electric": "can"}), where) == ""
    assert seat_of(holder, replace(where, role_taken=1)) == ""


@pytest.mark.parametrize(("who", "where", "code"), FAILING)
def test_his_own_word_does_not_bar_him(who, where, code):
    expected = None if code in OWN_WORD or code == ReasonCode.FULL else code
    assert bars_taking(who, where) == expected


def test_every_rule_has_its_sentences():
    assert set(TO_MEMBER) == set(TO_CLERK) == set(ReasonCode)
    assert sentence("day_taken") == "那天已经有一个班"
    assert sentence(ReasonCode.DAY_TAKEN, to_member=True) == "那天你已经有一个班。"
