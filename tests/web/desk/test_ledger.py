"""The ledger's pages: the list, one member, amendments, moves, cards, report-in."""

from __future__ import annotations

import io
from datetime import date

import pytest
import python_calamine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baodao.domain.audit import selectors as audit
from baodao.domain.members import selectors, services
from baodao.domain.members.models import Member
from baodao.domain.members.rows import NewMember
from tests.cast import PROGRAM

pytestmark = pytest.mark.django_db
LIST = "/desk/ledger/"


def add(cast, name="王强", phone="13800010001", **more):
    values = {"name": name, "phone": phone, "unit": cast.unit, "community": cast.xingfu, **more}
    return services.add_member(actor=PROGRAM, row=NewMember(**values))


def shown(client, **query):
    return [row.member.name for row in client.get(LIST, query).context["rows"]]


def test_the_ledger_lists_its_community_in_stroke_order(enter, cast):
    for name, phone in (("田富", "13800010001"), ("丁一", "13800010002"), ("田大利", "13800010003"), ("马兰", "13800010004")):
        add(cast, name, phone)
    client = enter("clerk")
    assert shown(client) == ["丁一", "马兰", "田富", "田大利", "陈晨"]
    assert shown(client, order="name") == ["丁一", "马兰", "田大利", "田富", "陈晨"]
    assert shown(client, order="pinyin") == ["陈晨", "丁一", "马兰", "田大利", "田富"]
    page = client.get(LIST).text
    assert "（按姓氏笔画为序）" in page and "138****0001" in page and "13800010001" not in page
    assert "周平" not in page


@pytest.mark.parametrize(("words", "found"), [
    ("王强", ["王强"]), ("王", ["王强"]), ("wq", ["王强"]), ("wangqiang", ["王强"]), ("0001", ["王强"]), ("138 0001 0001", ["王强"]),
    ("abd", ["阿卜杜热合曼·买买提"]), ("9999", []), ("李", []), ("13800010009", []), ("zp", []),
])
def test_members_are_found_by_name_sound_and_number(enter, cast, words, found):
    add(cast), add(cast, "阿卜杜热合曼·买买提", "13800010002")
    assert shown(enter("clerk"), q=words) == found


def test_filters_stand_in_the_address(enter, cast):
    add(cast, skills=[("law", "can")], slots=["saturday_morning"], team_name="法律队", enrolment_state="reported")
    add(cast, "李芳", "13800010002", kind="community", unit=None)
    paused = add(cast, "方圆", "13800010003", unit=cast.unit2, receipt_on=date(2026, 11, 20))
    services.pause(actor=PROGRAM, member=paused, reason="rest")
    client = enter("clerk")
    assert shown(client, unit="U002") == ["方圆"]
    assert shown(client, skill="law") == ["王强"]
    assert shown(client, when="saturday") == ["王强"]
    assert shown(client, kind="community") == ["李芳"]
    assert shown(client, state="paused") == ["方圆"]
    assert shown(client, tab="weekend") == ["王强"]
    assert shown(client, tab="receipt") == ["王强", "陈晨"]
    assert shown(client, tab="teamless") == ["方圆", "李芳", "陈晨"]
    assert [tab["count"] for tab in client.get(LIST).context["tabs"]] == [4, 1, 2, 3, 3]
    assert shown(client, tab="nonsense", order="nonsense", state="x", kind="y") == ["王强", "方圆", "李芳", "陈晨"]


def test_an_empty_ledger_says_what_to_do(enter, cast):
    services.leave(actor=PROGRAM, member=cast.chen)
    client = enter("clerk")
    assert "台账还是空的" in client.get(LIST).text
    assert "没有这样的人" in client.get(LIST, {"q": "王"}).text


def test_the_list_takes_as_many_queries_with_one_as_with_three(enter, cast):
    client = enter("clerk")
    client.get(LIST)
    with CaptureQueriesContext(connection) as one:
        client.get(LIST)
    add(cast, skills=[("law", "can")]), add(cast, "李芳", "13800010002", estate=cast.estate)
    with CaptureQueriesContext(connection) as three:
        client.get(LIST)
    assert len(three) == len(one) <= 40


def test_one_member_shows_history_and_who_looked(enter, cast, send):
    made = add(cast, languages=["ug"], note="钥匙在门卫")
    services.show_phone(actor=cast.actor("secretary"), member=made, reason="约周六的班")
    page = enter("clerk").get(f"{LIST}{made.code}/").text
    for words in ("138****0001", "维吾尔语", "钥匙在门卫", "吴书记", "约周六的班", "登记"):
        assert words in page
    assert enter("clerk2").get(f"{LIST}{made.code}/").status_code == 404


def test_languages_are_on_no_list(enter, cast):
    add(cast, languages=["ug"])
    assert "维吾尔" not in enter("clerk").get(LIST).text


def test_a_number_is_shown_once_with_a_reason(enter, cast, send):
    made = add(cast)
    enter("clerk")
    refused = send(f"{LIST}{made.code}/look/", {"reason": ""})
    assert (refused.status_code, "138 0001 0001" in refused.text) == (422, False)
    answer = send(f"{LIST}{made.code}/look/", {"reason": "约明天的班"})
    assert "138 0001 0001" in answer.text
    assert [x.reason for x in audit.looks_at("member", made.code)] == ["约明天的班"]
    assert "138 0001 0001" not in enter("clerk").get(f"{LIST}{made.code}/").text


def test_a_person_is_registered(enter, cast, send):
    enter("clerk")
    answer = send(f"{LIST}new/", {"name": "王  强", "kind": "in_service", "unit": cast.unit.path, "phone": "138 0001 0001",
                                  "estate": cast.estate.path, "reported_on": "2026-11-20"})
    made = Member.objects.get(name="王强")
    assert (answer.status_code, answer.url) == (303, f"{LIST}{made.code}/")
    assert selectors.enrolment_of(made).estate == cast.estate


@pytest.mark.parametrize(("data", "words"), [
    ({"phone": "123"}, "号码不完整"), ({"unit": ""}, "在职党员要选工作单位"), ({"name": ""}, "name"),
    ({"note": "110101199003074530"}, "不要填写身份证号"),
])
def test_a_bad_registration_keeps_what_was_typed(enter, cast, send, data, words):
    enter("clerk")
    typed = {"name": "王强", "kind": "in_service", "unit": cast.unit.path, "phone": "13800010001", "job_title": "科员", **data}
    answer = send(f"{LIST}new/", typed)
    assert answer.status_code == 422 and words in answer.text and "科员" in answer.text
    assert not Member.objects.filter(name="王强").exists()


def test_somebody_on_the_ledger_is_not_registered_twice(enter, cast, send):
    add(cast)
    enter("clerk")
    answer = send(f"{LIST}new/", {"name": "王强", "kind": "in_service", "unit": cast.unit.path, "phone": "13800010001"})
    assert answer.status_code == 422 and "已经在台账里" in answer.text
    assert Member.objects.filter(name="王强").count() == 1


def test_two_edits_of_one_record(enter, cast, send):
    enter("clerk")
    url = f"{LIST}{cast.chen.code}/change/"
    assert send(url, {"name": "陈晨", "job_title": "科员", "version": 1}).status_code == 303
    answer = send(url, {"name": "陈晨", "job_title": "科长", "version": 1})
    assert answer.status_code == 409 and "科员" in answer.text and "科长" in answer.text
    assert Member.objects.get(pk=cast.chen.pk).job_title == "科员"


def test_what_a_member_offers_is_written_down_for_them(enter, cast, send):
    enter("clerk")
    url = f"{LIST}{cast.chen.code}/offers/"
    data = {"slots": ["saturday_morning"], "max_per_month": 3, "target_per_year": 6, "takes_offers": "on", "skills": ["law"],
            "certified": ["electric"], "other_skills": "口技", "wishes": ["legal"], "languages": ["ug"], "name_form": "full", "version": 1}
    assert send(url, data).status_code == 303
    one = Member.objects.get(pk=cast.chen.pk)
    assert [(s.skill, s.level, s.words) for s in one.skills.order_by("pk")] == [
        ("law", "can", ""), ("electric", "certified", ""), ("", "can", "口技")]
    assert (one.slots, one.max_per_month, one.name_form, selectors.languages_of(one)) == (["saturday_morning"], 3, "full", ["ug"])
    assert send(url, {**data, "max_per_month": 9}).status_code == 409
    assert Member.objects.get(pk=cast.chen.pk).max_per_month == 3


def test_the_number_is_changed_on_its_own_page(enter, cast, send):
    enter("clerk")
    url = f"{LIST}{cast.chen.code}/phone/"
    assert send(url, {"phone": "123"}).status_code == 422
    assert send(url, {"phone": "13800010009"}).status_code == 303
    assert selectors.contact_masked(Member.objects.get(pk=cast.chen.pk)) == "138****0009"


def test_days_that_do_not_work(enter, cast, send):
    enter("clerk")
    url = f"{LIST}{cast.chen.code}/days/"
    assert send(url, {"first": "2026-12-03", "last": "2026-12-01"}).status_code == 422
    assert send(url, {"first": "2026-12-01", "last": "2026-12-03"}).status_code == 303
    block = cast.chen.blocked_days.get()
    assert send(f"{url}{block.pk}/free/").status_code == 303
    assert cast.chen.blocked_days.count() == 0


def test_moves(enter, cast, send):
    enter("clerk")
    url = f"{LIST}{cast.chen.code}/"
    assert send(f"{url}pause/", {"reason": "rest"}).status_code == 303
    assert Member.objects.get(pk=cast.chen.pk).state == "paused"
    assert send(f"{url}do/resume/").status_code == 303
    assert send(f"{url}do/leave/").status_code == 303
    assert Member.objects.get(pk=cast.chen.pk).state == "left"
    assert send(f"{url}employer/", {"unit": cast.unit2.path}).status_code == 422
    assert send(f"{url}do/nonsense/").status_code == 422


def test_a_transfer_leads_back_to_the_list(enter, cast, send):
    enter("clerk")
    answer = send(f"{LIST}{cast.chen.code}/transfer/", {"community": cast.jiankang.path})
    assert (answer.status_code, answer.url) == (303, LIST)
    assert enter("clerk").get(f"{LIST}{cast.chen.code}/").status_code == 404
    assert "陈晨" in enter("clerk2").get(LIST).text


def test_picked_rows(enter, cast, send):
    one, two = add(cast), add(cast, "李芳", "13800010002")
    enter("clerk")
    answer = send(f"{LIST}picked/", {"pick": [one.code, two.code], "do": "team", "team": "水电队", "query": "unit=U001"})
    assert (answer.status_code, answer.url) == (303, f"{LIST}?unit=U001")
    assert {selectors.enrolment_of(m).team_name for m in (one, two)} == {"水电队"}
    send(f"{LIST}picked/", {"pick": [one.code], "do": "receipt"})
    assert selectors.open_enrolment(one).state == "receipted"
    assert send(f"{LIST}picked/", {"do": "team"}).status_code == 422
    enter("clerk2")
    assert send(f"{LIST}picked/", {"pick": [one.code], "do": "team", "team": "x"}).status_code == 422
    assert selectors.open_enrolment(one).team_name == "水电队"


def test_cards_show_their_codes_once(enter, cast, send):
    one, two = add(cast), add(cast, "李芳", "13800010002")
    enter("clerk")
    sheet = send(f"{LIST}picked/", {"pick": [one.code, two.code], "do": "cards"})
    assert sheet.status_code == 200 and len(sheet.context["cards"]) == 2
    code = sheet.context["cards"][0]["code"]
    assert code in sheet.text
    single = send(f"{LIST}{one.code}/card/")
    assert single.context["cards"][0]["code"] != code
    assert single.context["cards"][0]["login"] in [c["login"] for c in sheet.context["cards"]]
    words = send(f"{LIST}{one.code}/code/")
    assert words.status_code == 200 and words.context["words"] in words.text


def test_reporting_in_and_receipts_by_unit(enter, cast, send):
    one = add(cast, enrolment_state="issued")
    client = enter("clerk")
    page = client.get("/desk/reporting/")
    assert [(g["unit"], [r.member.name for r in g["rows"]]) for g in page.context["issued"]] == [("县水利局", ["王强"])]
    assert send("/desk/reporting/many/", {"pick": [one.code], "do": "report"}).status_code == 303
    assert selectors.open_enrolment(one).reported_on == date(2026, 11, 24)
    send("/desk/reporting/many/", {"pick": [one.code], "do": "receipt"})
    assert selectors.open_enrolment(one).state == "receipted"
    assert send("/desk/reporting/many/", {"do": "report"}).status_code == 422


def test_papers(enter, cast):
    made = add(cast, languages=["ug"])
    client = enter("clerk")
    for form in ("paper", "data"):
        answer = client.get(f"{LIST}export/", {"form": form})
        rows = python_calamine.load_workbook(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
        text = str(rows)
        assert "王强" in text and "陈晨" in text and "周平" not in text and "维吾尔" not in text
    assert audit.looks_at("ledger", cast.xingfu.path).count() == 2
    for url in (f"{LIST}{made.code}/slip/", f"{LIST}{made.code}/slip/?form=receipt", "/desk/reporting/slips/"):
        assert client.get(url).content.startswith(b"%PDF")
