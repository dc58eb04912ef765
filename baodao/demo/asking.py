"""What residents of the demo ask for, and how the communities deal with it: registered, triaged, handled, told.

Each week of a month is one round: what came in is accepted, what was accepted is handled, what is done is told.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from baodao.base.actor import PUBLIC
from baodao.base.days import clock
from baodao.demo.staff import Staff
from baodao.demo.town import Town
from baodao.domain.needs import services as needs
from baodao.domain.needs.rows import NewNeed
from baodao.domain.needs.services.triage import Triage

# category, weight, urgency, what was asked, what came of it, what the board says
_ASKED: tuple[tuple[str, str, str, str, str, str], ...] = (
    ("facility", "heavy", "urgent", "楼道灯不亮，晚上看不见台阶", "当晚换了灯泡，已经亮了", "楼道灯修好了"),
    ("facility", "heavy", "slow", "健身器材螺丝松了", "螺丝拧紧，松动的一件先围起来等换件", "健身器材检修过了"),
    ("facility", "light", "slow", "花坛边的座椅缺一块板", "补了一块木板", "座椅补好了"),
    ("safety", "heavy", "urgent", "消防通道被杂物堵住", "通道清空，贴了提醒", "消防通道清出来了"),
    ("safety", "heavy", "slow", "晚上东门没人值守，想请巡逻走这边", "巡逻线路加了东门", "夜间巡逻走东门了"),
    ("safety", "light", "slow", "校门口过马路车多，想请人站一站", "护学岗每周一、五站岗", "校门口有护学岗"),
    ("home", "light", "slow", "水龙头滴水，拧不紧", "换了阀芯，不漏了", "上门修了水龙头"),
    ("home", "light", "slow", "家里门锁打不开，想请师傅看看", "换了锁芯，试过三遍", "上门修了门锁"),
    ("home", "heavy", "slow", "腿脚不便，想请人上门理发", "两位同志上门理了发", "上门理发"),
    ("home", "heavy", "slow", "想请人陪着去医院做一次检查", "有同志陪着去，当天办完", "陪诊一次"),
    ("policy", "light", "slow", "医保怎么在手机上缴费", "当面教会，缴费成功", "教会手机缴医保"),
    ("policy", "light", "slow", "高龄补贴要带什么材料", "材料清单写好给了对方", "讲清了补贴材料"),
    ("policy", "heavy", "slow", "公租房续租的表不会填", "一起填好，交到窗口", "帮填了续租表"),
    ("jobs", "heavy", "slow", "想找仓库方面的工作，简历不会写", "简历改好，推荐到招聘会", "改了简历"),
    ("jobs", "light", "slow", "想了解开小店要办什么手续", "手续和窗口都写在单子上", "讲清了办店手续"),
    ("language", "light", "slow", "想晚上学国家通用语言", "报上了周四晚上的班", "语言班加了名额"),
    ("language", "light", "slow", "想学用手机挂号", "参加了手机使用班", "手机班教挂号"),
    ("other", "light", "slow", "想借活动室办一次棋类比赛", "周末下午可以用，钥匙在大厅", "活动室借出一次"),
    ("other", "light", "slow", "想捐一批旧书", "图书角收下了", "图书角多了一批书"),
)
_CALLED = ("王大妈", "李先生", "张女士", "刘师傅", "陈阿姨", "古丽", "买买提", "马先生", "赵奶奶", "孙先生", "帕提古丽", "周女士")
_SOURCES = ("counter", "counter", "phone", "phone", "door", "qr")
_ELSEWHERE = (("县供水公司", "已经转给县供水公司，他们三天内联系您"), ("县供电公司", "已经转给县供电公司，他们三天内联系您"))


@dataclass(slots=True)
class Desk:
    """The needs a community still has on its table."""

    fresh: list[Any] = field(default_factory=list)
    accepted: list[Any] = field(default_factory=list)
    done: list[Any] = field(default_factory=list)
    outcomes: dict[int, tuple[str, str]] = field(default_factory=dict)
    phones: set[int] = field(default_factory=set)


def week(rng: random.Random, town: Town, staff: Staff, desks: dict[str, Desk], day: date, posts: dict[str, Any]) -> None:
    """One round on ``day``: tell, handle, accept, register, in this order, so that nothing is done in a minute."""
    for index, community in enumerate(town.communities):
        desk = desks.setdefault(community.path, Desk())
        clerk = staff.clerks[community.path]
        with clock.freeze(datetime.combine(day, time(11, 2 + index))):
            _tell(clerk, desk)
            _handle(rng, clerk, desk, posts[community.path])
            _accept(clerk, desk)
            _register(rng, town, community, clerk, desk)


def _register(rng: random.Random, town: Town, community: Any, clerk: Any, desk: Desk) -> None:
    rows, came = [], []
    for _n in range(rng.choice((1, 2, 2, 3))):
        category, weight, urgency, text, outcome, shown = rng.choice(_ASKED)
        source, at = rng.choice(_SOURCES), clock.now() - timedelta(hours=rng.randint(1, 60), minutes=rng.randint(0, 59))
        phone = f"1990999{rng.randrange(10_000):04d}" if rng.random() < 0.7 else ""
        wished = clock.today() + timedelta(days=rng.randint(4, 12)) if rng.random() < 0.25 else None
        rows.append(
            NewNeed(
                text=text, community=community, category=category if rng.random() < 0.85 else "",
                estate=rng.choice(town.estates[community.path]), contact_name=rng.choice(_CALLED) if phone else "",
                contact_phone=phone, source=source, registered_at=at, wished_on=wished,
            )
        )  # fmt: skip
        came.append((weight, urgency, outcome, shown, category, bool(phone)))
    for public in (True, False):
        part = [i for i, row in enumerate(rows) if (row.source == "qr") is public]
        made = needs.register_many(actor=PUBLIC if public else clerk, needs=[rows[i] for i in part])
        for need, i in zip(made, part, strict=True):
            weight, urgency, outcome, shown, category, has_phone = came[i]
            need.triage = Triage(weight=weight, urgency=urgency, wished_on=need.wished_on, category=category)
            desk.fresh.append(need)
            desk.outcomes[need.pk] = (outcome, shown)
            if has_phone:
                desk.phones.add(need.pk)


def _accept(clerk: Any, desk: Desk) -> None:
    if desk.fresh:
        needs.accept_many(actor=clerk, needs=desk.fresh, triage=[need.triage for need in desk.fresh])
    desk.accepted, desk.fresh = [*desk.accepted, *desk.fresh], []


def _handle(rng: random.Random, clerk: Any, desk: Desk, post: Any) -> None:
    """Most are done by a post; some go to another office, some cannot be done, a few wait another week."""
    later, done = [], []
    for need in desk.accepted:
        drawn = rng.random()
        if drawn < 0.12:
            later.append(need)
        elif drawn < 0.18:
            to, words = rng.choice(_ELSEWHERE)
            needs.refer(actor=clerk, need=need, to=to, words=words)
            desk.done.append(need)
        elif drawn < 0.22:
            told = "phone" if need.pk in desk.phones else "in_person"
            needs.refuse(actor=clerk, need=need, words="社区办不了这件事，窗口和电话写在单子上了", told=told)
        else:
            done.append(need)
    if done:
        needs.assign_many(actor=clerk, needs=done, subject_code=post.code, words=post.name)
        said = [desk.outcomes[need.pk] for need in done]
        needs.finish_many(
            actor=clerk, needs=done, outcomes=[one for one, _ in said], public_words=[shown for _, shown in said]
        )
    desk.done += done
    desk.accepted = later


def _tell(clerk: Any, desk: Desk) -> None:
    if desk.done:
        ways = ["phone" if need.pk in desk.phones else "in_person" for need in desk.done]
        needs.tell_many(actor=clerk, needs=desk.done, told=ways)
    desk.done = []


def coming(rng: random.Random, town: Town, staff: Staff, desks: dict[str, Desk]) -> None:
    """What stands on the desks today: fresh ones from the last hours, some accepted for the coming month."""
    for community in town.communities:
        desk, clerk = desks.setdefault(community.path, Desk()), staff.clerks[community.path]
        for hours in (30, 3):
            with clock.freeze(clock.now() - timedelta(hours=hours)):
                if hours == 3:
                    _accept(clerk, desk)
                _register(rng, town, community, clerk, desk)
