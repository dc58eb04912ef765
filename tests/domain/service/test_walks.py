"""Random walks: whatever is booked, taken, freed, cancelled in whatever order, the counters tell the truth."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.db.models import Count, F, Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baodao.base.verdict import Refused
from baodao.domain.posts import states as posts
from baodao.domain.service import services, states
from baodao.domain.service.models import Booking, Shift
from tests import scene
from tests.cast import PROGRAM

pytestmark = pytest.mark.django_db

TABLES = [
    (posts.PostState, posts.POST_TRANSITIONS),
    (posts.ClaimState, posts.CLAIM_TRANSITIONS),
    (posts.CommitmentState, posts.COMMITMENT_TRANSITIONS),
    (posts.FixingState, posts.FIXING_TRANSITIONS),
    (states.ShiftState, states.SHIFT_TRANSITIONS),
    (states.BookingState, states.BOOKING_TRANSITIONS),
    (states.RecordState, states.RECORD_TRANSITIONS),
]


@pytest.mark.parametrize(("kind", "table"), TABLES, ids=lambda one: getattr(one, "__name__", ""))
def test_every_state_stands_in_its_table_and_is_reached(kind, table):
    assert set(table) == set(kind)
    reached, edge = {next(iter(kind))}, [next(iter(kind))]
    while edge:
        for to in table[edge.pop()]:
            if to not in reached:
                reached.add(to)
                edge.append(to)
    assert reached == set(kind)


STEPS = st.lists(
    st.tuples(st.sampled_from(["book", "hold", "take", "free", "cancel", "restore", "open"]), st.integers(0, 3),
              st.integers(0, 1)),
    min_size=4, max_size=16,
)  # fmt: skip


def step(what: str, person: object, shift: Shift) -> None:
    """One deed of the walk; a refusal is an answer, too."""
    live = Booking.objects.filter(shift=shift, member=person).exclude(state="freed").select_related("shift", "member")
    try:
        if what == "book":
            services.book(actor=PROGRAM, shift=shift, member=person)
        elif what == "hold":
            services.book(actor=PROGRAM, shift=shift, member=person, source="offer", held=True)
        elif what == "take":
            services.take_many(actor=PROGRAM, bookings=list(live))
        elif what == "free":
            services.free_many(actor=PROGRAM, bookings=list(live))
        elif what == "cancel":
            services.cancel_shift(actor=PROGRAM, shift=shift, words="暴雪")
        elif what == "restore":
            services.restore_shift(actor=PROGRAM, shift=shift)
        else:
            services.open_shifts_many(actor=PROGRAM, shifts=[shift])
    except Refused:
        pass


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_the_counter_is_the_number_of_live_places(cast, steps):
    with transaction.atomic():
        post = scene.post(cast, desired_people=2, max_people=2)
        shifts = [scene.shift(post), scene.shift(post, scene.AT.replace(hour=10))]
        people = scene.people(cast, 4)
        for what, who, where in steps:
            shift = Shift.objects.select_related("post", "batch").get(pk=shifts[where].pk)
            step(what, people[who], shift)
            live = Count("bookings", filter=~Q(bookings__state="freed"))
            assert list(Shift.objects.annotate(live=live).exclude(taken=F("live"))) == []
            assert list(Shift.objects.filter(taken__gt=F("max_people"))) == []
            twice = Booking.objects.filter(state="taken").values("member", "date").annotate(n=Count("id")).filter(n__gt=1)
            assert list(twice) == []
        transaction.set_rollback(True)
