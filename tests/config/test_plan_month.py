"""``plan_month`` as called from outside: figures, exit status, sending what is approved."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command

from baodao.domain.accounts.models import Account
from baodao.domain.matching.models import Offer, Plan
from tests.domain.matching.small_town import MONTH, full_month


def run(*words):
    call_command("plan_month", *words)


def refused(capsys, *words):
    with pytest.raises(SystemExit) as error:
        run(*words)
    return error.value.code, capsys.readouterr().err.strip()


def test_figures_add_up(cast, capsys):
    full_month(cast)
    run("--town", "SZ", "--month", MONTH, "--json")
    found = json.loads(capsys.readouterr().out)
    assert list(found) == ["sessions", "places", "filled", "unfilled", "levels", "bound", "gap", "status", "seconds"]
    assert (found["sessions"], found["places"]) == (24, 48)
    missing = found["places"] - found["filled"]
    assert (missing > 0) == bool(found["unfilled"]) and len(found["unfilled"]) <= missing
    assert all(row["reasons"] for row in found["unfilled"])
    assert set(found["levels"]) == {"mandatory", "behind", "desired", "fit"}
    assert Plan.objects.count() == 2


def test_one_community_alone(cast, capsys):
    full_month(cast)
    run("--town", "SZ", "--month", MONTH, "--community", "SZ02", "--json")
    assert json.loads(capsys.readouterr().out)["sessions"] == 12
    assert [p.community_path for p in Plan.objects.all()] == [cast.jiankang.path]


def test_in_words(cast, capsys):
    full_month(cast, people=10)
    run("--town", "SZ", "--month", MONTH)
    assert capsys.readouterr().out.startswith("2026-12：班次 24 个，要 48 人次")


def test_publishing_in_the_demo_town_approves_too(cast, capsys):
    full_month(cast)
    run("--town", "SZ", "--month", MONTH, "--publish", "--json")
    found = json.loads(capsys.readouterr().out)
    assert set(Plan.objects.values_list("state", flat=True)) == {"published"}
    assert found["offers"] == Offer.objects.count() > 0


def test_publishing_again_finds_nothing_left_to_send(cast, capsys):
    full_month(cast)
    run("--town", "SZ", "--month", MONTH, "--publish", "--json")
    for _again in range(2):  # what is left open may be offered to others once; then there is nobody left to ask
        run("--town", "SZ", "--month", MONTH, "--publish", "--json")
    capsys.readouterr()
    run("--town", "SZ", "--month", MONTH, "--publish", "--json")
    assert json.loads(capsys.readouterr().out)["offers"] == 0


def test_publishing_elsewhere_waits_for_the_secretary(cast, capsys):
    full_month(cast)
    Account.objects.update(demo=False)
    code, words = refused(capsys, "--town", "SZ", "--month", MONTH, "--publish")
    assert (code, words.splitlines()) == (1, ["幸福社区的计划还没有批准，没有发邀请。", "健康社区的计划还没有批准，没有发邀请。"])
    assert (Offer.objects.count(), set(Plan.objects.values_list("state", flat=True))) == (0, {"draft"})


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("--town", "XX", "--month", MONTH), 2, "没有代码是 XX 的镇。"),
        (("--town", "SZ", "--month", "12月"), 2, "看不懂月份“12月”，写成 2026-11 的样子"),
        (("--town", "SZ", "--month", MONTH, "--community", "SZ99"), 2, "示例镇没有代码是 SZ99 的社区。"),
        (("--town", "SZ", "--month", MONTH, "--seconds", "0"), 2, "--seconds 填 1 到 3600。"),
        (("--town", "SZ", "--month", "2026-10"), 1, "这个月已经过完，不能再排。"),
        (("--town", "SZ", "--month", MONTH), 1, "这个月还没有能排的班次，先在“岗位与班次”里生成。"),
    ],
)
def test_refusals(cast, capsys, words, status, said):
    assert refused(capsys, *words) == (status, said)
    assert Plan.objects.count() == 0


@pytest.mark.django_db
def test_a_town_without_communities_is_told_so(capsys):
    call_command("new", "--county", "XX", "某县", "--town", "XT", "某镇", "--admin", "boss")
    capsys.readouterr()
    assert refused(capsys, "--town", "XT", "--month", MONTH) == (1, "镇里还没有社区，先建社区再安排。")
    assert not Plan.objects.exists()
