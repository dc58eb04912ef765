"""The bulletin on screen: edit, submit, return, sign, copies, receipts."""

import pytest
from pypdf import PdfReader

from baodao.domain.documents.models import Document
from baodao.domain.months import services as months
from baodao.domain.months.models import Bulletin
from tests import served
from tests.cast import PROGRAM


@pytest.fixture
def bulletin(cast):
    served.build(cast)
    months.close_month(actor=PROGRAM, town=cast.town.path, month=served.MONTH)
    return Bulletin.objects.get()


def body(response):
    return response.content.decode()


def words(**more):
    return {"good": "", "asked": "", "undone": "", "short": "", "next": "", **more}


def test_every_number_is_a_link_to_its_rows(enter, bulletin):
    page = body(enter("town").get(f"/town/bulletin/{bulletin.code}/"))
    assert page.count('class="sheet-figure"') == 11
    assert '<a class="sheet-figure" href="/town/rows/times/?path=SX/SZ/&amp;month=2026-10">10</a>' in page
    assert "正文 11 个数字都对得上记录" in page and "1 条没确认的记录没有算进来" in page


def test_words_are_edited(enter, send, bulletin):
    client = enter("town")
    answer = send(f"/town/bulletin/{bulletin.code}/edit/", words(version=1, good="<b>谢谢</b>"))
    assert answer.status_code == 303
    page = body(client.get(f"/town/bulletin/{bulletin.code}/"))
    assert "&lt;b&gt;谢谢&lt;/b&gt;" in page and "<b>谢谢" not in page


def test_a_word_that_must_not_stand_is_said_at_its_field(enter, send, bulletin):
    enter("town")
    answer = send(f"/town/bulletin/{bulletin.code}/edit/", words(version=1, next="找11010519491231002X"))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["next"] and "找11010519491231002X" in body(answer)
    assert Bulletin.objects.get().version == 1


def test_a_stale_edit_shows_both(enter, send, bulletin):
    enter("town")
    send(f"/town/bulletin/{bulletin.code}/edit/", words(version=1, good="先"))
    answer = send(f"/town/bulletin/{bulletin.code}/edit/", words(version=1, good="后"))
    assert answer.status_code == 409 and "后" in body(answer)
    assert Bulletin.objects.get().words["good"] == "先"


def test_from_draft_to_the_units(enter, send, bulletin):
    enter("town")
    assert send(f"/town/bulletin/{bulletin.code}/submit/").status_code == 303
    client = enter("townlead")
    page = body(client.get(f"/town/bulletin/{bulletin.code}/"))
    assert "签发并编号" in page and "退回修改" in page
    assert send(f"/town/bulletin/{bulletin.code}/sign/").status_code == 303
    page = body(client.get(f"/town/bulletin/{bulletin.code}/"))
    assert "已签发，编号 1，已发到单位和社区" in page and "0 / 4 已签收" in page
    assert "示党〔2026〕1号" in page and "签发并编号" not in page
    receipts = body(client.get(f"/town/receipts/{Document.objects.get().code}/"))
    assert receipts.count("还没有") == 4 and receipts.index("县水利局") < receipts.index("县教育局")


def test_every_state_says_what_is_true(enter, send, bulletin):
    from baodao.domain.documents.models import Copy
    from baodao.domain.months import services as deeds

    url = f"/town/bulletin/{bulletin.code}/"
    client = enter("town")
    assert "文字由经办人改，数字不能改" in body(client.get(url))
    send(f"{url}submit/")
    page = body(client.get(url))
    assert "文字不能改；要改由签发人退回" in page and "改文字" not in page
    deeds.sign_bulletin(actor=PROGRAM, bulletin=Bulletin.objects.get())  # the paper is not rendered yet
    page = body(client.get(url))
    assert "正在存档、发出" in page and "编号 1，正在存档发出" in page and "由经办人改" not in page
    from baodao.domain.months import issuing

    assert issuing.retry(actor=PROGRAM) == 1
    page = body(client.get(url))
    assert "数字和文字都不再改" in page and "由经办人改" not in page and "文字可以改" not in page
    assert [copy.digest[:8] in page for copy in Copy.objects.all()] == [True] * 4
    answer = send(f"{url}edit/", words(version=Bulletin.objects.get().version, good="改"))
    assert answer.status_code == 422 and Bulletin.objects.get().words["good"] == ""


def test_returning_without_a_word_keeps_the_page(enter, send, bulletin):
    enter("town")
    send(f"/town/bulletin/{bulletin.code}/submit/")
    client = enter("townlead")
    answer = send(f"/town/bulletin/{bulletin.code}/return/", {"opinion": ""})
    assert answer.status_code == 422 and "错误：写一句要改什么。" in body(answer)
    assert send(f"/town/bulletin/{bulletin.code}/return/", {"opinion": "写短些"}).status_code == 303
    assert "签发人退回时写的：写短些" in body(enter("town").get(f"/town/bulletin/{bulletin.code}/"))
    assert client is not None


def test_signing_twice_numbers_once(enter, send, bulletin):
    enter("town")
    send(f"/town/bulletin/{bulletin.code}/submit/")
    enter("townlead")
    assert send(f"/town/bulletin/{bulletin.code}/sign/").status_code == 303
    assert send(f"/town/bulletin/{bulletin.code}/sign/").status_code == 422
    assert Document.objects.count() == 1


def test_the_drafter_cannot_sign(enter, send, bulletin):
    enter("town")
    send(f"/town/bulletin/{bulletin.code}/submit/")
    assert send(f"/town/bulletin/{bulletin.code}/sign/").status_code == 403
    assert Bulletin.objects.get().state == "submitted"


@pytest.mark.parametrize("form", ["docx", "pdf", "public.docx", "public.pdf"])
def test_preview_and_archived_copy(enter, send, bulletin, form):
    client = enter("town")
    start = b"PK" if form.endswith("docx") else b"%PDF"
    assert client.get(f"/town/bulletin/{bulletin.code}/preview/{form}/").content.startswith(start)
    assert client.get(f"/town/bulletin/{bulletin.code}/copy/{form}/").status_code == 404
    send(f"/town/bulletin/{bulletin.code}/submit/")
    enter("townlead")
    send(f"/town/bulletin/{bulletin.code}/sign/")
    answer = enter("clerk2").get(f"/town/bulletin/{bulletin.code}/copy/{form}/")
    assert answer.content.startswith(start)
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_draft_pdf_says_that_it_is_one(enter, bulletin):
    import io

    content = enter("town").get(f"/town/bulletin/{bulletin.code}/preview/pdf/").content
    assert "草稿" in PdfReader(io.BytesIO(content)).pages[0].extract_text()


def test_an_unknown_form_is_no_page(enter, bulletin):
    assert enter("town").get(f"/town/bulletin/{bulletin.code}/preview/exe/").status_code == 404


def test_figures_that_changed_since_the_draft_are_said(enter, bulletin):
    from baodao.domain.service.models import ServiceRecord

    ServiceRecord.objects.filter(state="settled").first().delete()
    page = body(enter("townlead").get(f"/town/bulletin/{bulletin.code}/"))
    assert "结月以后记录有变化，通报仍用结月时的数字" in page
