"""A needs register comes in: what goes in, what is refused in which cell, what is left alone, and the undo."""

from __future__ import annotations

import io
import json
from datetime import datetime, timedelta

import openpyxl
import pytest
from django.core.management import call_command

from baodao.base.days import clock
from baodao.base.days.clock import ZONE
from baodao.base.verdict import Refused
from baodao.domain.members.models import ImportBatch
from baodao.domain.needs import services
from baodao.domain.needs.models import Need, NeedContact
from tests.cast import PROGRAM

pytestmark = pytest.mark.django_db
HEAD = ["序号", "登记时间", "来源", "称呼", "联系方式", "小区", "类别", "内容", "轻重", "缓急", "希望时间", "语言"]


def book(*rows: list[object], head: list[str] = HEAD) -> bytes:
    """A register with a title row, a head and rows."""
    made = openpyxl.Workbook()
    made.active.append(["幸福社区诉求登记表"])
    for row in (head, *rows):
        made.active.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def row(**cells: object) -> list[object]:
    """A row that is right unless said otherwise."""
    good = {"序号": 1, "登记时间": "2026-11-20 11:30", "来源": "电话", "称呼": "王阿姨", "联系方式": "13800000001",
            "小区": "幸福小区", "类别": "公共设施", "内容": "楼道灯坏了", "轻重": "重", "缓急": "缓", "希望时间": "", "语言": ""}  # fmt: skip
    return [{**good, **cells}[name] for name in HEAD]


def bring(cast, *rows, **more):
    return services.import_file(
        actor=PROGRAM, data=book(*rows), filename="诉求.xlsx", community=cast.xingfu, **more
    )


def test_rows_become_needs(cast):
    found, batch = bring(cast, row(), row(内容="想学手机挂号", 轻重="", 缓急="", 来源="", 联系方式="无", 称呼=""))
    assert (found.rows, len(found.new), found.rejected, found.warnings) == (2, 2, [], [])
    first, second = Need.objects.order_by("pk")
    assert (first.state, first.tier, first.source, first.estate, first.registered_at) == (
        "accepted", "important", "phone", cast.estate, datetime(2026, 11, 20, 11, 30, tzinfo=ZONE),
    )  # fmt: skip
    assert services.reveal_for_asker(first).phone == "13800000001"
    assert (second.state, second.source, second.batch) == ("registered", "import", batch.code)
    assert NeedContact.objects.count() == 1


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        ({"内容": ""}, "missing", "内容"),
        ({"内容": "长" * 301}, "too_long", "内容"),
        ({"内容": "三号楼着火了"}, "emergency", "内容"),
        ({"内容": "举报我邻居天天赌博"}, "about_person", "内容"),
        ({"联系方式": "1.38E+10"}, "lost_digits", "联系方式"),
        ({"联系方式": "138000"}, "phone", "联系方式"),
        ({"登记时间": "2026-13-40"}, "date", "登记时间"),
        ({"登记时间": "2027-01-01"}, "date", "登记时间"),
        ({"希望时间": "不知道"}, "date", "希望时间"),
    ],
)
def test_one_wrong_row_means_nothing_is_written(cast, cells, code, column):
    found, batch = bring(cast, row(), row(**cells))
    assert [(p.code, p.column, p.row) for p in found.rejected] == [(code, column, 4)]
    assert batch is None and Need.objects.count() == 0
    if code == "emergency":
        assert all(number in found.rejected[0].message for number in ("110", "119", "120"))


def test_with_partial_the_good_rows_go_in(cast):
    found, batch = bring(cast, row(), row(内容=""), partial=True)
    assert (found.rows, len(found.new), len(found.rejected), batch is not None) == (2, 1, 1, True)
    assert Need.objects.count() == 1


def test_the_same_file_again_changes_nothing(cast):
    bring(cast, row(), row(登记时间="2026-11-21"))
    found, _batch = bring(cast, row(), row(登记时间="2026-11-21"))
    assert (len(found.new), found.unchanged, Need.objects.count()) == (0, 2, 2)


def test_the_same_words_at_another_time_are_another_need(cast):
    found, _batch = bring(cast, row(), row(登记时间="2026-11-21 09:00"), row(登记时间="2026-11-22 09:00"))
    assert (len(found.new), found.skipped) == (3, 0)


def test_a_repeated_row_is_skipped_and_told(cast):
    found, _batch = bring(cast, row(), row())
    assert (found.rows, len(found.new), found.skipped, [p.code for p in found.warnings]) == (2, 1, 1, ["duplicate"])


def test_a_file_without_times_again_changes_nothing(cast):
    bring(cast, row(登记时间=""))
    found, _batch = bring(cast, row(登记时间=""))
    assert (len(found.new), found.unchanged) == (0, 1)


def test_identity_numbers_are_taken_out_and_forbidden_columns_dropped(cast):
    head = [*HEAD, "民族", "心情"]
    data = book([*row(内容="补办身份证11010519491231002X"), "某族", "好"], head=head)
    found, batch = services.import_file(actor=PROGRAM, data=data, filename="诉求.xlsx", community=cast.xingfu)
    assert sorted((p.code, p.row) for p in found.warnings if p.row is None) == [("forbidden_column", None), ("unknown_column", None)]
    assert [(p.code, p.row, p.value) for p in found.warnings if p.row] == [("id_number", 3, None)]
    assert "11010519491231002X" not in Need.objects.get().text
    from baodao.domain.members import services as batches

    kept = openpyxl.load_workbook(io.BytesIO(batches.copy_of(batch)))
    cells = [str(cell) for sheet in kept for line in sheet.iter_rows(values_only=True) for cell in line]
    assert "某族" not in cells and not any("11010519491231002X" in cell for cell in cells)


def test_a_door_number_beside_the_estate_is_sealed(cast):
    bring(cast, row(小区="幸福小区3栋502"))
    need = Need.objects.get()
    assert (need.estate, need.place_name) == (cast.estate, "")
    assert services.reveal_for_asker(need).place_detail == "3栋502"


@pytest.mark.parametrize("written", ["", "  ", None, "不详"])
def test_a_row_without_an_estate_is_no_cause_for_a_warning(cast, written):
    found, _ = bring(cast, row(小区=written))
    assert (len(found.new), found.rejected, found.warnings) == (1, [], [])
    assert Need.objects.get().estate is None


def test_taking_it_back(cast):
    _found, batch = bring(cast, row(), row(登记时间="2026-11-21 09:00"))
    worked = Need.objects.order_by("pk").first()
    services.assign(actor=cast.actor("clerk"), need=worked, words="水电维修岗")
    assert services.undo_import(actor=cast.actor("clerk"), batch=batch) == {"removed": 1, "kept": 1}
    assert list(Need.objects.all()) == [worked]


def test_after_a_day_it_stays(cast):
    _found, batch = bring(cast, row())
    with clock.freeze(clock.now() + timedelta(hours=25)), pytest.raises(Refused):
        services.undo_import(actor=PROGRAM, batch=batch)
    assert Need.objects.count() == 1


def test_the_clerk_next_door_may_not(cast):
    with pytest.raises(Refused):
        services.import_file(actor=cast.actor("clerk2"), data=book(row()), filename="a.xlsx", community=cast.xingfu)
    assert (Need.objects.count(), ImportBatch.objects.count()) == (0, 0)


def test_the_command_answers_in_the_shape_of_the_contract(cast, tmp_path, capsys):
    path = tmp_path / "诉求.xlsx"
    path.write_bytes(book(row(), row(内容="")))
    with pytest.raises(SystemExit) as ended:
        call_command("import_needs", str(path), community="SZ01", json=True)
    said = capsys.readouterr()
    answer = json.loads(said.out)
    assert ended.value.code == 1
    assert list(answer) == ["rows", "added", "updated", "unchanged", "skipped", "rejected", "warnings", "batch"]
    assert list(answer["rejected"][0]) == ["sheet", "row", "column", "value", "code", "message", "suggestion"]
    assert "第 4 行" in said.err and Need.objects.count() == 0
    path.write_bytes(book(row()))
    call_command("import_needs", str(path), community="SZ01", json=True)
    answer = json.loads(capsys.readouterr().out)
    assert (answer["added"], len(answer["batch"])) == (1, 10)
    call_command("undo_import", answer["batch"], json=True)
    assert json.loads(capsys.readouterr().out) == {"batch": answer["batch"], "removed": 1, "kept": 0}


@pytest.mark.parametrize(("options", "status"), [({"community": "SZ99"}, 2), ({"community": "SZ01"}, 1)])
def test_the_command_refuses_plainly(cast, tmp_path, capsys, options, status):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"not a workbook")
    with pytest.raises(SystemExit) as ended:
        call_command("import_needs", str(path), **options)
    assert (ended.value.code, Need.objects.count()) == (status, 0)
    assert capsys.readouterr().err.strip()
