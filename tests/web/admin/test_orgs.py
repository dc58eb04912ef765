"""A2: the tree and the units: added, pasted, renamed, moved, closed; never deleted."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baodao.domain.audit.models import Entry
from baodao.domain.orgs.models import Org, OrgPast, PartyOrg, Unit
from tests.cast import org, unit

pytestmark = pytest.mark.django_db
CHANGE = {"name": "幸福社区", "short_name": "", "seq": "1", "phone": "0997-5550100", "address": "", "households": "", "version": "1"}


def test_the_tree_stands_in_its_order(enter, cast):
    page = enter("sysadmin").get("/admin/orgs/").text
    wanted = ["示例县", "示例镇", "幸福社区", "第一网格", "幸福小区", "健康社区"]
    places = [page.index(f">{name}</a>") for name in wanted]
    assert places == sorted(places)


def test_more_rows_cost_no_more_queries(enter, cast):
    client = enter("sysadmin")
    with CaptureQueriesContext(connection, ) as few:
        client.get("/admin/orgs/")
    for number in range(3, 9):
        org("community", f"SZ0{number}", f"社区{number}", cast.town, number)
    with CaptureQueriesContext(connection) as many:
        client.get("/admin/orgs/")
    assert len(many) == len(few) <= 12


def test_one_is_added_below_another(enter, cast, send):
    enter("sysadmin")
    answer = send("/admin/orgs/add/", {"parent": cast.grid.code, "org_code": "E2", "name": "阳光家园", "phone": ""})
    assert answer.status_code == 303
    made = Org.objects.get(org_code="E2")
    assert (made.kind, made.path, made.name) == ("estate", f"{cast.grid.path}E2/", "阳光家园")
    assert Entry.objects.filter(action="org.added", subject_code=made.code).count() == 1


@pytest.mark.parametrize(("code", "name"), [("SZ01", "又一个"), ("中文", "甲"), ("A/B", "甲"), ("SZ09", "")])
def test_what_cannot_be_added_is_said_and_changes_nothing(enter, cast, send, code, name):
    enter("sysadmin")
    before = Org.objects.count()
    answer = send("/admin/orgs/add/", {"parent": cast.town.code, "org_code": code, "name": name, "phone": ""})
    assert answer.status_code == 422 and 'role="alert"' in answer.text
    assert Org.objects.count() == before


def test_nothing_stands_below_an_estate(enter, cast, send):
    enter("sysadmin")
    answer = send("/admin/orgs/add/", {"parent": cast.estate.code, "org_code": "X1", "name": "楼", "phone": ""})
    assert answer.status_code == 422 and "小区下面不再分" in answer.text


def test_a_sheet_is_pasted_whole_or_not_at_all(enter, cast, send):
    enter("sysadmin")
    good = "社区\tSZ\tSZ03\t团结社区\t0997-1\n网格\tSZ03\tG9\t第一网格\n小区\tG9\tE9\t团结小区"
    bad = send("/admin/orgs/paste/", {"text": good + "\n小区\tNOPE\tE10\t没有上级"})
    assert bad.status_code == 422 and "第 4 行" in bad.text and "团结社区" in bad.text
    assert not Org.objects.filter(org_code="SZ03").exists()
    assert send("/admin/orgs/paste/", {"text": good}).status_code == 303
    assert Org.objects.get(org_code="E9").path == f"{cast.town.path}SZ03/G9/E9/"


@pytest.mark.parametrize("text", ["", "街道,SZ,S1,某街道", "社区,SZ"])
def test_a_paste_that_cannot_be_read_is_named(enter, cast, send, text):
    enter("sysadmin")
    answer = send("/admin/orgs/paste/", {"text": text})
    assert answer.status_code == 422 and 'role="alert"' in answer.text


def test_a_new_name_keeps_the_old_one_with_its_day(enter, cast, send):
    enter("sysadmin")
    url = f"/admin/orgs/{cast.xingfu.code}/"
    assert send(url, {**CHANGE, "name": "新幸福社区", "version": str(cast.xingfu.version)}).status_code == 303
    cast.xingfu.refresh_from_db()
    assert cast.xingfu.name == "新幸福社区"
    assert list(OrgPast.objects.filter(org=cast.xingfu).values_list("name", flat=True)) == ["幸福社区"]


def test_a_branch_moves_and_its_paths_follow(enter, cast, send):
    enter("sysadmin")
    assert send(f"/admin/orgs/{cast.grid.code}/move/", {"to": cast.jiankang.path}).status_code == 303
    cast.estate.refresh_from_db()
    assert cast.estate.path == f"{cast.jiankang.path}G1/E1/"


def test_it_does_not_move_to_another_storey(enter, cast, send):
    enter("sysadmin")
    answer = send(f"/admin/orgs/{cast.grid.code}/move/", {"to": cast.town.path})
    assert answer.status_code == 422
    assert send(f"/admin/orgs/{cast.grid.code}/move/").status_code == 422
    cast.grid.refresh_from_db()
    assert cast.grid.path == f"{cast.xingfu.path}G1/"


def test_it_closes_from_below(enter, cast, send):
    enter("sysadmin")
    assert send(f"/admin/orgs/{cast.grid.code}/close/").status_code == 422
    assert send(f"/admin/orgs/{cast.estate.code}/close/").status_code == 303
    assert send(f"/admin/orgs/{cast.grid.code}/close/").status_code == 303
    assert Org.objects.filter(pk=cast.grid.pk).exists()


def test_units_are_listed_in_official_order_not_by_name(enter, cast):
    unit(cast.county, "U003", "阿县档案局", 3)
    page = enter("sysadmin").get("/admin/units/").text
    assert page.index("县水利局") < page.index("县教育局") < page.index("阿县档案局")


def test_units_are_pasted_at_the_end_of_the_order(enter, cast, send):
    enter("sysadmin")
    assert send("/admin/units/paste/", {"text": "U010\t县医院\t医院\t县医院党委\nU011\t县一中"}).status_code == 303
    assert list(Unit.objects.order_by("seq").values_list("unit_code", flat=True)) == ["U001", "U002", "U010", "U011"]
    again = send("/admin/units/paste/", {"text": "U012\t县二中\nU010\t又一个"})
    assert again.status_code == 422 and not Unit.objects.filter(unit_code="U012").exists()


def test_a_unit_learns_other_names(enter, cast, send):
    enter("sysadmin")
    cast.unit.refresh_from_db()
    data = {"name": "县水利局", "short_name": "水利", "party_org_name": "县水利局党支部", "kind": "organ", "seq": "1",
            "other_names": "水利局机关、水管总站", "version": str(cast.unit.version)}  # fmt: skip
    assert send(f"/admin/units/{cast.unit.code}/", data).status_code == 303
    cast.unit.refresh_from_db()
    assert cast.unit.other_names == ["水利局机关", "水管总站"]


PARTY = "示例镇党委,党委,示例镇\n幸福社区党总支,党总支,幸福社区,示例镇党委\n幸福社区第一党支部,党支部,幸福社区,幸福社区党总支"


def test_party_organisations_hang_below_each_other_and_are_counted(enter, cast, send):
    client = enter("sysadmin")
    assert send("/admin/party/", {"text": PARTY}).status_code == 303
    page = client.get("/admin/party/").text
    assert "党委 1 个" in page and "党总支 1 个" in page and "党支部 1 个" in page
    assert page.index("示例镇党委<") < page.index("幸福社区党总支<") < page.index("幸福社区第一党支部<")
    send("/admin/party/", {"text": PARTY})
    assert PartyOrg.objects.count() == 3


@pytest.mark.parametrize("line", ["某党支部,党支部,没有这里", "某党支部,小组,幸福社区", "某党支部,党支部,幸福社区,没有上级"])
def test_a_wrong_party_organisation_is_named_and_none_is_made(enter, cast, send, line):
    enter("sysadmin")
    page = send("/admin/party/", {"text": f"{PARTY}\n{line}"})
    assert page.status_code == 422 and "第 4 行" in page.text
    assert PartyOrg.objects.count() == 0
