"""Posts on paper: the list, the commitment, the poster for the board."""

import io

import numpy as np
import openpyxl
import pytest
import segno
from docx import Document

from baodao.domain.posts import papers
from baodao.domain.posts.papers.commitments import poster_data
from tests import pictures, served
from tests.cast import PROGRAM, member

SITE = "http://127.0.0.1:8000"


@pytest.fixture
def board(cast):
    people = [member(name, cast.xingfu, cast.unit, name_form=form) for name, form in
              (("欧阳文斌", "surname"), ("丁一", "full"), ("于洋", "post"))]  # fmt: skip
    for index, one in enumerate(people):
        post = served.post(cast, cast.xingfu, f"岗位{index}", quality="<b>次日回复</b>")
        served.commitment(post, one, goal=f"目标{index} #x $y$ &")
    return people


def test_the_poster_shows_the_form_of_name_each_chose_in_stroke_order(cast, board):
    rows = poster_data(PROGRAM, cast.xingfu.path, "2026-12", SITE)["rows"]
    assert [(row["name"], row["goal"]) for row in rows] == [
        ("丁一", "目标1 #x $y$ &"), ("社区党员", "目标2 #x $y$ &"), ("欧阳师傅", "目标0 #x $y$ &"),
    ]  # fmt: skip


def test_order_validity_telephone_and_no_persons_phone(cast, board):
    said = pictures.text(papers.poster_pdf(PROGRAM, cast.xingfu.path, "2026-12", SITE))
    for words in ("按姓氏笔画为序。名字怎么写由本人选定。", "有效到12月31日", "0997-5550100", "不用登录", "党员承诺"):
        assert words in said
    assert "欧阳文斌" not in said and "1380" not in said


def test_what_is_over_or_not_yet_shown_does_not_hang(cast, board):
    post = served.post(cast, cast.xingfu, "过期")
    served.commitment(post, board[0], goal="过期的", shown_until=served.date(2026, 11, 30))
    other = served.post(cast, cast.xingfu, "草稿")
    served.commitment(other, board[0], goal="没审的", state="submitted", shown_since=None)
    next_door = served.post(cast, cast.jiankang, "隔壁")
    served.commitment(next_door, board[0], goal="隔壁的")
    assert len(poster_data(PROGRAM, cast.xingfu.path, "2026-12", SITE)["rows"]) == 3


def test_the_picture_of_the_poster_and_its_code_can_be_read(cast, board):
    page = pictures.pages(papers.poster_pdf(PROGRAM, cast.xingfu.path, "2026-12", SITE))[0]
    assert page.size == (297, 420)
    assert page.ink(0, 0, 297, 70) > 0.9
    assert page.ink(0, 78, 297, 84) == 0
    wanted = np.array([[bool(m) for m in row] for row in segno.make(f"{SITE}/q/SZ01", error="q", micro=False).matrix])
    dark = np.where((page.part(20, 312, 86, 400) < 100).any(axis=1))[0]
    top = 312 + dark[0] / pictures.DPI * 25.4
    side, count = 62.0, len(wanted)
    module = side / count
    seen = np.array([[page.part(22 + (x + 0.35) * module, top + (y + 0.35) * module, 22 + (x + 0.65) * module,
                                top + (y + 0.65) * module).mean() < 128 for x in range(count)] for y in range(count)])  # fmt: skip
    assert (seen == wanted).mean() == 1


def test_many_commitments_take_more_sheets_and_overlap_nothing(cast, board):
    for number in range(24):
        post = served.post(cast, cast.xingfu, f"多岗{number}")
        served.commitment(post, board[0], goal="每周看一遍楼道灯和井盖，发现的事三天内有回音")
    found = pictures.pages(papers.poster_pdf(PROGRAM, cast.xingfu.path, "2026-12", SITE))
    assert len(found) > 1
    assert all(page.ink(0, 303, 297, 306) == 0 for page in found)


def test_no_commitment_is_a_poster_that_says_so(cast):
    assert "还没有公示的承诺" in pictures.text(papers.poster_pdf(PROGRAM, cast.jiankang.path, "2026-12", SITE))


def test_the_commitment_to_be_signed(cast, board):
    content = papers.commitments_pdf(PROGRAM, cast.xingfu.path, member=board[0].code)
    (page,) = pictures.pages(content)
    said = pictures.text(content)
    assert page.size == (210, 297) and pictures.margins_are_free(page, 10)
    assert "欧阳文斌" in said and "目标0#x$y$&" in said and "<b>次日回复</b>" not in said
    assert len(pictures.pages(papers.commitments_pdf(PROGRAM, cast.xingfu.path))) == 3
    assert len(pictures.pages(papers.commitments_pdf(PROGRAM, cast.jiankang.path))) == 1


def test_the_same_in_word(cast, board):
    document = Document(io.BytesIO(papers.commitments_docx(PROGRAM, cast.xingfu.path, member=board[0].code)))
    cells = [tuple(cell.text for cell in row.cells) for row in document.tables[0].rows]
    assert ("姓名", "欧阳文斌") in cells and ("服务目标", "目标0 #x $y$ &") in cells


def test_the_list_of_posts(cast, board):
    page = openpyxl.load_workbook(io.BytesIO(papers.post_list_xlsx(cast.actor("clerk"), cast.xingfu.path))).active
    found = [row for row in page.iter_rows(values_only=True) if isinstance(row[0], int)]
    assert [(row[3], row[8]) for row in found] == [(f"岗位{n}", "1/3") for n in range(3)]
    document = Document(io.BytesIO(papers.post_list_docx(cast.actor("clerk"), cast.xingfu.path)))
    assert [row.cells[1].text for row in document.tables[0].rows] == ["岗位名称", "岗位0", "岗位1", "岗位2"]


def test_next_door_prints_nothing_of_it(cast, board):
    page = openpyxl.load_workbook(io.BytesIO(papers.post_list_xlsx(cast.actor("clerk2"), cast.xingfu.path))).active
    assert [row for row in page.iter_rows(values_only=True) if isinstance(row[0], int)] == []
    assert "欧阳文斌" not in pictures.text(papers.commitments_pdf(cast.actor("clerk2"), cast.xingfu.path))
