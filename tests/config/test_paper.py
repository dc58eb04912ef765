"""``paper``: every kind in every type it may have, wrong arguments in one line."""

import io
from pathlib import Path

import openpyxl
import pytest
from django.core.management import call_command
from docx import Document
from pypdf import PdfReader

from baodao.config.printing import KINDS
from baodao.domain.months import services as months
from tests import served
from tests.cast import PROGRAM

STARTS = {"pdf": b"%PDF", "docx": b"PK", "xlsx": b"PK", "png": b"\x89PNG"}
A = {"ledger", "report_slip", "receipt", "commitment", "commitment_poster", "post_list", "monthly_plan", "unit_extract",
     "sign_in_sheet", "bulletin", "points_ledger"}  # fmt: skip


@pytest.fixture
def month(cast):
    made = served.build(cast)
    served.commitment(made.posts[0], made.members[0])
    months.close_month(actor=PROGRAM, town=cast.town.path, month=served.MONTH)
    return made


def paper(*words):
    call_command("paper", *map(str, words))


def test_the_kinds_are_those_of_the_contract():
    assert set(KINDS) == A


@pytest.mark.parametrize(("kind", "ending"), [(name, ending) for name, kind in KINDS.items() for ending in kind.endings])
def test_each_kind_in_each_type(month, tmp_path, kind, ending, capsys):
    out = tmp_path / f"纸.{ending}"
    paper(kind, "--town", "SZ", "--community", "SZ01", "--unit", "U001", "--month", "2026-10", "--out", out)
    content = out.read_bytes()
    assert content.startswith(STARTS[ending])
    assert str(out) in capsys.readouterr().out
    if ending == "pdf":
        assert len(PdfReader(io.BytesIO(content)).pages) >= 1
    elif ending == "docx":
        assert Document(io.BytesIO(content)).tables
    elif ending == "xlsx":
        assert openpyxl.load_workbook(io.BytesIO(content)).active.max_row > 2


def refused(capsys, tmp_path, *words):
    with pytest.raises(SystemExit) as error:
        paper(*words, "--out", tmp_path / "x.pdf")
    assert list(tmp_path.iterdir()) == []
    return error.value.code, capsys.readouterr().err.strip()


def test_wrong_codes_are_named(month, tmp_path, capsys):
    for words, said in (
        (("receipt", "--town", "XX"), "没有代码是 XX 的镇。"),
        (("receipt", "--town", "SZ", "--community", "SZ77"), "示例镇没有代码是 SZ77 的社区。"),
        (("receipt", "--town", "SZ", "--unit", "U999"), "没有代码是 U999 的单位。"),
        (("receipt", "--town", "SZ", "--member", "ZZZZ"), "没有编号是 ZZZZ 的党员。"),
    ):
        assert refused(capsys, tmp_path, *words) == (2, said)


def test_what_cannot_be_printed_is_said_with_status_1(month, tmp_path, capsys):
    assert refused(capsys, tmp_path, "commitment_poster", "--town", "SZ") == (1, "这种表按社区印，加上 --community。")
    assert refused(capsys, tmp_path, "bulletin", "--town", "SZ", "--month", "2026-09") == (1, "2026年9月还没有结月，没有通报。")


def test_a_type_that_makes_no_sense(month, tmp_path, capsys):
    with pytest.raises(SystemExit) as error:
        paper("ledger", "--town", "SZ", "--out", tmp_path / "x.pdf")
    assert error.value.code == 2 and "不能写成“.pdf”" in capsys.readouterr().err


def test_a_folder_that_is_not_there(month, tmp_path, capsys):
    with pytest.raises(SystemExit) as error:
        paper("ledger", "--town", "SZ", "--out", Path(tmp_path) / "no" / "x.xlsx")
    assert error.value.code == 2 and "没有这个文件夹" in capsys.readouterr().err


def test_the_newest_closed_month_is_the_bulletins(month, tmp_path):
    out = tmp_path / "通报.docx"
    paper("bulletin", "--town", "SZ", "--out", out)
    assert any("2026年10月" in p.text for p in Document(out).paragraphs)


def test_a_character_without_a_glyph_is_named_and_the_paper_is_made(month, tmp_path, capsys):
    month.members[0].name = "王𪚥"
    month.members[0].save()
    paper("commitment", "--town", "SZ", "--member", month.members[0].code, "--out", tmp_path / "x.pdf")
    assert capsys.readouterr().err.strip() == "字体缺字“𪚥”（U+2A6A5），纸上印成〓，用笔补上"
    assert (tmp_path / "x.pdf").read_bytes().startswith(b"%PDF")
