"""Which of the seven steps are done, skipped or open: read from what is there, so that leaving and coming back loses nothing."""

from __future__ import annotations

from dataclasses import dataclass

from baodao.base import paths
from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.base.verdict import Absent
from baodao.domain.accounts import selectors as accounts
from baodao.domain.calendar import selectors as calendar
from baodao.domain.members import selectors as members
from baodao.domain.orgs import selectors as orgs
from baodao.domain.points import selectors as points

FIRST_DAY = ("sysadmin", "secadmin", "town", "townlead", "secretary", "clerk")
SYS, SEC, LOCAL = frozenset({"sysadmin"}), frozenset({"secadmin"}), frozenset({"town", "townlead", "secretary", "clerk"})


@dataclass(frozen=True, slots=True)
class Step:
    """One of the seven: what it is called, whose it is, how it stands and what is there already."""

    key: str
    title: str
    words: str
    who: frozenset[str]
    whose: str
    state: str = "open"
    there: str = ""

    @property
    def is_open(self) -> bool:
        """Neither done nor skipped."""
        return self.state == "open"


STEPS = (
    Step("names", "名称和电话", "镇的名称、电话，发文机关和代字", SYS, "系统管理员"),
    Step("places", "社区、网格、小区", "写、粘贴或用 Excel", SYS, "系统管理员"),
    Step("units", "单位", "按规范次序，写、粘贴或用 Excel", SYS, "系统管理员"),
    Step("hours", "工时和日历", "几点上班，今年和明年的放假", SYS, "系统管理员"),
    Step("people", "工作人员和角色", "书记、专干、网格员、联络员、镇里的人", SEC, "安全管理员"),
    Step("rules", "积分规则", "选一套，以后能换", SYS, "系统管理员"),
    Step("ledger", "第一份台账", "一个社区的党员名单，Excel 就行", LOCAL, "社区专干或镇里经办"),
)


def town_for(actor: Actor, code: str) -> object:
    """The town whose first day it is; Absent for somebody of another town."""
    town = orgs.by_public_code(code)
    if town.kind != "town" or (actor.path and not paths.covers(town.path, actor.path)):
        raise Absent
    return town


def towns_of(actor: Actor) -> list[object]:
    """The towns this person may set up."""
    return [town for town in orgs.towns() if not actor.path or paths.covers(town.path, actor.path)]


def steps(town: object) -> list[Step]:
    """The seven steps with their state."""
    path = town.path  # type: ignore[attr-defined]
    skipped = set(orgs.setting(path, "done"))  # type: ignore[call-overload]
    there = _what_is_there(town, path)
    return [
        Step(s.key, s.title, s.words, s.who, s.whose, _state(there[s.key], s.key in skipped), there[s.key]) for s in STEPS
    ]


def next_of(found: list[Step], actor: Actor, after: str = "") -> Step | None:
    """The next open step of this person, from the one after ``after`` on, then from the start."""
    keys = [step.key for step in found]
    start = keys.index(after) + 1 if after in keys else 0
    turned = found[start:] + found[:start]
    return next((step for step in turned if step.is_open and actor.has(*step.who) and step.key != after), None)


def _state(there: str, skipped: bool) -> str:
    return "done" if there else "skipped" if skipped else "open"


def _what_is_there(town: object, path: str) -> dict[str, str]:
    communities, units = len(orgs.communities(path)), len(orgs.units(paths.county_of(path)))
    grids, estates = orgs.count_below(path)
    staff, rules = accounts.staff_count(path), points.active_rules(path)
    ledger = sum(members.serving_counts(path).values())
    loaded = bool(calendar.listed_days(clock.today().year)) and bool(calendar.seasons(path))
    return {
        "names": town.phone,  # type: ignore[attr-defined]
        "places": f"{communities} 个社区，{grids} 个网格，{estates} 个小区" if communities else "",
        "units": f"{units} 个单位" if units else "",
        "hours": f"{clock.today().year} 年已录入" if loaded else "",
        "people": f"{staff} 人有角色" if staff else "",
        "rules": str(rules.get_preset_display()) if rules else "",
        "ledger": f"{ledger} 人在册" if ledger else "",
    }
