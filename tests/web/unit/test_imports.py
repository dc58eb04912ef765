"""A liaison brings his changed list: his unit's people alone, nothing in their name, and their community is told."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baodao.domain.members.models import Employment, Enrolment, ImportBatch, Member
from baodao.domain.notices.models import Notice
from tests.cast import PROGRAM, member
from tests.domain.members.sheets import HEAD, book, person

pytestmark = pytest.mark.django_db
LIST = "/unit/imports/"


def upload(send, rows, head=HEAD):
    send(LIST, {"file": SimpleUploadedFile("名单.xlsx", book(rows, head))})
    batch = ImportBatch.objects.order_by("-pk").first()
    return batch, f"{LIST}{batch.code}/"


def phone_of(person_, digits):
    from baodao.domain.members import services

    services.set_phone(actor=PROGRAM, member=person_, phone=digits)


def told():
    return sorted(Notice.objects.values_list("key", "path"))


def test_from_upload_to_undo_for_the_own_unit(enter, cast, send):
    client = enter("liaison")
    rows = [person("王强", "13800010001", unit="别的单位"), person("陈晨", "13800010002", community="健康社区")]
    batch, url = upload(send, rows)
    assert (batch.scope, batch.town) == (cast.unit.path, cast.town.path)
    changes = client.get(f"{url}changes/")
    assert [(one["name"], one["unit"], one["community"]) for one in changes.context["added"]] == [("王强", "县水利局", "幸福社区")]
    assert [(one["name"], [c["label"] for c in one["changes"]]) for one in changes.context["updated"]] == [
        ("陈晨", ["联系电话"])]  # where she reports is the community's to change
    assert "报到社区和台账不一样，没有改" in client.get(f"{url}check/").text
    assert send(f"{url}changes/").url == f"{url}done/"
    strong = Member.objects.get(name="王强")
    assert strong.enrolments.get().state == "issued"
    assert Enrolment.objects.get(member=cast.chen, until=None).community == cast.xingfu
    assert told() == [("list.changed", cast.xingfu.path)]
    assert Notice.objects.get().data == {"unit": "县水利局", "added": 1, "updated": 1}
    assert send(f"{url}undo/").url == LIST
    assert not Member.objects.filter(name="王强").exists()
    assert told() == [("list.changed", cast.xingfu.path), ("list.undone", cast.xingfu.path)]


def test_what_the_member_says_is_not_the_units_to_say(enter, cast, send):
    client = enter("liaison")
    _batch, url = upload(send, [person("王强", "13800010001", skills="电工", when="周末", wishes="治安巡逻", note="好同志",
                                      reported="2026-03-05")])
    check = client.get(f"{url}check/")
    assert check.context["kept_out"] == ["特长", "可服务时间", "服务意向", "报到时间", "备注"]
    assert "由党员本人说、社区记，没有读" in check.text
    assert "由本人说，不读" in client.get(f"{url}heads/").text
    send(f"{url}check/", {"e-0-skills": "电工", "version": ImportBatch.objects.get().version})  # a forged cell changes nothing
    send(f"{url}heads/", {"h-0:0": "skills", "version": ImportBatch.objects.get().version})
    send(f"{url}changes/")
    made = Member.objects.get(name="王强")
    assert (made.wishes, made.slots, made.time_note, made.note, made.skills.count()) == ([], [], "", "", 0)
    assert made.enrolments.get().reported_on is None


def test_people_of_elsewhere_stay_and_their_community_is_asked(enter, cast, send):
    client = enter("liaison")
    phone_of(cast.zhou, "13800010009")
    _batch, url = upload(send, [person("周平", "13800010009"), person("别人", "13800010009")])
    changes = client.get(f"{url}changes/")
    assert changes.context["counts"] == {"rows": 2, "added": 0, "updated": 0, "unchanged": 0, "skipped": 1, "rejected": 1}
    check = client.get(f"{url}check/")
    assert "周平（" not in check.text and "尾号" not in check.text  # whose number it is stays untold
    assert send(f"{url}changes/", {"partial": "1"}).status_code == 303
    assert Employment.objects.get(member=cast.zhou, until=None).unit == cast.unit2
    assert told() == [("list.joins", cast.jiankang.path)]
    page = enter("clerk2").get("/desk/notices/").text
    assert "县水利局说这位党员调来了" in page and "周平" in page
    assert "调来了" not in enter("clerk").get("/desk/notices/").text


def test_a_forged_answer_reaches_nobody_else(enter, cast, send):
    enter("liaison")
    _batch, url = upload(send, [person("王强", "13800010001")])
    version = ImportBatch.objects.get().version
    send(f"{url}check/", {"choice": f"0|same:{cast.zhou.code}", "version": version})
    send(f"{url}changes/")
    cast.zhou.refresh_from_db()
    assert cast.zhou.name == "周平" and Member.objects.filter(name="王强").count() == 1


def test_who_left_is_ticked_and_the_community_is_told(enter, cast, send):
    client = enter("liaison")
    gone = member("王五", cast.xingfu, cast.unit)
    _batch, url = upload(send, [person("陈晨", "13800010002")])
    assert [one["code"] for one in client.get(f"{url}changes/").context["missing"]] == [gone.code]
    assert send(f"{url}changes/", {"gone": [gone.code, cast.zhou.code]}).status_code == 303
    assert told() == [("list.changed", cast.xingfu.path), ("list.left", cast.xingfu.path)]
    assert Employment.objects.filter(member=gone, until=None).exists()
    clerk = enter("clerk")
    page = clerk.get("/desk/notices/")
    assert [(row.key, getattr(row.about, "name", "")) for row in page.context["messages_here"]] == [
        ("list.changed", ""), ("list.left", "王五")]
    assert "给社区的消息" in clerk.get("/desk/").text
    codes = [row.code for row in page.context["messages_here"]]
    send("/desk/notices/seen/", {"pick": codes})
    assert clerk.get("/desk/notices/").context["messages_here"] == []
    assert Notice.objects.filter(told_by=cast.accounts["clerk"].pk).count() == 2


def test_next_doors_desk_cannot_tick_it(enter, cast, send):
    enter("liaison")
    _batch, url = upload(send, [person("王强", "13800010001")])
    send(f"{url}changes/")
    enter("clerk2")
    assert send("/desk/notices/seen/", {"pick": Notice.objects.get().code}).status_code == 404
    assert Notice.objects.get().read_at is None


def test_a_list_of_another_unit_is_not_his(enter, cast, send):
    from baodao.domain.members import services

    other = services.start_import(actor=PROGRAM, data=book([person("王强", "13800010001")]), filename="a.xlsx",
                                  scope=cast.unit2.path, town=cast.town.path, unit=cast.unit2.path)
    client = enter("liaison")
    assert client.get(f"{LIST}{other.code}/check/").status_code == 404
    assert client.get(f"{LIST}blank/").status_code == 200


def test_many_rows_take_as_many_queries_as_three(enter, cast, send):
    client = enter("liaison")

    def queries(count):
        rows = [person(f"王{chr(0x4e00 + n)}", f"138000200{n:02d}") for n in range(count)]
        _batch, url = upload(send, rows)
        with CaptureQueriesContext(connection) as held:
            client.get(f"{url}changes/")
        return len(held)

    assert queries(3) == queries(30)
