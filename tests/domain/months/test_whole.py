"""A small month by the same deeds as the screens: post, shift, place, roll, confirmation, close, bulletin, late addition."""

from datetime import datetime

from baodao.base.days import clock
from baodao.domain.audit import selectors as audit
from baodao.domain.months import issuing, papers
from baodao.domain.months import services as months
from baodao.domain.months.models import Bulletin
from baodao.domain.points import selectors as points
from baodao.domain.points import services as point_services
from baodao.domain.service import services
from baodao.domain.service.models import ServiceRecord
from baodao.domain.service.rows import NewShift
from tests import served
from tests.cast import PROGRAM, member


def rolled(cast, post, day, people):
    """A shift held on a day: booked, taken, everybody there."""
    with clock.freeze(datetime(2026, 11, day, 9)):
        start = served.at(served.date(2026, 11, day), 20)
        (shift,) = services.make_shifts_many(
            actor=cast.actor("clerk"), rows=[NewShift(post=post, start_at=start, end_at=start.replace(hour=22))]
        )
        services.open_shifts_many(actor=cast.actor("clerk"), shifts=[shift])
        bookings = [services.book(actor=cast.actor("clerk"), shift=shift, member=one, source="desk", asked_how="phone") for one in people]
    with clock.freeze(datetime(2026, 11, day, 23)):
        return services.roll_call(
            actor=cast.actor("clerk"), shift=shift, marks={one.code: ("present", 90) for one in bookings}
        )


def test_from_a_place_to_the_bulletin(cast):
    point_services.set_rules(actor=PROGRAM, town=cast.town.path, preset="preset_1h1p_cap2h")
    people = [cast.chen, member("王强", cast.xingfu, cast.unit)]
    post = served.post(cast, cast.xingfu, "治安巡逻")
    first, second = rolled(cast, post, 7, people), rolled(cast, post, 14, people[:1])
    with clock.freeze(datetime(2026, 11, 30, 12)):
        services.confirm_records(actor=cast.actor("secretary"), records=first)
    with clock.freeze(datetime(2026, 12, 1, 12)):
        november = months.close_month(actor=cast.actor("town"), town=cast.town.path, month="2026-11")
    figures = november.figures
    assert (figures["times"], figures["people_in_service"], figures["minutes"], figures["shifts_done"]) == (2, 2, 180, 2)
    assert november.left_out == [second[0].code]
    assert points.balance(PROGRAM, cast.chen.pk, 2026) == 15

    with clock.freeze(datetime(2026, 12, 2, 12)):
        services.confirm_records(actor=cast.actor("secretary"), records=ServiceRecord.objects.filter(pk=second[0].pk))
        draft = Bulletin.objects.get()
        months.submit_bulletin(actor=cast.actor("town"), bulletin=draft)
        signed = months.sign_bulletin(actor=cast.actor("townlead"), bulletin=draft)
        issuing.issue(actor=cast.actor("townlead"), bulletin=signed)
        assert "服务2人次，共3.0小时。" in papers.content(signed)["sections"][0]["paragraphs"][1]

    with clock.freeze(datetime(2027, 1, 2, 12)):
        december = months.close_month(actor=cast.actor("town"), town=cast.town.path, month="2026-12")
    assert (december.figures["times"], december.figures["late"]) == (0, 1)
    assert points.balance(PROGRAM, cast.chen.pk, 2026) == 30
    late = Bulletin.objects.get(month="2026-12")
    assert "另有以前月份的服务本月才确认1次，单独计入本月。" in papers.content(late)["sections"][0]["paragraphs"]
    assert months.close_month(actor=PROGRAM, town=cast.town.path, month="2026-11").figures == figures
    assert list(points.broken_links()) == []
    assert list(audit.broken_links()) == []
