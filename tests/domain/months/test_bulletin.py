"""The bulletin: words may change, figures never; signed by another; numbered, archived, delivered; papers agree."""

import io
import re
from time import process_time

import pytest
from docx import Document

from baodao.base.verdict import Absent, Refused, Stale
from baodao.domain.audit.models import Entry
from baodao.domain.documents import selectors as documents
from baodao.domain.documents.models import Copy, Delivery
from baodao.domain.months import issuing, papers, selectors, services
from baodao.domain.months.models import Bulletin
from baodao.domain.service.models import ServiceRecord
from tests import pictures, served
from tests.cast import PROGRAM, acting, member


@pytest.fixture
def bulletin(cast):
    served.build(cast)
    services.close_month(actor=PROGRAM, town=cast.town.path, month=served.MONTH)
    return Bulletin.objects.get()


def submitted(cast, bulletin):
    return services.submit_bulletin(actor=cast.actor("town"), bulletin=bulletin)


def signed(cast, bulletin):
    return services.sign_bulletin(actor=cast.actor("townlead"), bulletin=submitted(cast, bulletin))


def docx_words(content):
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in dict.fromkeys(row.cells)]
    return [paragraph.text for paragraph in document.paragraphs] + cells


def numbers(words):
    return sorted(re.findall(r"\d+(?:\.\d+)?", words))


def test_words_are_edited_and_numbers_stay(cast, bulletin):
    services.edit_bulletin(actor=cast.actor("town"), bulletin=bulletin, version=1, words={"good": "谢谢<大家>", "times": "99"})
    bulletin.refresh_from_db()
    assert (bulletin.words["good"], "times" in bulletin.words) == ("谢谢<大家>", False)
    assert Entry.objects.filter(action="bulletin.edited").get().data == {"sections": ["good"]}


def test_two_editors_see_each_other(cast, bulletin):
    services.edit_bulletin(actor=cast.actor("town"), bulletin=bulletin, version=1, words={"good": "一"})
    with pytest.raises(Stale):
        services.edit_bulletin(actor=cast.actor("town"), bulletin=bulletin, version=1, words={"good": "二"})
    assert Bulletin.objects.get().words["good"] == "一"


@pytest.mark.parametrize("words", [{"good": "字" * 301}, {"next": "找11010519491231002X"}])
def test_what_must_not_stand_in_it_is_refused(cast, bulletin, words):
    before = bulletin.words
    with pytest.raises(Refused):
        services.edit_bulletin(actor=cast.actor("town"), bulletin=bulletin, version=1, words=words)
    assert Bulletin.objects.get().words == before


def test_after_submitting_nobody_edits(cast, bulletin):
    submitted(cast, bulletin)
    with pytest.raises(Refused, match="先退回"):
        services.edit_bulletin(actor=cast.actor("town"), bulletin=bulletin, version=bulletin.version, words={"good": "一"})


def test_returning_needs_an_opinion(cast, bulletin):
    submitted(cast, bulletin)
    with pytest.raises(Refused, match="要改什么"):
        services.return_bulletin(actor=cast.actor("townlead"), bulletin=bulletin, opinion="  ")
    assert Bulletin.objects.get().state == "submitted"
    services.return_bulletin(actor=cast.actor("townlead"), bulletin=bulletin, opinion="第二段写短些")
    assert Bulletin.objects.values_list("state", "opinion").get() == ("draft", "第二段写短些")


def test_who_drafted_it_does_not_sign_it(cast, bulletin):
    submitted(cast, bulletin)
    both = acting("townlead", cast.town.path, cast.accounts["town"].pk)
    with pytest.raises(Refused, match="拟稿的人不能自己签发"):
        services.sign_bulletin(actor=both, bulletin=bulletin)
    with pytest.raises(Refused, match="签发人"):
        services.sign_bulletin(actor=cast.actor("town"), bulletin=bulletin)
    assert Bulletin.objects.get().document is None


def test_signing_numbers_freezes_archives_and_delivers(cast, bulletin):
    made = signed(cast, bulletin)
    assert (made.document.number, made.document.year, made.state) == (1, 2026, "signed")
    issued = issuing.issue(actor=cast.actor("townlead"), bulletin=made)
    assert issued.state == "delivered"
    assert [copy.form for copy in documents.forms(made.document)] == sorted(issuing.FORMS)
    paths = {cast.unit.path, cast.unit2.path, cast.xingfu.path, cast.jiankang.path}
    assert set(Delivery.objects.values_list("path", flat=True)) == paths


def test_what_changes_after_signing_changes_nothing_in_it(cast, bulletin):
    made = signed(cast, bulletin)
    before = papers.content(made)
    ServiceRecord.objects.update(minutes=1)
    assert papers.content(Bulletin.objects.get()) == before


def test_a_crash_between_signing_and_sealing_is_mended_by_the_worker(cast, bulletin):
    made = signed(cast, bulletin)
    assert issuing.retry(actor=PROGRAM) == 1
    assert issuing.retry(actor=PROGRAM) == 0
    again = issuing.issue(actor=cast.actor("townlead"), bulletin=made)
    assert (again.state, Copy.objects.count()) == ("delivered", 4)


def test_an_archived_copy_that_was_tampered_with_is_not_handed_out(cast, bulletin):
    made = signed(cast, bulletin)
    issuing.issue(actor=cast.actor("townlead"), bulletin=made)
    Copy.objects.filter(form="pdf").update(content=b"%PDF-other")
    with pytest.raises(Refused, match="摘要"):
        documents.copy_bytes(made.document, "pdf")


def test_word_and_pdf_say_the_same_numbers(cast, bulletin):
    made = signed(cast, bulletin)
    for public in (False, True):
        word = docx_words(papers.docx(made, public=public))
        pdf = re.sub(r"— ?\d+ ?—", "", pictures.words(papers.pdf(made, public=public)))
        said = papers.content(made, public=public)
        for words in (text for section in said["sections"] for text in section["paragraphs"]):
            assert words in word
            assert "".join(words.split()) in "".join(pdf.split())
        assert numbers(pdf) == numbers(" ".join(word))


def test_small_counts_of_persons_are_hidden_in_both_versions(cast, bulletin):
    full, public = papers.content(bulletin), papers.content(bulletin, public=True)
    assert "社区党员少于5人" in full["sections"][0]["paragraphs"][1]
    units = full["tables"][1]
    assert (units["rows"], units["spans"]) == (
        [["县水利局", "9", "9", "7", "8", units["rows"][0][5]], ["县教育局", "少于5", "", "", "", ""]],
        [1],
    )
    assert [table["title"] for table in public["tables"]] == ["各社区情况"]
    assert "县水利局" not in str(public)
    assert full["tables"][0]["rows"][1][3:5] == ["少于5", "少于5"]


def test_no_person_of_five_to_be_told_apart_by_sums(cast, bulletin):
    """In-service and community members are never added, so that a hidden count cannot be had by subtraction."""
    shown = str(papers.content(bulletin)["sections"][0]["paragraphs"][1])
    assert re.findall(r"(\d+|少于5)人(?!次)", shown) == ["8", "少于5"]


def test_communities_add_up_to_the_town(cast, bulletin):
    rows = papers.content(bulletin)["tables"][0]["rows"]
    assert [sum(int(row[index]) for row in rows) for index in (1, 2, 5, 7, 8)] == [6, 5, 10, 3, 2]


def test_units_stand_in_official_order_whatever_they_did(cast, bulletin):
    assert [row[0] for row in papers.content(bulletin)["tables"][1]["rows"]] == ["县水利局", "县教育局"]


def test_the_word_file_takes_less_than_a_second(cast):
    from baodao.domain.months.models import Bulletin as Row

    line = {"name": "某某县某某单位党支部", "members": "12", "reported": "11", "people": "9", "times": "14", "hours": "20.5"}
    served.build(cast)
    services.close_month(actor=PROGRAM, town=cast.town.path, month=served.MONTH)
    bulletin = Row.objects.get()
    bulletin.figures = {**selectors.bulletin_figures(cast.town.path, served.MONTH), "units": [line] * 131}
    start = process_time()
    papers.docx(bulletin)
    assert process_time() - start < 1


def test_the_picture_of_the_pdf(cast, bulletin):
    made = signed(cast, bulletin)
    first, *others = pictures.pages(papers.pdf(made))
    assert first.size == (210, 297)
    assert pictures.margins_are_free(first, 20)
    assert 0.1 < first.ink(40, 50, 175, 68) < 0.6
    assert first.ink(28, 255, 184, 262) == 0 or others
    assert all(pictures.margins_are_free(page, 20) for page in others)


def test_a_members_name_that_has_no_glyph_is_named_in_the_paper(cast, bulletin):
    services.edit_bulletin(actor=cast.actor("town"), bulletin=bulletin, version=1, words={"good": "感谢王𪚥同志"})
    assert "U+2A6A5" in pictures.text(papers.pdf(bulletin))


@pytest.mark.parametrize("login", ["county", "liaison", "member", "sysadmin", "auditor", "clerk", "secretary"])
def test_a_draft_is_the_towns_alone(cast, bulletin, login):
    with pytest.raises(Absent):
        selectors.get_for(cast.actor(login), bulletin.code)


def test_a_delivered_bulletin_is_read_by_the_communities(cast, bulletin):
    issuing.issue(actor=PROGRAM, bulletin=signed(cast, bulletin))
    assert selectors.get_for(cast.actor("clerk2"), bulletin.code) == bulletin


def test_an_unknown_form_is_absent(cast, bulletin):
    with pytest.raises(Absent):
        issuing.render(bulletin, "exe")


def test_a_second_number_follows_the_first(cast, bulletin):
    issuing.issue(actor=PROGRAM, bulletin=signed(cast, bulletin))
    member("后来的", cast.xingfu, cast.unit)
    other = Bulletin(town=cast.town.path, month="2026-09", drafted_by=cast.accounts["town"].pk)
    other.save()
    assert signed(cast, other).document.number == 2


def test_a_closed_months_tables_do_not_move_before_signing_either(cast, bulletin):
    before = papers.content(bulletin)["tables"]
    from baodao.domain.needs.models import Need

    Need.objects.update(state="spam")
    member("新来的", cast.xingfu, cast.unit)
    assert papers.content(Bulletin.objects.get())["tables"] == before
