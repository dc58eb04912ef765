"""The import wizard in the browser's requests: upload, heads, check, changes, done, undo."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baodao.domain.members.models import ImportBatch, Member
from tests.domain.members.sheets import HEAD, book, person

pytestmark = pytest.mark.django_db
LIST = "/desk/imports/"


def upload(send, rows, head=HEAD, name="名单.xlsx"):
    return send(LIST, {"file": SimpleUploadedFile(name, book(rows, head))})


def names():
    return sorted(Member.objects.exclude(name__in=["陈晨", "周平"]).values_list("name", flat=True))


def test_from_upload_to_undo(enter, cast, send):
    client = enter("clerk")
    rows = [person("王强", "13800010001", skills="电工"), person("李芳", "1380001"), person("方圆", "13800010003", unit="县水力局")]
    answer = upload(send, [[*row, "某某族"] for row in rows], [*HEAD, "民族"])
    batch = ImportBatch.objects.get()
    url = f"{LIST}{batch.code}/"
    assert (answer.status_code, answer.url) == (303, f"{url}heads/")
    heads = client.get(f"{url}heads/").text
    assert "不保存，已去掉" in heads and "某某族" not in heads
    assert send(f"{url}heads/", {"h-0:5": "skills", "version": batch.version}).url == f"{url}check/"
    check = client.get(f"{url}check/")
    assert "「民族」" in check.text and "某某族" not in check.text
    assert check.context["counts"] == {"rows": 3, "added": 1, "updated": 0, "unchanged": 0, "skipped": 0, "rejected": 2}
    assert [line["row"] for line in check.context["lines"]] == [4, 5]
    version = ImportBatch.objects.get().version
    send(f"{url}check/", {"e-1-phone": "13800010002", "w-unit:县水力局": "县水利局", "version": version})
    assert client.get(f"{url}check/").context["counts"]["rejected"] == 0
    assert names() == []
    changes = client.get(f"{url}changes/")
    assert [one["name"] for one in changes.context["added"]] == ["王强", "李芳", "方圆"]
    assert [one["label"] for one in changes.context["missing"]] == ["陈晨（县水利局）"]
    assert send(f"{url}changes/").url == f"{url}done/"
    assert names() == sorted(["王强", "李芳", "方圆"])
    assert "新增 3 人" in client.get(f"{url}done/").text
    assert send(f"{url}undo/").url == LIST
    assert names() == []
    assert "已撤销" in client.get(LIST).text


def test_good_rows_need_not_wait(enter, cast, send):
    enter("clerk")
    upload(send, [person("王强", "13800010001"), person("李芳", "1380001")])
    url = f"{LIST}{ImportBatch.objects.get().code}/changes/"
    answer = send(url)
    assert answer.status_code == 422 and "还有 1 行要改" in answer.text
    assert names() == []
    assert send(url, {"partial": "1"}).status_code == 303
    assert names() == ["王强"]


def test_what_changes_is_shown_old_and_new(enter, cast, send):
    client = enter("clerk")
    upload(send, [person("陈晨", "13800010007", note="新")])
    url = f"{LIST}{ImportBatch.objects.get().code}/changes/"
    changes = client.get(url)
    assert [(c["label"], c["old"], c["new"]) for c in changes.context["updated"][0]["changes"]] == [
        ("备注", "", "新"), ("联系电话", "", "")]
    assert "13800010007" not in changes.text


def test_the_answer_about_a_homonym_is_one_press(enter, cast, send):
    client = enter("clerk")
    upload(send, [person("王强", "13800010001")])
    send(f"{LIST}{ImportBatch.objects.get().code}/changes/")
    upload(send, [person("王强", "13800010009")])
    url = f"{LIST}{ImportBatch.objects.first().code if ImportBatch.objects.first().state == 'draft' else ImportBatch.objects.order_by('pk').last().code}/"
    page = client.get(f"{url}check/")
    assert "是王强（县水利局，尾号 0001），更新" in page.text
    send(f"{url}check/", {"choice": "0|other"})
    assert client.get(f"{url}changes/").context["counts"]["added"] == 1


@pytest.mark.parametrize(("name", "content", "words"), [
    ("a.xlsx", b"not a workbook", "文件名和内容对不上"), ("a.et", b"x", "另存为"), ("a.csv", b"", "file"), ("a.csv", "甲,乙\n1,2".encode(), "没有认出表头"),
])
def test_a_bad_file_is_refused_with_a_sentence(enter, cast, send, name, content, words):
    enter("clerk")
    answer = send(LIST, {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 422 and words in answer.text
    assert ImportBatch.objects.count() == 0


def test_a_huge_file_is_refused_with_a_sentence(enter, cast, send):
    enter("clerk")
    answer = send(LIST, {"file": SimpleUploadedFile("a.xlsx", b"x" * (20 * 1024 * 1024 + 2))})
    assert answer.status_code == 422 and "20 MB" in answer.text


def test_next_door_sees_no_file(enter, cast, send):
    enter("clerk")
    upload(send, [person("王强", "13800010001")])
    code = ImportBatch.objects.get().code
    client = enter("clerk2")
    for page in ("heads", "check", "changes", "done"):
        assert client.get(f"{LIST}{code}/{page}/").status_code == 404
    for deed in ("changes", "drop", "undo"):
        assert send(f"{LIST}{code}/{deed}/").status_code == 404
    assert "名单.xlsx" not in client.get(LIST).text


def test_a_file_given_up_is_gone(enter, cast, send):
    client = enter("clerk")
    upload(send, [person("王强", "13800010001")])
    code = ImportBatch.objects.get().code
    assert send(f"{LIST}{code}/drop/").status_code == 303
    assert bytes(ImportBatch.objects.get().wrapped_key) == b""
    assert client.get(f"{LIST}{code}/check/").status_code == 422


def test_the_check_takes_as_many_queries_with_one_as_with_three(enter, cast, send):
    client = enter("clerk")
    upload(send, [person("王强", "1380001")])
    first = f"{LIST}{ImportBatch.objects.get().code}/check/"
    upload(send, [person("王强", "1380001"), person("李芳", "1"), person("方圆", "2", unit="x")])
    second = f"{LIST}{ImportBatch.objects.order_by('pk').last().code}/check/"
    client.get(first)
    with CaptureQueriesContext(connection) as one:
        client.get(first)
    with CaptureQueriesContext(connection) as three:
        client.get(second)
    assert len(one) == len(three) <= 40


def test_the_blank_sheet_is_read_again(enter, cast):
    from baodao.base.papers.sheet import reader
    from baodao.base.papers.sheet.head import find_tables
    from baodao.base.papers.sheet.ledger_words import LEDGER

    content = enter("clerk").get(f"{LIST}blank/").content
    tables = find_tables(reader.read(content, "a.xlsx"), LEDGER)
    assert [c.heading for c in tables[0].unknown + tables[0].forbidden] == []


def test_the_town_brings_a_first_ledger_and_sees_no_file_of_a_community(enter, cast, send):
    enter("clerk")
    upload(send, [person("李芳", "13800010002")])
    theirs = ImportBatch.objects.get().code
    client = enter("town")
    assert client.get(f"/town/imports/{theirs}/check/").status_code == 404
    rows = [person("王强", "13800010001"), person("方圆", "13800010003", unit="县教育局", community="健康社区")]
    answer = send("/town/imports/", {"file": SimpleUploadedFile("全镇.xlsx", book(rows))})
    code = ImportBatch.objects.exclude(code=theirs).get().code
    assert answer.url == f"/town/imports/{code}/heads/"
    for page in ("heads", "check", "changes"):
        assert client.get(f"/town/imports/{code}/{page}/").status_code == 200
    assert send(f"/town/imports/{code}/changes/").url == f"/town/imports/{code}/done/"
    assert names() == ["方圆", "王强"]
    assert client.get(f"/town/imports/{code}/done/").status_code == 200
    assert enter("clerk").get(f"/desk/imports/{code}/done/").status_code == 404
