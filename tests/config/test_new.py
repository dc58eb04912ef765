"""``new``: an empty real town, three administrators, no known password, no demo afterwards."""

from __future__ import annotations

import pytest

COUNTS = """
from baodao.domain.orgs.models import Org, Unit
from baodao.domain.accounts.models import Account
from baodao.domain.members.models import Member
print(list(Org.objects.order_by("path").values_list("path", "name")), Unit.objects.count(), Member.objects.count())
print([(a.login, [g.role for g in a.grants.all()], a.has_usable_password()) for a in Account.objects.order_by("login")])
"""


def test_it_prints_a_code_for_each_administrator(place):
    codes = place.new()
    assert list(codes) == ["root", "root-sec", "root-audit"]
    assert len(set(codes.values())) == 3
    orgs, accounts = place.python(COUNTS).splitlines()
    assert orgs == "[('SX/', '示例县'), ('SX/SZ/', '示例镇')] 0 0"
    assert accounts == (
        "[('root', ['sysadmin'], False), ('root-audit', ['auditor'], False), ('root-sec', ['secadmin'], False)]"
    )


def test_a_town_of_that_code_is_refused_and_nothing_changes(founded):
    place = founded
    before = place.python(COUNTS)
    done = place.run("new", "--county", "SX", "示例县", "--town", "SZ", "别的镇", "--admin", "other")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "代码是 SZ 的镇已经有了。\n")
    assert place.python(COUNTS) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--county", "SX", "示例县", "--town", "S_Z", "示例镇", "--admin", "root"], "--town 代码用字母、数字和短横，最多 12 个。\n"),
        (["--county", "县", "示例县", "--town", "SZ", " ", "--admin", "root"],
         "--county 代码用字母、数字和短横，最多 12 个。\n--town 名称要有 1 到 60 个字。\n"),
        (["--county", "SX", "示例县", "--town", "SZ", "示例镇", "--admin", "r" * 35], "--admin 登录名要有 1 到 34 个字。\n"),
    ],
)  # fmt: skip
def test_a_code_that_can_be_none_is_a_wrong_argument_and_nothing_is_made(place, words, said):
    done = place.run("new", *words)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", said)
    place.new()  # nothing is in the way: the right words make the town


def test_a_real_town_is_never_given_a_demo(founded):
    place = founded
    before = place.python(COUNTS)
    assert place.ok("demo", "--no-serve") == "这里有真实的镇，不装演示数据。\n"
    for words in (("--seed", "3"), ("--today", "2026-03-01"), ("--reset",), ("--remove",)):
        done = place.run("demo", "--no-serve", *words)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.count("\n") == 1
    assert place.python(COUNTS) == before


def test_the_clock_of_a_real_town_is_not_moved(founded):
    place = founded
    done = place.run("verify_audit", BAODAO_TODAY="2026-01-01")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "有真实的镇，不能用 BAODAO_TODAY 改日子。\n")


def test_reset_login_gives_a_new_code(founded):
    place, first = founded, founded.codes["root"]
    out = place.ok("reset_login", "root")
    assert out.startswith("root 的一次性码（15 分钟内有效，只能用一次）：")
    assert out.strip()[-9:] != first
    done = place.run("reset_login", "nobody")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "没有登录名 nobody。\n")
