"""The persons of the tests: a small county with one town, two communities and two units.

王书记 signs for the town, 李干事 is clerk of 幸福社区, 周干事 next door must see nothing of it, 赵联络 keeps unit U001's
list, 陈党员 serves in 幸福社区, 周党员 in 健康社区 (must see nothing of 幸福社区).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from baodao.base import paths
from baodao.base.actor import Actor, Grant, program
from baodao.domain.accounts import selectors as accounts
from baodao.domain.accounts import services as account_services
from baodao.domain.accounts.models import Account
from baodao.domain.members.models import Employment, Enrolment, Member
from baodao.domain.orgs.models import Org, Unit

SINCE = date(2024, 1, 1)
PASSWORD = "baodao-demo"
PROGRAM = program("test")


@dataclass
class Cast:
    """Everybody and everything a test may name."""

    county: Org
    town: Org
    xingfu: Org
    jiankang: Org
    grid: Org
    estate: Org
    unit: Unit
    unit2: Unit
    accounts: dict[str, Account]
    chen: Member
    zhou: Member

    def actor(self, login: str) -> Actor:
        """The actor of a login."""
        return accounts.actor_for(self.accounts[login])


def org(kind: str, code: str, name: str, parent: Org | None = None, seq: int = 0) -> Org:
    """Make an organisation below ``parent``."""
    path = paths.child(parent.path if parent else "", code)
    return Org.objects.create(
        kind=kind, org_code=code, name=name, parent=parent, path=path, seq=seq, since=SINCE, phone="0997-5550100"
    )


def unit(county: Org, code: str, name: str, seq: int) -> Unit:
    """Make a unit of the county."""
    return Unit.objects.create(
        county=county, unit_code=code, name=name, short_name=name, path=paths.unit(county.path, code), seq=seq,
        since=SINCE, party_org_name=f"{name}党支部",
    )


def member(name: str, community: Org, works_at: Unit | None = None, **more: object) -> Member:
    """Make a member on the ledger of a community (in-service when a unit is given)."""
    from baodao.domain.members.rows import name_columns

    person = Member.objects.create(
        county=paths.county_of(community.path),
        kind="in_service" if works_at else "community",
        **name_columns(name),
        **more,
    )
    Enrolment.objects.create(member=person, community=community, community_path=community.path, since=SINCE)
    if works_at:
        Employment.objects.create(member=person, unit=works_at, since=SINCE)
    return person


def account(login: str, role: str, path: str, name: str, member_id: int | None = None) -> Account:
    """Make a login with one role and the test password."""
    made = account_services.create_account(
        actor=PROGRAM, login=login, display_name=name, member_id=member_id, demo_password=PASSWORD
    )
    account_services.give_role(actor=PROGRAM, account=made, role=role, path=path, since=SINCE)
    return made


def build() -> Cast:
    """Put the cast into the database."""
    county = org("county", "SX", "示例县")
    town = org("town", "SZ", "示例镇", county)
    xingfu = org("community", "SZ01", "幸福社区", town, 1)
    jiankang = org("community", "SZ02", "健康社区", town, 2)
    grid = org("grid", "G1", "第一网格", xingfu, 1)
    estate = org("estate", "E1", "幸福小区", grid, 1)
    first, second = unit(county, "U001", "县水利局", 1), unit(county, "U002", "县教育局", 2)
    chen, zhou = member("陈晨", xingfu, first), member("周平", jiankang, second)
    made = {
        "town": account("town", "town", town.path, "孙干事"),
        "townlead": account("townlead", "townlead", town.path, "王书记"),
        "secretary": account("secretary", "secretary", xingfu.path, "吴书记"),
        "clerk": account("clerk", "clerk", xingfu.path, "李干事"),
        "clerk2": account("clerk2", "clerk", jiankang.path, "周干事"),
        "grid": account("grid", "grid", grid.path, "郑网格"),
        "liaison": account("liaison", "liaison", first.path, "赵联络"),
        "member": account("member", "member", xingfu.path, "陈晨", chen.pk),
        "member2": account("member2", "member", jiankang.path, "周平", zhou.pk),
        "county": account("county", "county", county.path, "县里"),
        "sysadmin": account("sysadmin", "sysadmin", "", "系统管理员"),
        "secadmin": account("secadmin", "secadmin", "", "安全管理员"),
        "auditor": account("auditor", "auditor", "", "审计管理员"),
    }
    return Cast(county, town, xingfu, jiankang, grid, estate, first, second, made, chen, zhou)


def acting(role: str, path: str, account_id: int = 1) -> Actor:
    """An actor without an account row, for rules and selectors."""
    return Actor(account_id=account_id, label="person", grants=(Grant(role, path),))
