"""Word files: the sheet of GB/T 9704, text as text, tables whole."""

import io
from time import process_time

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm

from baodao.base.papers.word import Paper


def opened(paper):
    return Document(io.BytesIO(paper.content()))


def test_the_sheet_is_that_of_the_standard():
    section = opened(Paper(official=True)).sections[0]
    assert abs(section.top_margin - Mm(37)) < 1000
    assert abs(section.left_margin - Mm(28)) < 1000
    assert abs(section.page_width - section.left_margin - section.right_margin - Mm(156)) < 1000
    assert abs(section.page_height - section.top_margin - section.bottom_margin - Mm(225)) < 1000
    assert section._sectPr.find(qn("w:docGrid")).get(qn("w:linePitch")) == "579"


def test_text_of_users_is_text():
    paper = Paper()
    words = "<w:t>&amp; \"quoted\" #{x} 𠮷 \u202eright"
    paper.line(words)
    paper.table(["<b>"], [[words]], [100])
    document = opened(paper)
    assert document.paragraphs[0].text == words.replace("\u202e", "")
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [["<b>"], [words.replace("\u202e", "")]]


def test_official_fonts_are_named_with_what_windows_calls_them():
    paper = Paper(official=True)
    paper.title("关于情况的通报")
    paper.body("正文")
    document = opened(paper)
    fonts = [run._element.rPr.rFonts.get(qn("w:eastAsia")) for p in document.paragraphs for run in p.runs]
    assert fonts == ["方正小标宋简体", "仿宋_GB2312"]
    table = next(rel.target_part.blob for rel in document.part.rels.values() if rel.reltype.endswith("/fontTable"))
    assert '<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋"/>' in table.decode()


def test_the_head_of_a_table_repeats_and_rows_stay_whole():
    paper = Paper()
    paper.table(["单位"], [["甲"]] * 3, [100])
    rows = opened(paper).tables[0].rows
    assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in rows] == [True, False, False, False]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in rows)


def test_a_row_may_span_the_rest():
    paper = Paper()
    paper.table(["单位", "人数", "小时"], [["甲", "少于5", ""]], [40, 20, 20], spans=[0])
    assert len(opened(paper).tables[0].rows[1]._tr.tc_lst) == 2


def test_page_numbers_stand_outside():
    document = opened(Paper(official=True))
    section = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    assert (section.footer.paragraphs[0].alignment, section.even_page_footer.paragraphs[0].alignment) == (2, 0)


def test_a_table_of_every_unit_is_quick():
    start = process_time()
    paper = Paper(official=True)
    paper.table(["单位", "应报到", "已报到", "人次"], [["某某单位党支部", "12", "11", "9"]] * 131, [60, 20, 20, 20])
    paper.content()
    assert process_time() - start < 1


def test_the_red_head_shrinks_for_a_long_name():
    paper = Paper(official=True)
    paper.red_head("中共某某自治县某某某镇委员会办公室", "示党〔2026〕3号")
    sizes = [run.font.size.pt for p in opened(paper).paragraphs for run in p.runs if run.font.color.rgb is not None]
    assert len(sizes) == 1 and sizes[0] * 19 <= 441
