"""The staff of the demo: the logins of the contract, and clerks and secretaries without any password elsewhere.

A community whose clerk has no demo login still needs somebody whose deeds the history can name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from baodao.base.actor import Actor, program
from baodao.demo.cast import PASSWORD
from baodao.demo.people import People
from baodao.demo.town import Town
from baodao.domain.accounts import selectors
from baodao.domain.accounts import services as accounts

_NAMES = {
    "town": "孙干事",
    "townlead": "王书记",
    "secretary": "吴书记",
    "clerk": "李干事",
    "clerk2": "周干事",
    "grid": "郑网格",
    "leader": "赵建国",
    "liaison": "赵联络",
    "member": "陈晨",
    "county": "钱科长",
    "sysadmin": "系统管理员",
    "secadmin": "安全管理员",
    "auditor": "审计管理员",
}


@dataclass(slots=True)
class Staff:
    """Who acts in the history; keys are community paths where a dictionary is meant."""

    town: Actor
    townlead: Actor
    clerks: dict[str, Actor]
    secretaries: dict[str, Actor]
    grid: Actor
    liaison: Actor
    members: dict[int, Actor]
    people: People


def hire(town: Town, people: People, since: date) -> Staff:
    """Make all logins; only those of the contract get the password that everybody knows."""
    first, second = town.communities[:2]
    where = {
        "town": ("town", town.town.path),
        "townlead": ("townlead", town.town.path),
        "secretary": ("secretary", first.path),
        "clerk": ("clerk", first.path),
        "clerk2": ("clerk", second.path),
        "grid": ("grid", town.grids[first.path][0].path),
        "leader": ("member", first.path),
        "liaison": ("liaison", town.units[0].path),
        "member": ("member", first.path),
        "county": ("county", town.county.path),
        "sysadmin": ("sysadmin", ""),
        "secadmin": ("secadmin", ""),
        "auditor": ("auditor", ""),
    }
    ids = {"leader": people.leader.pk, "member": people.member.pk}
    made = {login: _login(login, *where[login], since, ids.get(login)) for login in where}
    clerks = {first.path: made["clerk"], second.path: made["clerk2"]}
    secretaries = {first.path: made["secretary"]}
    for community in town.communities:
        code = community.org_code.lower()
        if community.path not in clerks:
            clerks[community.path] = _keyless(f"clerk.{code}", "clerk", community, since)
        if community.path not in secretaries:
            secretaries[community.path] = _keyless(f"secretary.{code}", "secretary", community, since)
    members = {ids["leader"]: made["leader"], ids["member"]: made["member"]}
    return Staff(made["town"], made["townlead"], clerks, secretaries, made["grid"], made["liaison"], members, people)


def _login(login: str, role: str, path: str, since: date, member_id: int | None) -> Actor:
    account = accounts.create_account(
        actor=program("demo"), login=login, display_name=_NAMES[login], member_id=member_id, demo_password=PASSWORD
    )
    accounts.give_role(actor=program("demo"), account=account, role=role, path=path, since=since)
    return selectors.actor_for(account)


def _keyless(login: str, role: str, community: Any, since: date) -> Actor:
    word = {"clerk": "专干", "secretary": "书记"}[role]
    account = accounts.create_account(
        actor=program("demo"), login=login, display_name=f"{community.short_name}{word}"
    )
    accounts.give_role(actor=program("demo"), account=account, role=role, path=community.path, since=since)
    return selectors.actor_for(account)
