"""The plan and a unit's extract on paper: only accepted names, open places, one receipt."""

import io
from datetime import date

import openpyxl
import pytest
from docx import Document

from baodao.domain.matching import papers
from baodao.domain.service.models import Booking
from tests import served
from tests.cast import member


@pytest.fixture
def month(cast):
    post = served.post(cast, cast.xingfu, "治安巡逻", two_person=True, min_people=2)
    shifts = [served.shift(post, date(2026, 12, day), state="open", taken=1) for day in (5, 12)]
    asked, going = member("被问的", cast.xingfu, cast.unit), member("答应的", cast.xingfu, cast.unit)
    for shift, who, state in ((shifts[0], going, "taken"), (shifts[1], asked, "held")):
        Booking.objects.create(shift=shift, member=who, state=state, source="offer", unit_path=cast.unit.path,
                               community_path=cast.xingfu.path, date=shift.date)  # fmt: skip
    served.need(cast, "10000009", date(2026, 11, 20), tier="urgent", category="safety")
    return shifts


def words(content):
    document = Document(io.BytesIO(content))
    return [p.text for p in document.paragraphs], [[[c.text for c in row.cells] for row in t.rows] for t in document.tables]


def test_the_plan_says_what_is_needed_and_names_nobody(cast, month):
    texts, tables = words(papers.monthly_plan_docx(cast.actor("clerk"), cast.xingfu.path, "2026-12"))
    assert [row[1:3] + row[7:9] for row in tables[0][1:]] == [["12-05 周六", "20:00–21:30", "2", "1"], ["12-12 周六", "20:00–21:30", "2", "1"]]
    assert "答应的" not in str(texts + tables) and "被问的" not in str(texts + tables)
    assert "等着办的诉求 1 件：巡逻安全 1 件。" in texts and "其中急的 1 件。" in texts


def test_a_month_without_official_holidays_says_so(cast, month):
    texts, _tables = words(papers.monthly_plan_docx(cast.actor("clerk"), cast.xingfu.path, "2026-12"))
    assert any("放假安排还没有录入" in text for text in texts)


def test_the_plan_as_a_sheet_adds_up(cast, month):
    page = openpyxl.load_workbook(io.BytesIO(papers.monthly_plan_xlsx(cast.actor("clerk"), cast.xingfu.path, "2026-12"))).active
    total = next(row for row in page.iter_rows(values_only=True) if row[0] == "合计")
    assert (total[7], total[8]) == (4, 2)


def test_next_door_prints_an_empty_plan(cast, month):
    _texts, tables = words(papers.monthly_plan_docx(cast.actor("clerk2"), cast.xingfu.path, "2026-12"))
    assert len(tables[0]) == 1


def test_only_accepted_names_stand_in_a_units_extract(cast, month):
    texts, tables = words(papers.unit_extract_docx(cast.unit.path, "2026-12"))
    assert [row[2] for row in tables[0][1:]] == ["答应的"]
    assert "被问的" not in str(texts + tables)
    assert [(row[0], row[5]) for row in tables[1][1:]] == [("12月5日 周六", "1"), ("12月12日 周六", "1")]


def test_a_unit_with_nothing_gets_a_paper_that_says_so(cast, month):
    texts, tables = words(papers.unit_extract_docx(cast.unit2.path, "2026-12"))
    assert "还没有。" in texts and "附近的班次都有人了。" in texts
    assert len(tables) == 1
