"""The needs register in the browser's requests: upload, heads, check, changes, done, undo; the ledgers' wizard, shared."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baodao.domain.members import services as batches
from baodao.domain.members.models import ImportBatch
from baodao.domain.needs import services as needs
from baodao.domain.needs.models import Need
from tests.domain.needs.test_importing import HEAD, book, row

pytestmark = pytest.mark.django_db
LIST = "/desk/needs/imports/"


def upload(send, *rows, head=HEAD, name="诉求.xlsx"):
    return send(LIST, {"file": SimpleUploadedFile(name, book(*rows, head=head))})


def texts():
    return sorted(Need.objects.values_list("text", flat=True))


def test_from_upload_to_undo(enter, cast, send):
    client = enter("clerk")
    answer = upload(send, [*row(), "某族"], [*row(内容=""), "某族"], [*row(联系方式="138000", 内容="想学手机挂号"), "某族"],
                    head=[*HEAD, "民族"])
    batch = ImportBatch.objects.get()
    url = f"{LIST}{batch.code}/"
    assert (answer.status_code, answer.url, batch.noun) == (303, f"{url}heads/", "needs")
    heads = client.get(f"{url}heads/").text
    assert "不保存，已去掉" in heads and "某族" not in heads and "13800000001" not in heads and "王阿姨" not in heads
    assert send(f"{url}heads/", {"h-0:7": "text", "version": batch.version}).url == f"{url}check/"
    check = client.get(f"{url}check/")
    assert "「民族」" in check.text and "某族" not in check.text
    assert check.context["counts"] == {"rows": 3, "added": 1, "updated": 0, "unchanged": 0, "skipped": 0, "rejected": 2}
    assert [line["row"] for line in check.context["lines"]] == [4, 5]
    version = ImportBatch.objects.get().version
    send(f"{url}check/", {"e-1-text": "水龙头滴水", "e-2-contact_phone": "13800000002", "version": version})
    assert client.get(f"{url}check/").context["counts"]["rejected"] == 0
    assert texts() == []
    changes = client.get(f"{url}changes/")
    assert [one["text"] for one in changes.context["added"]] == ["楼道灯坏了", "水龙头滴水", "想学手机挂号"]
    assert send(f"{url}changes/").url == f"{url}done/"
    assert texts() == sorted(["楼道灯坏了", "水龙头滴水", "想学手机挂号"])
    assert needs.reveal_for_asker(Need.objects.get(text="想学手机挂号")).phone == "13800000002"
    assert "登记 3 件" in client.get(f"{url}done/").text
    assert send(f"{url}undo/").url == LIST
    assert texts() == [] and "已撤销" in client.get(LIST).text


def test_good_rows_need_not_wait_and_a_row_can_be_left_out(enter, cast, send):
    client = enter("clerk")
    upload(send, row(), row(内容=""))
    url = f"{LIST}{ImportBatch.objects.get().code}/"
    refused = send(f"{url}changes/")
    assert refused.status_code == 422 and "还有 1 行要改" in refused.text and texts() == []
    send(f"{url}check/", {"choice": "1|skip", "version": ImportBatch.objects.get().version})
    assert client.get(f"{url}changes/").context["counts"] == {
        "rows": 2, "added": 1, "updated": 0, "unchanged": 0, "skipped": 1, "rejected": 0}
    send(f"{url}changes/", {"partial": "1"})
    assert texts() == ["楼道灯坏了"]


def test_a_wrong_heading_is_said_to_be_what_it_is(enter, cast, send):
    client = enter("clerk")
    upload(send, row(), head=[name if name != "小区" else "片区情况" for name in HEAD])
    url = f"{LIST}{ImportBatch.objects.get().code}/"
    assert "「片区情况」" in client.get(f"{url}check/").text
    send(f"{url}heads/", {"h-0:5": "estate", "version": ImportBatch.objects.get().version})
    send(f"{url}changes/")
    assert Need.objects.get().estate == cast.estate


@pytest.mark.parametrize(("words", "said"), [("三号楼着火了", "119"), ("举报我邻居天天赌博", "不收说别人")])
def test_what_is_not_taken_says_so(enter, cast, send, words, said):
    client = enter("clerk")
    upload(send, row(内容=words))
    url = f"{LIST}{ImportBatch.objects.get().code}/"
    page = client.get(f"{url}check/").text
    assert said in page
    if "邻居" in words:
        assert "邻居" not in page and "邻居" not in str(batches.rows_of(ImportBatch.objects.get()))
        send(f"{url}check/", {"e-0-text": "举报楼上的人偷电", "version": ImportBatch.objects.get().version})
        assert "偷电" not in str(batches.rows_of(ImportBatch.objects.get()))
    send(f"{url}changes/", {"partial": "1"})
    assert Need.objects.count() == 0


def test_again_changes_nothing_and_what_is_worked_on_stays(enter, cast, send):
    client = enter("clerk")
    upload(send, row(), row(登记时间="2026-11-21 09:00"))
    first = f"{LIST}{ImportBatch.objects.get().code}/"
    send(f"{first}changes/")
    upload(send, row(), row(登记时间="2026-11-21 09:00"))
    again = f"{LIST}{ImportBatch.objects.latest('pk').code}/"
    assert client.get(f"{again}check/").context["counts"]["unchanged"] == 2
    assert "没有要导的" in client.get(f"{again}changes/").text
    send(f"{again}drop/")
    needs.assign(actor=cast.actor("clerk"), need=Need.objects.order_by("pk").first(), words="水电维修岗")
    send(f"{first}undo/")
    assert Need.objects.count() == 1


@pytest.mark.parametrize(("name", "data"), [("a.xlsx", b"not a workbook"), ("a.txt", b"x"), ("a.csv", "甲,乙\n1,2".encode())])
def test_what_is_no_register_is_refused_with_words(enter, send, name, data):
    enter("clerk")
    answer = send(LIST, {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 422 and ImportBatch.objects.count() == 0


def test_next_door_gets_404(enter, cast, send):
    enter("clerk")
    upload(send, row())
    url = f"{LIST}{ImportBatch.objects.get().code}/"
    client = enter("clerk2")
    for step in ("heads", "check", "changes", "done"):
        assert client.get(f"{url}{step}/").status_code == 404
    assert send(f"{url}undo/").status_code == 404
    assert client.get(f"/desk/imports/{ImportBatch.objects.get().code}/check/").status_code == 404


def test_an_empty_list_and_the_blank(enter, cast):
    client = enter("clerk")
    assert "还没有导入过" in client.get(LIST).text
    assert "/desk/needs/imports/" in client.get("/desk/needs/").text
    assert client.get(f"{LIST}blank/").content.startswith(b"PK")
    assert "/desk/needs/imports/" not in enter("grid").get("/desk/needs/").text


def test_the_blank_reads_as_a_register(enter, cast, send):
    import io

    import openpyxl

    sheet = openpyxl.load_workbook(io.BytesIO(enter("clerk").get(f"{LIST}blank/").content))["填写"]
    head = [cell.value for cell in sheet[1]]
    values = {"登记时间": "2026-11-20", "内容": "楼道灯坏了", "小区": "幸福小区", "轻重": "重", "缓急": "缓", "来源": "来电"}
    made = openpyxl.Workbook()
    made.active.append(head)
    made.active.append([values.get(name, "") for name in head])
    out = io.BytesIO()
    made.save(out)
    send(LIST, {"file": SimpleUploadedFile("表.xlsx", out.getvalue())})
    found = needs.preview(actor=cast.actor("clerk"), batch=ImportBatch.objects.get())
    assert (found.counts["added"], found.warnings, found.new[0].source) == (1, [], "phone")


def test_many_rows_cost_the_same(enter, cast, send):
    client, counts = enter("clerk"), []
    for many in (1, 40):
        upload(send, *(row(内容="", 登记时间=f"2026-11-{n % 20 + 1:02d} 10:{n:02d}") for n in range(many)))
        with CaptureQueriesContext(connection) as asked:
            client.get(f"{LIST}{ImportBatch.objects.latest('pk').code}/check/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
