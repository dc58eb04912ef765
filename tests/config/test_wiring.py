"""What rings when: a deed of one area and what another area does about it, in the same transaction."""

from __future__ import annotations

import pytest

from baodao.domain.matching import services as matching
from baodao.domain.matching.models import Offer
from baodao.domain.service import services
from baodao.domain.service.models import Booking
from tests import scene
from tests.cast import PROGRAM

pytestmark = pytest.mark.django_db


def test_a_cancelled_shift_takes_its_open_offers_along(cast):
    post = scene.post(cast)
    gone, kept = scene.shift(post), scene.shift(post, scene.AT.replace(hour=10))
    asked, other = scene.people(cast, 2)
    matching.offer_place(actor=PROGRAM, shift=gone, member=asked)
    matching.offer_place(actor=PROGRAM, shift=kept, member=other)
    services.cancel_shift(actor=cast.actor("clerk"), shift=gone, words="暴雪")
    assert dict(Offer.objects.values_list("shift_id", "state")) == {gone.pk: "withdrawn", kept.pk: "sent"}
    assert dict(Booking.objects.values_list("shift_id", "state")) == {gone.pk: "freed", kept.pk: "held"}
