"""Reads of posts: the catalogue, posts by scope, commitments, who is paired with whom, what is fixed."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Count, Q

from baodao.base import paths
from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.base.verdict import Absent
from baodao.domain.columns import under, under_any
from baodao.domain.members import selectors as members
from baodao.domain.posts.catalogue import CATALOGUE, Template
from baodao.domain.posts.models import Claim, Commitment, Fixing, Pairing, Post, Team
from baodao.domain.posts.rules import READERS
from baodao.domain.posts.states import CommitmentState, FixingState, PostKind, PostState

OPEN_COMMITMENTS = (CommitmentState.SHOWN, CommitmentState.ADJUSTED)


FORM_FIELDS = (
    "name", "kind", "tier", "duties", "place", "min_people", "desired_people", "max_people", "two_person", "remote",
    "skill", "role_skill", "role_count", "certificate", "language", "hazard", "insurance", "quality", "since", "until",
    "pattern", "version",
)  # fmt: skip


def _within(actor: Actor, rows: models.QuerySet[Any], column: str) -> models.QuerySet[Any]:
    if actor.is_program:
        return rows
    return rows.filter(under_any(column, tuple(g.path for g in actor.grants if g.role in READERS)))


def catalogue() -> tuple[Template, ...]:
    """The starter catalogue, the seed's six kinds first."""
    return CATALOGUE


def visible(actor: Actor) -> models.QuerySet[Post]:
    """Posts of the actor's places; a member sees the open ones of the town and those he leads."""
    rows = Post.objects.select_related("community", "leader").order_by("community_path", "name", "pk")
    if actor.has("member"):
        town = paths.town_of(actor.path)
        mine = Q(leader_id=actor.member_id) if actor.member_id else Q(pk__in=[])
        return rows.filter((Q(town=town) & Q(state=PostState.OPEN)) | mine) if town else rows.none()
    return _within(actor, rows, "community_path")


def get_for(actor: Actor, code: str) -> Post:
    """One post the actor may see; Absent otherwise."""
    found = visible(actor).filter(code=code).first()
    if found is None:
        raise Absent
    return found


def kept(actor: Actor, community: str) -> models.QuerySet[Post]:
    """A community's posts for its desk, with how many hold them, promise for them and asked for them."""
    return (
        visible(actor)
        .filter(under("community_path", community))
        .annotate(
            holders=Count("claims", filter=Q(claims__state="held"), distinct=True),
            promises=Count("commitments", filter=Q(commitments__state__in=OPEN_COMMITMENTS), distinct=True),
            sources=Count("from_needs", distinct=True),
        )
    )


def state_counts(actor: Actor, community: str) -> dict[str, int]:
    """How many posts of a community are in each state."""
    rows = visible(actor).filter(under("community_path", community)).order_by()
    return dict(rows.values_list("state").annotate(n=Count("id")))


def by_kind(templates: dict[str, list[Any]]) -> list[tuple[str, list[Any]]]:
    """Templates under their kind's word, in the order of the catalogue."""
    return [(str(PostKind(kind).label), rows) for kind, rows in templates.items()]


def values_of(post: Post) -> dict[str, Any]:
    """A post's values as its form shows them."""
    found = {name: getattr(post, name) for name in FORM_FIELDS}
    return found | {"leader": post.leader.code if post.leader else "", "supervisor": post.supervisor_account or ""}


def open_posts(path: str) -> models.QuerySet[Post]:
    """The posts under a path that are offered (public: names, times and numbers, no persons)."""
    return Post.objects.filter(under("community_path", path), state=PostState.OPEN).order_by("community_path", "name")


def claims(post: Post) -> models.QuerySet[Claim]:
    """Who holds a post or asked to, in the printed order of names."""
    rows = post.claims.exclude(state="ended").select_related("member")
    return rows.order_by("member__sort_surname", "member__name", "pk")


def claim_for(actor: Actor, code: str) -> Claim:
    """One claim the actor may see: his own, or one of his community's posts."""
    rows = Claim.objects.select_related("post", "member")
    if actor.has("member"):
        rows = rows.filter(member_id=actor.member_id)
    else:
        rows = _within(actor, rows, "post__community_path")
    return _one(rows, code)


def claims_of(actor: Actor) -> list[Claim]:
    """The posts a member holds or asked for, by name."""
    if not actor.member_id:
        return []
    rows = Claim.objects.filter(member_id=actor.member_id).exclude(state="ended").select_related("post", "member")
    return list(rows.order_by("post__name", "pk"))


def needs_of(post: Post) -> list[Any]:
    """The needs a post came from (number and category; the desk reads the text at the need)."""
    return [row.need for row in post.from_needs.select_related("need").order_by("need__registered_at")]


def commitments_visible(actor: Actor) -> models.QuerySet[Commitment]:
    """Commitments of the actor's places; a member's own."""
    rows = Commitment.objects.select_related("post", "member").order_by("member__sort_surname", "member__name", "pk")
    if actor.has("member"):
        return rows.filter(member_id=actor.member_id) if actor.member_id else rows.none()
    return _within(actor, rows, "community_path")


def commitment_for(actor: Actor, code: str) -> Commitment:
    """One commitment the actor may see; Absent otherwise."""
    return _one(commitments_visible(actor), code)


def shown_commitments(path: str) -> list[dict[str, Any]]:
    """What hangs on the board: the promise, its progress and the name in the member's own form; in stroke order.

    Who promises the same post again month after month hangs there once: with what is promised now, else with what was kept last.
    """
    rows = (
        Commitment.objects.filter(under("community_path", path), state__in=[*OPEN_COMMITMENTS, CommitmentState.KEPT])
        .filter(Q(shown_until__isnull=True) | Q(shown_until__gte=clock.today()))
        .exclude(shown_since=None)
        .select_related("post", "member")
        .order_by("post__name", "member__sort_surname", "member__name", "pk")
    )
    newest = {(row.post_id, row.member_id): row.pk for row in sorted(rows, key=_standing)}
    return [
        {
            "code": row.code,
            "post": row.post.name,
            "community_path": row.community_path,
            "name": members.shown_name(row.member),
            "goal": row.goal,
            "when": row.when,
            "quality": row.quality,
            "state": row.state,
            "state_label": row.get_state_display(),
            "progress": row.outcome or row.progress,
            "shown_since": row.shown_since,
            "shown_until": row.shown_until,
        }
        for row in rows
        if newest[row.post_id, row.member_id] == row.pk
    ]


def _standing(row: Commitment) -> tuple[bool, int]:
    """Open promises after kept ones, later ones after earlier ones."""
    return row.state in OPEN_COMMITMENTS, row.pk


def commitment_counts(actor: Actor, community: str) -> dict[str, int]:
    """How many commitments of a community are in each state."""
    rows = commitments_visible(actor).filter(under("community_path", community))
    return dict(rows.order_by().values_list("state").annotate(n=Count("id")))


def pairings(path: str, on: date | None = None) -> models.QuerySet[Pairing]:
    """Pairings of the communities under a path that hold on a day, in the units' official order."""
    day = on or clock.today()
    rows = Pairing.objects.filter(under("community_path", path), since__lte=day)
    rows = rows.filter(Q(until__isnull=True) | Q(until__gt=day))
    return rows.select_related("unit", "community").order_by("community_path", "unit__seq", "unit__path")


def pairing_for(actor: Actor, code: str) -> Pairing:
    """One pairing of the actor's places."""
    return _one(_within(actor, Pairing.objects.select_related("unit", "community"), "community_path"), code)


def paired_communities(unit: Any, on: date | None = None) -> frozenset[str]:
    """The paths of the communities a unit (or None) is paired with on a day."""
    if unit is None:
        return frozenset()
    return paired_by_unit(paths.county_of(unit.path), on, unit_id=unit.pk).get(unit.pk, frozenset())


def paired_by_unit(path: str, on: date | None = None, *, unit_id: int | None = None) -> dict[int, frozenset[str]]:
    """unit id → paths of its paired communities under ``path`` on a day: one query for many members."""
    found: dict[int, set[str]] = defaultdict(set)
    rows = pairings(path, on).order_by()
    if unit_id is not None:
        rows = rows.filter(unit_id=unit_id)
    for key, community in rows.values_list("unit_id", "community_path"):
        found[key].add(community)
    return {key: frozenset(value) for key, value in found.items()}


def fixings(path: str, on: date | None = None) -> models.QuerySet[Fixing]:
    """What the solver honours: fixings the member accepted, of posts under a path, that hold on a day."""
    day = on or clock.today()
    rows = Fixing.objects.filter(under("post__community_path", path), state=FixingState.ACCEPTED, since__lte=day)
    rows = rows.filter(Q(until__isnull=True) | Q(until__gt=day))
    return rows.select_related("member", "post").order_by("post__name", "weekday", "start", "pk")


def fixings_visible(actor: Actor) -> models.QuerySet[Fixing]:
    """All fixings that are not ended: of the actor's places, or the member's own."""
    rows = Fixing.objects.exclude(state=FixingState.ENDED).select_related("member", "post")
    rows = rows.order_by("post__name", "weekday", "start", "member__sort_surname", "pk")
    if actor.has("member"):
        return rows.filter(member_id=actor.member_id) if actor.member_id else rows.none()
    return _within(actor, rows, "post__community_path")


def fixing_for(actor: Actor, code: str) -> Fixing:
    """One fixing the actor may see."""
    return _one(fixings_visible(actor), code)


def teams(actor: Actor, community: str) -> models.QuerySet[Team]:
    """A community's teams that are not dissolved, with the number of their members."""
    rows = Team.objects.filter(under("community__path", community)).filter(
        Q(until__isnull=True) | Q(until__gt=clock.today())
    )
    rows = rows.select_related("leader").annotate(size=Count("members")).order_by("name", "pk")
    return _within(actor, rows, "community__path")


def team_for(actor: Actor, code: str) -> Team:
    """One team of the actor's places."""
    return _one(_within(actor, Team.objects.select_related("community", "leader"), "community__path"), code)


def _one(rows: models.QuerySet[Any], code: str) -> Any:
    found = rows.filter(code=code).first()
    if found is None:
        raise Absent
    return found
