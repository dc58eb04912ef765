"""``import_members`` and ``undo_import`` as they are driven from outside."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command

from baodao.domain.members.models import ImportBatch, Member
from tests.domain.members.sheets import HEAD, book, person


@pytest.fixture
def bring(cast, tmp_path, capsys):
    """``bring(rows, "--partial")`` gives (exit status, the JSON object, standard error)."""

    def _bring(rows, *options, head=HEAD, content=None, town="SZ"):
        path = tmp_path / "名单.xlsx"
        path.write_bytes(content if content is not None else book(rows, head))
        status = 0
        try:
            call_command("import_members", str(path), "--town", town, "--json", *options)
        except SystemExit as end:
            status = end.code
        said = capsys.readouterr()
        return status, json.loads(said.out) if said.out else None, said.err

    return _bring


def test_every_row_went_in(bring):
    status, answer, error = bring([person("王强", "13800010001")])
    assert (status, answer["added"], answer["rejected"], error) == (0, 1, [], "")
    assert answer["batch"] == ImportBatch.objects.get().code
    assert bring([person("王强", "13800010001")])[1]["unchanged"] == 1


def test_a_rejected_row_is_status_one_with_a_plain_line(bring):
    status, answer, error = bring([person("王强", "13800010001"), person("李芳", "1.38E+10")])
    assert (status, answer["batch"], Member.objects.count()) == (1, None, 2)
    assert error.strip() == "名单 第 4 行 联系电话：号码被表格软件改成了科学记数，后面的数字已经丢失；把这一列设成文本格式，重新填写完整号码"
    status, answer, _error = bring([person("王强", "13800010001"), person("李芳", "1.38E+10")], "--partial")
    assert (status, Member.objects.count(), bool(answer["batch"])) == (1, 3, True)


def test_a_rehearsal_leaves_nothing(bring):
    status, answer, _error = bring([person("王强", "13800010001")], "--dry-run")
    assert (status, answer["added"], answer["batch"], Member.objects.count(), ImportBatch.objects.count()) == (0, 1, None, 2, 0)


def test_a_unit_is_forced(bring):
    status, answer, _error = bring([person("王强", "13800010001", unit="哪里")], "--unit", "U001")
    assert (status, answer["added"]) == (0, 1)
    assert [(w["row"], w["column"], w["code"]) for w in answer["warnings"]] == [(3, "工作单位", "unit")]


@pytest.mark.parametrize("options", [("--unit", "U999"), ("--town", "XX")])
def test_wrong_arguments_are_status_two(bring, options):
    status, answer, error = bring([person("王强", "13800010001")], *options)
    assert (status, answer) == (2, None) and error.strip()


def test_an_unreadable_file_has_the_same_shape(bring):
    status, answer, error = bring([], content=b"PK\x03\x04broken")
    assert status == 1 and answer["rows"] == 0
    assert [(p["code"], p["row"], p["sheet"]) for p in answer["rejected"]] == [("file", None, None)]
    assert answer["rejected"][0]["message"] in error


def test_the_whole_import_is_taken_back(bring, capsys):
    _status, answer, _error = bring([person("王强", "13800010001")])
    call_command("undo_import", answer["batch"], "--json")
    assert json.loads(capsys.readouterr().out) == {"batch": answer["batch"], "removed": 1, "restored": 0, "kept": 0}
    assert not Member.objects.filter(name="王强").exists()
    with pytest.raises(SystemExit) as end:
        call_command("undo_import", answer["batch"])
    assert end.value.code == 1
    with pytest.raises(SystemExit) as end:
        call_command("undo_import", "NOSUCHBATC")
    assert end.value.code == 1


def test_a_head_without_a_row_is_said_and_is_no_success(bring):
    status, answer, error = bring([])
    assert (status, answer["rows"], answer["batch"], ImportBatch.objects.count()) == (1, 0, None, 0)
    assert [problem["code"] for problem in answer["rejected"]] == ["file"]
    assert error.strip() == "认出了表头，下面没有一行可读的；先填内容，再导入"
