"""What a file brings along that must not be kept is in no byte afterwards."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
import python_calamine
from django.apps import apps
from django.db import connection, models

from baodao.base.days import clock
from baodao.domain.members import privacy, services
from baodao.domain.members.models import ImportBatch, Member
from tests.cast import PROGRAM
from tests.domain.members.sheets import HEAD, book, person

ID = "110101199003074530"
BAD = ["性别", "党员类别", "民族", "宗教", "身份证号", "出生年月", "详细住址", "家庭情况", "健康状况"]
PLANTED = ["女性甲", "预备甲", "某某族甲", "信教甲", ID, "1990.03甲", "甲路八号楼九单元", "子女甲三人", "病史甲乙"]


def every_byte() -> bytes:
    """All values of all rows of all our tables, as one run of bytes."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            for row in cursor.fetchall():
                found += [bytes(v) if isinstance(v, (bytes, memoryview)) else str(v).encode() for v in row]
    return b"\0".join(found)


def test_forbidden_columns_are_dropped_named_and_nowhere(cast):
    data = book([[*person("王强", "13800010001", note=f"证 {ID} 留底"), *PLANTED]], [*HEAD, *BAD])
    found, batch = services.import_file(actor=PROGRAM, data=data, filename=f"{ID}名单.xlsx", scope=cast.town.path, town=cast.town.path)
    answer = found.as_dict()
    assert [(p["row"], p["column"], p["value"]) for p in answer["warnings"] if p["code"] == "forbidden_column"] == [
        (None, heading, None) for heading in BAD]
    assert [(p["row"], p["column"]) for p in answer["warnings"] if p["code"] == "id_number"] == [(3, "备注")]
    assert (answer["added"], answer["rejected"]) == (1, [])
    everything = every_byte()
    copy = services.copy_of(batch)
    rows = services.rows_of(batch)
    text = str(python_calamine.load_workbook(io.BytesIO(copy)).get_sheet_by_index(0).to_python())
    for planted in PLANTED:
        assert planted.encode() not in everything
        assert planted not in text
        assert planted not in str(rows)
        assert planted not in str(answer)
    assert ID not in str(answer) and "王强" in text and "13800010001" in text
    assert b"13800010001" not in everything


def test_an_id_number_in_the_phone_column_is_refused_and_not_shown(cast):
    data = book([person("王强", int(ID)), person("李芳", ID)])
    found, batch = services.import_file(actor=PROGRAM, data=data, filename="a.xlsx", scope=cast.town.path, town=cast.town.path)
    answer = found.as_dict()
    assert [(p["row"], p["code"]) for p in answer["rejected"]] == [(3, "id_number"), (4, "id_number")]
    assert ID[:10] not in str(answer) and "1.101" not in str(answer)
    assert batch is None


@pytest.mark.parametrize("note", ["哈萨克族", "信仰不详", "子女在外地", "体弱有病史", "住址变了"])
def test_a_remark_about_what_must_not_be_kept_is_dropped_with_a_warning(cast, note):
    found, _batch = services.import_file(
        actor=PROGRAM, data=book([person("王强", "13800010001", note=note)]), filename="a.xlsx", scope=cast.town.path,
        town=cast.town.path)
    assert [(p.row, p.column, p.code) for p in found.warnings] == [(3, "备注", "forbidden_column")]
    assert Member.objects.get(name="王强").note == ""
    assert note.encode() not in every_byte()


def test_a_number_in_a_remark_is_taken_out(cast):
    services.import_file(actor=PROGRAM, data=book([person("王强", "13800010001", note="急找 139-0002-0003 李四", skills="电工13900020003")]),
                         filename="a.xlsx", scope=cast.town.path, town=cast.town.path)
    assert Member.objects.get(name="王强").note == "急找 （电话已删去） 李四"
    assert b"13900020003" not in every_byte() and b"139-0002-0003" not in every_byte()


def test_the_file_is_shredded_after_seven_days_and_the_register_row_stays(cast):
    _found, batch = services.import_file(
        actor=PROGRAM, data=book([person("王强", "13800010001")]), filename="a.xlsx", scope=cast.town.path, town=cast.town.path)
    today = clock.today()
    assert privacy.erase_due(actor=PROGRAM, today=today + timedelta(days=7)) == []
    assert privacy.erase_due(actor=PROGRAM, today=today + timedelta(days=8)) == [("import_file", batch.code)]
    kept = ImportBatch.objects.get()
    assert (bytes(kept.wrapped_key), bytes(kept.file_copy), bytes(kept.rows), bytes(kept.undo)) == (b"", b"", b"", b"")
    assert kept.counts["added"] == 1 and kept.file_name == "a.xlsx"


def test_the_database_holds_no_text_column_for_a_phone():
    columns = [f.name for f in Member._meta.concrete_fields if "phone" in f.name]
    assert columns == []
    contact = apps.get_model("members", "MemberContact")
    assert isinstance(contact._meta.get_field("phone"), models.BinaryField)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the file's own bytes, free pages included")
def test_no_page_of_the_database_holds_a_number_or_a_dropped_value(cast):
    data = book([[*person("王强", "13800010001"), *PLANTED]], [*HEAD, *BAD])
    _found, batch = services.import_file(actor=PROGRAM, data=data, filename="a.xlsx", scope=cast.town.path, town=cast.town.path)
    services.undo_import(actor=PROGRAM, batch=batch)
    raw = connection.connection.serialize()
    assert "陈晨".encode() in raw
    for planted in [*PLANTED, "13800010001"]:
        assert planted.encode() not in raw
