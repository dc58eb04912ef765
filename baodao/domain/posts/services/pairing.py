"""Pairing unit ↔ community, fixing member–post–time, teams. Pairing never reaches a person or a household."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext as _

from baodao.base import paths
from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.base.days.service_days import WEEKDAYS
from baodao.base.text.controls import strip_controls
from baodao.base.verdict import Refused, must
from baodao.domain.audit.services import move, record, save_if_version, service
from baodao.domain.notices import services as notices
from baodao.domain.posts import rules
from baodao.domain.posts.behalf import speaking
from baodao.domain.posts.models import Fixing, Pairing, Post, Team
from baodao.domain.posts.states import FIXING_TRANSITIONS, FixingState, PostState


@service
def pair_many(*, actor: Actor, rows: Iterable[tuple[Any, Any]], since: date | None = None) -> list[Pairing]:
    """结对: (unit, community) pairs in one insert; the unit's members may serve there beside their own community."""
    wanted, made = list(rows), []
    for _unit, community in wanted:
        must(rules.may_keep(actor, community.path))
    known = set(
        Pairing.objects.filter(until__isnull=True, unit__in=[u for u, _c in wanted]).values_list("unit_id", "community_id")
    )
    for unit, community in wanted:
        if (unit.pk, community.pk) in known:
            raise Refused(_("%(unit)s已经和本社区结对。") % {"unit": unit.name}, code="duplicate")
        known.add((unit.pk, community.pk))
        one = Pairing(unit=unit, community=community, community_path=community.path, since=since or clock.today())
        one.stamp()
        made.append(one)
    Pairing.objects.bulk_create(made, batch_size=200)
    for one in made:
        data = {"unit": one.unit.unit_code, "community": one.community_path}
        record("pairing.made", actor=actor, subject=one, town=paths.town_of(one.community_path), data=data)
    return made


@service
def pair(*, actor: Actor, unit: Any, community: Any, since: date | None = None) -> Pairing:
    """结对: one unit and one community."""
    return pair_many(actor=actor, rows=[(unit, community)], since=since)[0]


@service
def unpair(*, actor: Actor, pairing: Pairing) -> Pairing:
    """End a pairing today; what was accepted before stays."""
    must(rules.may_keep(actor, pairing.community_path))
    if pairing.until is not None:
        raise Refused(_("已经解除过了。"))
    pairing.until = clock.today()
    pairing.save(update_fields=["until"])
    record("pairing.ended", actor=actor, subject=pairing, town=paths.town_of(pairing.community_path))
    return pairing


@service
def offer_fixing(
    *, actor: Actor, member: Any, post: Post, weekday: int, start: time, until: date | None = None
) -> Fixing:
    """两定: propose a fixed time to a member; it counts only after the member accepted it."""
    must(rules.may_keep(actor, post.community_path))
    if post.state != PostState.OPEN:
        raise Refused(_("岗位开放以后才能定时间。"))
    if not 0 <= weekday <= 6:
        raise Refused(_("选周几。"))
    same = Fixing.objects.filter(member=member, post=post, weekday=weekday, start=start)
    if same.exclude(state=FixingState.ENDED).exists():
        raise Refused(_("这个时间已经定过。"), code="duplicate")
    made = Fixing(member=member, post=post, weekday=weekday, start=start, since=clock.today(), until=until)
    made.save()
    record("fixing.offered", actor=actor, subject=made, town=post.town, data={"post": post.code, "weekday": weekday})
    data = {"post": post.name, "time": f"每{WEEKDAYS[weekday]} {start:%H:%M}"}
    notices.tell(
        actor=actor, key="fixing.offered", member=member, path=post.community_path, subject_code=made.code, data=data
    )
    return made


@service
def accept_fixing(
    *, actor: Actor, fixing: Fixing, asked_how: str = "", asked_at: datetime | None = None
) -> Fixing:
    """The member accepts (or the desk because the member said so): from now on the plan honours it."""
    said = speaking(actor, fixing.member_id, fixing.post.community_path, asked_how=asked_how, asked_at=asked_at)
    move(fixing, to=FixingState.ACCEPTED, transitions=FIXING_TRANSITIONS)
    for name, value in said.values().items():
        setattr(fixing, name, value)
    fixing.save(update_fields=["on_behalf_by", "asked_how", "asked_at"])
    record("fixing.accepted", actor=actor, subject=fixing, town=fixing.post.town, data={"post": fixing.post.code})
    return fixing


@service
def end_fixing(*, actor: Actor, fixing: Fixing) -> Fixing:
    """End a fixed time: the member without a reason, or the desk."""
    if actor.member_id != fixing.member_id:
        must(rules.may_keep(actor, fixing.post.community_path))
    move(fixing, to=FixingState.ENDED, transitions=FIXING_TRANSITIONS)
    fixing.until = clock.today()
    fixing.save(update_fields=["until"])
    record("fixing.ended", actor=actor, subject=fixing, town=fixing.post.town, data={"post": fixing.post.code})
    return fixing


@service
def make_team(
    *, actor: Actor, community: Any, name: str, speciality: str = "", leader: Any = None, members: Iterable[Any] = ()
) -> Team:
    """编组: a team of like speciality or career."""
    must(rules.may_keep(actor, community.path))
    said = strip_controls(name).strip()
    if not said:
        raise Refused(_("给编组起个名字。"), code="name")
    made = Team(community=community, name=said[:40], speciality=speciality, leader=leader)
    made.save()
    together = list({one.pk: one for one in [*members, *([leader] if leader else [])]}.values())
    made.members.set(together)
    record("team.made", actor=actor, subject=made, town=paths.town_of(community.path), data={"members": len(together)})
    return made


@service
def set_team(
    *, actor: Actor, team: Team, version: int, name: str, speciality: str, leader: Any, members: Iterable[Any]
) -> Team:
    """Change a team's name, speciality, leader and members."""
    must(rules.may_keep(actor, team.community.path))
    changes = {"name": strip_controls(name).strip()[:40], "speciality": speciality, "leader": leader}
    save_if_version(team, version=version, changes=changes, labels={"name": "名字", "speciality": "特长", "leader": "组长"})
    together = list({one.pk: one for one in [*members, *([leader] if leader else [])]}.values())
    team.members.set(together)
    town = paths.town_of(team.community.path)
    record("team.changed", actor=actor, subject=team, town=town, data={"members": len(together)})
    return team


@service
def end_team(*, actor: Actor, team: Team) -> Team:
    """Dissolve a team today."""
    must(rules.may_keep(actor, team.community.path))
    team.until = clock.today()
    team.save(update_fields=["until"])
    record("team.ended", actor=actor, subject=team, town=paths.town_of(team.community.path))
    return team
