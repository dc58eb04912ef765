"""The first day: seven steps, whose they are, what they make, leaving, skipping and coming back."""

from __future__ import annotations

import io
import re

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from baodao.base.actor import program
from baodao.domain.accounts import services as accounts
from baodao.domain.accounts.models import Account
from baodao.domain.calendar import selectors as calendar
from baodao.domain.calendar.models import HolidayYear, Hours
from baodao.domain.orgs import selectors as orgs
from baodao.domain.orgs import services
from baodao.domain.orgs.models import Org, Setting, Unit
from baodao.domain.points import selectors as points
from baodao.domain.points.states import Preset

pytestmark = pytest.mark.django_db
NEW = program("new")
KEYS = ["names", "places", "units", "hours", "people", "rules", "ledger"]


@pytest.fixture(autouse=True)
def _forget():
    calendar.forget()
    yield
    calendar.forget()


@pytest.fixture
def town():
    """What ``new`` makes: a county, a town, nothing else."""
    made = services.make_town(actor=NEW, county_code="SX", county_name="示例县", town_code="SZ", town_name="示例镇")
    for login, role in (("boss", "sysadmin"), ("boss-sec", "secadmin"), ("boss-audit", "auditor")):
        account = accounts.create_account(actor=NEW, login=login, display_name=login)
        accounts.give_role(actor=NEW, account=account, role=role, path="")
    return made


@pytest.fixture
def at(client, town):
    """``at("boss", "places")`` logs in and gives the address of a step."""

    def _at(login: str, step: str = "") -> str:
        client.force_login(Account.objects.get(login=login))
        return f"/setup/{town.code}/{step}/" if step else f"/setup/{town.code}/"

    return _at


def sheet(rows: list[list[str]], name: str = "名单.xlsx") -> SimpleUploadedFile:
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory)
    page = book.add_worksheet()
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    book.close()
    return SimpleUploadedFile(name, memory.getvalue())


def states(page: str) -> list[str]:
    return re.findall(r"tag-(ok|mute|info)\"", page)


def test_an_empty_town_has_seven_open_steps(client, at, town):
    at("boss")
    assert client.get("/setup/").headers["Location"] == f"/setup/{town.code}/"
    page = client.get(at("boss")).text
    assert states(page) == ["info"] * 7 and "还有 7 步没做" in page
    assert f'href="/setup/{town.code}/names/"' in page and f'href="/setup/{town.code}/people/"' not in page


def test_the_security_administrator_has_the_fifth_step_alone(client, at, town):
    page = client.get(at("boss-sec")).text
    links = set(re.findall(rf'href="/setup/{town.code}/(\w+)/"', page))
    assert links == {"people"}
    assert client.get(f"/setup/{town.code}/places/").status_code == 403


def test_the_auditor_has_none(client, at):
    assert client.get(at("boss-audit")).status_code == 403


def test_names_are_stored_and_lead_on(client, at, town, send):
    url = at("boss", "names")
    data = {"name": "示例镇", "phone": "0997-5550100", "address": "", "issuer": "中共示例镇委员会", "document_word": "示党", "version": "1"}
    answer = send(url, data)
    assert (answer.status_code, answer.headers["Location"]) == (303, at("boss", "places"))
    town.refresh_from_db()
    assert town.phone == "0997-5550100"
    assert orgs.setting(town.path, "issuer") == "中共示例镇委员会"
    assert send(url, {**data, "phone": ""}).status_code == 422




def tree(town: Org) -> list[tuple[str, str]]:
    return [(org.name, org.path.removeprefix(town.path)) for org in orgs.tree() if org.path.startswith(town.path)][1:]


def test_places_get_their_codes_by_themselves(client, at, town, send):
    table = "社区,网格,小区,电话\n幸福社区,第一网格,幸福小区,0997-1\n幸福社区,第一网格,阳光家园\n幸福社区,第二网格\n健康社区"
    assert send(at("boss", "places"), {"text": table}).headers["Location"] == at("boss", "units")
    assert tree(town) == [
        ("幸福社区", "SZ01/"), ("第一网格", "SZ01/G1/"), ("幸福小区", "SZ01/G1/E1/"), ("阳光家园", "SZ01/G1/E2/"),
        ("第二网格", "SZ01/G2/"), ("健康社区", "SZ02/"),
    ]  # fmt: skip
    assert Org.objects.get(org_code="SZ01").phone == "0997-1"


def test_the_same_table_again_changes_nothing_and_a_longer_one_adds(client, at, town, send):
    url = at("boss", "places")
    send(url, {"text": "幸福社区 第一网格 幸福小区"})
    before = list(Org.objects.order_by("pk").values_list("pk", "path", "version"))
    send(url, {"text": "幸福社区 第一网格 幸福小区"})
    assert list(Org.objects.order_by("pk").values_list("pk", "path", "version")) == before
    send(url, {"text": "幸福社区 第一网格 幸福小区\n幸福社区 第一网格 新小区"})
    assert Org.objects.count() == len(before) + 1


def test_places_come_from_a_spreadsheet_with_numbers_and_merged_cells(client, at, town, send):
    rows = [["示例镇社区名册", "", "", ""], ["序号", "社区", "网格", "小区"], [1, "幸福社区", "第一网格", "幸福小区"],
            [2, "", "第一网格", "阳光家园"], [3, "健康社区", "", ""]]  # fmt: skip
    answer = send(at("boss", "places"), {"text": "", "file": sheet(rows)})
    assert answer.status_code == 303
    assert [name for name, _path in tree(town)] == ["幸福社区", "第一网格", "幸福小区", "阳光家园", "健康社区"]


def test_a_file_that_is_none_is_refused_with_a_sentence(client, at, send):
    answer = send(at("boss", "places"), {"text": "", "file": SimpleUploadedFile("名单.xlsx", b"not a workbook")})
    assert answer.status_code == 422 and 'role="alert"' in answer.text
    assert Org.objects.filter(kind="community").count() == 0


@pytest.mark.parametrize("text", ["", ",第一网格", "字" * 61, "社区,代码\n幸福社区,坏 代码"])
def test_what_cannot_be_read_is_named_and_nothing_is_made(client, at, send, text):
    answer = send(at("boss", "places"), {"text": text})
    assert answer.status_code == 422 and 'role="alert"' in answer.text
    assert Org.objects.filter(kind="community").count() == 0


def test_units_keep_the_order_of_the_table(client, at, town, send):
    url = at("boss", "units")
    assert send(url, {"text": "县水利局,水利局,县水利局党支部\n县教育局"}).status_code == 303
    send(url, {"text": "县教育局\n县医院"})
    found = Unit.objects.order_by("seq").values_list("unit_code", "name", "short_name", "party_org_name")
    assert list(found) == [("U001", "县水利局", "水利局", "县水利局党支部"), ("U002", "县教育局", "", ""), ("U003", "县医院", "", "")]


def test_hours_bring_the_calendar_of_two_years(client, at, town, send):
    answer = send(at("boss", "hours"), {"path": town.path, "seasons": "全年 01-01 10:00-14:00 15:30-19:30"})
    assert answer.status_code == 303
    assert Hours.objects.get().path == town.path
    assert sorted(HolidayYear.objects.values_list("year", flat=True)) == [2026, 2027]


STAFF = "姓名,登录名,角色,管哪里\n孙敏,sunmin,镇党委经办,示例镇\n李娜,lina,社区专干,幸福社区\n赵强,zhao,单位联络员,U001"


@pytest.fixture
def filled(town):
    services.add_org(actor=NEW, parent=town, kind="community", org_code="SZ01", name="幸福社区")
    services.add_unit(actor=NEW, county=town.parent, unit_code="U001", name="县水利局")
    return town


def test_staff_get_a_card_each_and_the_code_opens_once(client, at, filled, send):
    page = send(at("boss-sec", "people"), {"text": STAFF})
    assert page.status_code == 200 and page.headers["Cache-Control"] == "no-store"
    codes = re.findall(r"<bdi[^>]*>([0-9A-Z]{4}-[0-9A-Z]{4})</bdi>", page.text)
    assert len(codes) == 3
    grants = {(a.login, g.role, g.path) for a in Account.objects.exclude(login__startswith="boss") for g in a.grants.all()}
    assert grants == {("sunmin", "town", "SX/SZ/"), ("lina", "clerk", "SX/SZ/SZ01/"), ("zhao", "liaison", "SX/u/U001/")}
    assert not any(code in client.get(at("boss-sec", "people")).text for code in codes)
    visitor = Client()
    assert visitor.post("/login/", {"login": "lina", "password": codes[1]}).headers["Location"] == "/login/password/"


@pytest.mark.parametrize(
    ("line", "words"),
    [("李娜,lina,皇帝,幸福社区", "角色“皇帝”没有"), ("李娜,lina,社区专干,不知道", "认不出"), ("李娜,,社区专干,幸福社区", "没有登录名"),
     ("李娜,boss,社区专干,幸福社区", "已经有人用了"), ("李娜,lina,社区专干,示例镇", "认不出")],
)  # fmt: skip
def test_staff_that_are_wrong_are_named_by_line_and_nobody_is_made(client, at, filled, send, line, words):
    before = Account.objects.count()
    answer = send(at("boss-sec", "people"), {"text": f"{STAFF}\n{line}"})
    assert answer.status_code == 422 and words in answer.text and "第 5 行" in answer.text
    assert Account.objects.count() == before


def test_the_rule_set_is_chosen(client, at, town, send):
    assert send(at("boss", "rules"), {"preset": Preset.THRESHOLD_ONLY, "times": "3", "per_hour": "1", "cap": "2"}).status_code == 303
    assert points.active_rules(town.path).params["times"] == 3
    assert "ok" in states(client.get(at("boss")).text)


def test_a_step_is_skipped_and_opened_again(client, at, town, send):
    answer = send(f"/setup/{town.code}/skip/names/", {})
    assert answer.status_code == 302
    at("boss")
    answer = send(f"/setup/{town.code}/skip/names/", {})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/setup/{town.code}/places/")
    assert Setting.objects.get(key="done").value == ["names"]
    page = client.get(at("boss")).text
    assert states(page) == ["mute"] + ["info"] * 6 and "还有 6 步没做" in page
    assert client.get(at("boss", "names")).status_code == 200


def test_nobody_skips_anothers_step(client, at, town, send):
    at("boss")
    assert send(f"/setup/{town.code}/skip/people/").status_code == 404
    assert send(f"/setup/{town.code}/skip/nothing/").status_code == 404
    at("boss-sec")
    assert send(f"/setup/{town.code}/skip/people/").status_code == 303
    assert Setting.objects.get(key="done").value == ["people"]


def test_leaving_and_coming_back_loses_nothing(client, at, town, send):
    send(at("boss", "units"), {"text": "县水利局"})
    client.post("/account/logout/")
    page = client.get(at("boss")).text
    assert "1 个单位" in page and page.count("tag-ok") == 1


def test_the_first_clerk_finds_the_ledger_step(client, cast, enter):
    page = enter("clerk").get(f"/setup/{cast.town.code}/ledger/").text
    assert "从 Excel 导入" in page and "幸福社区" in page


def test_a_town_is_not_there_for_another_towns_clerk(cast, enter):
    other = services.make_town(actor=NEW, county_code="SX", county_name="示例县", town_code="SY", town_name="另一镇")
    client = enter("clerk")
    assert client.get(f"/setup/{other.code}/").status_code == 404
    assert client.get("/setup/").headers["Location"] == f"/setup/{cast.town.code}/"


def test_several_towns_are_offered(cast, enter):
    services.make_town(actor=NEW, county_code="SX", county_name="示例县", town_code="SY", town_name="另一镇")
    page = enter("sysadmin").get("/setup/").text
    assert "示例镇" in page and "另一镇" in page
