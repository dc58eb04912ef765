"""Reads of points: a member's own, the keepers' ledger, the chain's truth. No list is ever in order of points."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import models
from django.db.models import Count, Max, Sum

from baodao.base.actor import Actor
from baodao.base.days.months import Month
from baodao.base.verdict import Absent
from baodao.domain.columns import under, under_any
from baodao.domain.points import rules
from baodao.domain.points.models import PointConfirmation, PointEntry, RuleSet
from baodao.domain.points.states import Preset, RuleSetState

KEEPERS = ("clerk", "secretary")


def visible(actor: Actor) -> models.QuerySet[PointEntry]:
    """A member's own entries; a keeper's community's."""
    rows = PointEntry.objects.order_by("-at", "-seq")
    if actor.is_program:
        return rows
    if actor.has(*KEEPERS):
        return rows.filter(under_any("community_path", actor.paths_of(*KEEPERS)))
    if actor.has("member") and actor.member_id:
        return rows.filter(member_id=actor.member_id)
    return rows.none()


def get_for(actor: Actor, code: str) -> PointEntry:
    """One entry the actor may see; Absent otherwise."""
    rows = visible(actor).select_related("member", "record__shift__post", "rule_set", "reversed_by")
    found = rows.filter(code=code).first()
    if found is None:
        raise Absent
    return found


def entries(actor: Actor, member_id: int, year: int) -> models.QuerySet[PointEntry]:
    """A member's entries of a year, newest first, with the record each comes from."""
    rows = visible(actor).filter(member_id=member_id, month__startswith=f"{year}-")
    return rows.select_related("record__shift__post", "rule_set", "reversed_by")


def balance(actor: Actor, member_id: int, year: int) -> int:
    """Tenths of points of a year: the sum of the entries that ``entries`` shows."""
    return visible(actor).filter(member_id=member_id, month__startswith=f"{year}-").aggregate(s=Sum("tenths"))["s"] or 0


def month_ledger(actor: Actor, community: str, month: str) -> models.QuerySet[PointEntry]:
    """The keepers' ledger of a month in order of entry."""
    rows = visible(actor).filter(under("community_path", community), month=month)
    return rows.select_related("member", "record__shift__post", "rule_set", "reverses", "reversed_by").order_by("seq")


def sums_before(actor: Actor, member_ids: set[int], month: str) -> dict[int, int]:
    """Tenths of points that members had in the year before a month, by member."""
    rows = visible(actor).filter(member_id__in=member_ids, month__gte=f"{month[:4]}-01", month__lt=month)
    return dict(rows.order_by().values_list("member_id").annotate(total=Sum("tenths")))


def month_sums(actor: Actor, community: str, month: str) -> dict[str, int]:
    """Of a month: tenths of points in all, how many people, the last entry's number."""
    rows = visible(actor).filter(under("community_path", community), month=month).order_by()
    found = rows.aggregate(tenths=Sum("tenths"), people=Count("member_id", distinct=True), last=Max("seq"))
    return {key: value or 0 for key, value in found.items()}


def months_with_entries(actor: Actor) -> list[Month]:
    """The months that have entries the actor sees, newest first."""
    rows = visible(actor).order_by("-month").values_list("month", flat=True).distinct()
    return [Month.parse(month) for month in rows]


def recorders(community: str, month: str) -> set[int]:
    """The people who recorded an entry of a month: they may not confirm it."""
    rows = PointEntry.objects.filter(community_path=community, month=month).exclude(recorded_by=None)
    return set(rows.order_by().values_list("recorded_by", flat=True))


def confirmation(community: str, month: str) -> PointConfirmation | None:
    """The newest confirmation of a community's month."""
    return PointConfirmation.objects.filter(community_path=community, month=month).order_by("-last_seq").first()


def active_rules(town: str) -> RuleSet | None:
    """The town's rule set; None while it never chose (then only services are counted)."""
    return RuleSet.objects.filter(town=town, state=RuleSetState.ACTIVE).first()


def former_rules(town: str) -> list[RuleSet]:
    """The rule sets that were active before, newest first."""
    return list(RuleSet.objects.filter(town=town, state=RuleSetState.ARCHIVED).order_by("-number"))


def uses_points(town: str) -> bool:
    """Does the town give points at all."""
    held = active_rules(town)
    return held is not None and held.preset != Preset.THRESHOLD_ONLY


def threshold(town: str) -> int:
    """How many services a year the town asks a member to reach at least; the default set's number while none is chosen."""
    held = active_rules(town)
    return int((held.params if held else rules.DEFAULTS[Preset.THRESHOLD_ONLY]).get("times", 0))


def broken_links(town: str = "") -> Iterator[str]:
    """Walk the chains and say the first bad entry of each in words."""
    towns = [town] if town else PointEntry.objects.order_by("town").values_list("town", flat=True).distinct()
    for one in towns:
        seq, before = 0, ""
        for entry in PointEntry.objects.filter(town=one).order_by("seq").iterator(chunk_size=2000):
            if entry.seq != seq + 1 or entry.prev != before or entry.digest != rules.entry_digest(entry):
                yield f"{one}：第 {entry.seq} 条（{entry.code}）被改过，或者它前面少了一条"
                break
            seq, before = entry.seq, entry.digest
