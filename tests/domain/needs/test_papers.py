"""The resident's slip: number, secret and their code; nothing else about the asker."""

from datetime import date

from baodao.domain.needs import papers
from baodao.domain.needs.papers.slip import slip_data
from tests import pictures, served

SITE = "https://bd.example"


def test_what_stands_on_it(cast):
    need = served.need(cast, "48217093", date(2026, 11, 20), text="家里<水管>漏")
    content = papers.slip_pdf(need, "abcd-efgh-jkmn", SITE)
    said = pictures.text(content)
    for words in ("48217093", "ABCD-EFGH-JKMN", "0997-5550100", "密码", "bd.example/t/", "家里帮忙", "11月22日18:00前有答复"):
        assert words in said
    assert "水管" not in said


def test_the_code_opens_the_need(cast):
    from baodao.base.papers import qr

    need = served.need(cast, "48217093", date(2026, 11, 20))
    assert slip_data(need, "ABCDEFGHJKMN", SITE)["qr"] == qr.svg("https://bd.example/t/#48217093.ABCDEFGHJKMN")


def test_its_picture(cast):
    need = served.need(cast, "48217093", date(2026, 11, 20))
    (page,) = pictures.pages(papers.slip_pdf(need, "ABCDEFGHJKMN", SITE))
    assert page.size == (105, 148)
    assert pictures.margins_are_free(page, 4)
    assert papers.slip_png(need, "ABCDEFGHJKMN", SITE)[:4] == b"\x89PNG"
