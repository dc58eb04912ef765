"""Registering: what is stored, what is refused, and the slip."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from baodao.base.actor import PUBLIC
from baodao.base.days import clock
from baodao.base.days.clock import ZONE
from baodao.base.verdict import Refused
from baodao.domain.accounts.models import Failure
from baodao.domain.audit.models import Entry
from baodao.domain.needs import numbers, services
from baodao.domain.needs.models import Need, NeedContact, NeedEvent, Slip
from tests.cast import PROGRAM
from tests.domain.needs.asked import asked, new

pytestmark = pytest.mark.django_db


def test_a_resident_raises_a_need_without_login(cast):
    made = asked(cast, place_name="幸福小区宣传栏")
    need = Need.objects.get()
    assert (need.state, need.tier, need.source, need.registered_by) == ("registered", "important", "qr", None)
    assert (need.town, need.community_path) == ("SX/SZ/", "SX/SZ/SZ01/")
    assert need.due_at == datetime(2026, 11, 27, 12, 0, tzinfo=ZONE)  # 24 working hours of 8 a day
    assert numbers.read_number(need.number) == need.number
    assert numbers.is_secret(need.secret_hash, made.secret)
    assert list(need.events.values_list("kind", flat=True)) == ["registered"]
    assert list(Entry.objects.filter(action="need.registered").values_list("subject_code", "data")) == [
        (need.code, {"source": "qr", "category": "facility", "tier": "important"})
    ]


def test_contact_is_sealed_and_shows_nowhere_in_clear(cast):
    asked(cast, contact_name="王阿姨", contact_phone="13800000001", place_detail="3栋502", language_wish="ug")
    contact = NeedContact.objects.get()
    held = bytes(contact.phone) + bytes(contact.name) + bytes(contact.place_detail) + bytes(contact.wrapped_key)
    assert b"13800000001" not in held and "王阿姨".encode() not in held and b"502" not in held
    assert [f.name for f in NeedContact._meta.get_fields() if getattr(f, "db_index", False) and f.name != "need"] == []


def test_without_contact_there_is_no_contact_row(cast):
    asked(cast)
    assert NeedContact.objects.count() == 0


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("三号楼着火了", "emergency", "119"),
        ("老人晕倒了叫不醒", "emergency", "120"),
        ("有人正在打人", "emergency", "110"),
        ("举报我邻居天天赌博", "about_person", "别人"),
        ("我的身份证号是11010519491231002X，帮我办", "id_number", "身份证号"),
        ("", "text", "写一写"),
        ("长" * 301, "too_long", "300"),
    ],
)
def test_what_is_not_taken_is_stored_nowhere(cast, text, code, said):
    with pytest.raises(Refused) as caught:
        asked(cast, text=text)
    assert caught.value.code == code
    assert said in caught.value.reason
    assert (Need.objects.count(), NeedEvent.objects.count(), Slip.objects.count(), Entry.objects.count()) == (
        0, 0, 0, Entry.objects.exclude(action__startswith="need").count(),
    )  # fmt: skip


def test_staff_may_say_weight_and_urgency_at_once(cast):
    need = services.register(
        actor=cast.actor("clerk"), need=new(cast, source="counter", weight="heavy", urgency="urgent")
    ).need
    assert (need.state, need.tier, need.due_at) == ("accepted", "urgent", datetime(2026, 11, 25, 12, 0, tzinfo=ZONE))


def test_the_public_cannot_say_how_urgent_it_is(cast):
    need = asked(cast, weight="heavy", urgency="urgent").need
    assert (need.state, need.tier, need.weight) == ("registered", "important", "")


def test_the_clerk_next_door_may_not_register_here(cast):
    with pytest.raises(Refused):
        services.register(actor=cast.actor("clerk2"), need=new(cast, source="counter"))
    assert Need.objects.count() == 0


def test_a_grid_worker_registers_at_the_door(cast):
    need = services.register(actor=cast.actor("grid"), need=new(cast, source="door", estate=cast.estate)).need
    assert need.registered_by == cast.accounts["grid"].pk


def test_a_past_wish_is_refused(cast):
    with pytest.raises(Refused) as caught:
        asked(cast, wished_on=date(2026, 11, 1))
    assert caught.value.code == "wished_on"


def test_many_needs_take_as_many_queries_as_three(cast, django_assert_max_num_queries):
    rows = [new(cast, text=f"楼道灯坏了第{n}盏", contact_phone="13800000001") for n in range(30)]
    with django_assert_max_num_queries(16):
        services.register_many(actor=PROGRAM, needs=rows)
    assert Need.objects.values("number").distinct().count() == 30


def test_the_slip_opens_for_thirty_minutes_and_its_token_is_not_stored(cast):
    made = asked(cast)
    shown = services.open_slip(made.token)
    assert shown is not None
    assert (shown.number, shown.secret) == (made.need.number, made.secret)
    slip = Slip.objects.get()
    assert made.token not in slip.token_hash and made.secret.encode() not in bytes(slip.sealed)
    with clock.freeze(datetime(2026, 11, 24, 12, 30)):
        assert services.open_slip(made.token) is None
    assert services.open_slip("something-else") is None


def test_a_new_slip_kills_the_old_secret(cast):
    made = asked(cast, contact_phone="13800000001")
    again = services.reissue_slip(actor=cast.actor("clerk"), need=made.need)
    need = Need.objects.get()
    assert numbers.is_secret(need.secret_hash, again.secret)
    assert not numbers.is_secret(need.secret_hash, made.secret)
    assert services.open_slip(made.token) is None
    with pytest.raises(Refused):
        services.reissue_slip(actor=cast.actor("clerk2"), need=made.need)
    with pytest.raises(Refused):  # nobody can be called back
        services.reissue_slip(actor=cast.actor("clerk"), need=asked(cast).need)


def test_raising_is_counted_by_prefix(cast):
    services.register(actor=PUBLIC, need=new(cast), prefix="abc")
    assert list(Failure.objects.values_list("kind", "prefix")) == [("raised", "abc")]


def test_old_registration_times_stay(cast):
    moment = clock.now() - timedelta(days=20)
    (need,) = services.register_many(actor=PROGRAM, needs=[new(cast, source="import", registered_at=moment)])
    assert need.registered_at == moment
    assert need.due_at > moment
