"""Reads of needs. Every list is in order of state or time; nothing here searches by phone, name or door, for any role."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.base.verdict import Absent
from baodao.domain.columns import under, under_any
from baodao.domain.needs import numbers
from baodao.domain.needs.models import Need, NeedContact, NeedEvent
from baodao.domain.needs.states import OPEN, NeedState

SHOWN_PER_COLUMN = 30
SIMILAR_DAYS = 7
_STOP = frozenset("的了是在有不和就也都很我你他她它们们这那要想能会着过吗呢吧啊，。、？！；：“”（）0123456789 ")


@dataclass(slots=True)
class Column:
    """One column of the board: its key, its needs (the first ones) and how many there are in all."""

    key: str
    label: str
    needs: list[Need] = field(default_factory=list)
    count: int = 0

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.needs)


def to_tell() -> Q:
    """Needs whose outcome stands but was not told: done, refused without word, merged into one that has its outcome."""
    merged = Q(state=NeedState.MERGED, told="", merged_into__state__in=[NeedState.CLOSED, NeedState.REFUSED])
    return Q(state=NeedState.DONE) | Q(state=NeedState.REFUSED, told="") | merged


COLUMNS: tuple[tuple[str, str, Q], ...] = (
    ("registered", str(NeedState.REGISTERED), Q(state=NeedState.REGISTERED)),
    ("accepted", str(NeedState.ACCEPTED), Q(state=NeedState.ACCEPTED)),
    ("assigned", str(NeedState.ASSIGNED), Q(state__in=[NeedState.ASSIGNED, NeedState.REFERRED])),
    ("done", str(NeedState.DONE), to_tell()),
)


def visible(actor: Actor) -> QuerySet[Need]:
    """The needs an actor may read: the community's clerk and secretary; a grid worker's own grid and own entries;
    a member what is assigned to them and under way; programs everything; nobody else any.
    """
    if actor.is_program:
        return Need.objects.all()
    wanted = under_any("community_path", actor.paths_of("clerk", "secretary"))
    if actor.paths_of("grid"):
        wanted |= under_any("estate__path", actor.paths_of("grid")) | Q(registered_by=actor.account_id)
    if actor.member_id:
        wanted |= Q(assignee_id=actor.member_id, state=NeedState.ASSIGNED)
    return Need.objects.filter(wanted)


def get_for(actor: Actor, code: str) -> Need:
    """One need by its public code; Absent when there is none for this actor."""
    found = visible(actor).select_related("community", "estate", "merged_into", "contact").filter(code=code).first()
    if found is None:
        raise Absent
    return found


def handed_on(actor: Actor) -> QuerySet[Need]:
    """The needs that are being done by a post or a shift, in order of their due time; ``assigned_code`` says which."""
    rows = visible(actor).filter(state=NeedState.ASSIGNED).exclude(assigned_code="")
    return rows.order_by("due_at", "pk")


def by_number(number: str) -> Need | None:
    """The need of a tracking code, for the public page and the desk's search by code."""
    rows = Need.objects.select_related("community", "estate", "merged_into", "contact")
    return rows.filter(number=number).first() if number else None


def with_phone() -> Exists:
    """Did the asker leave a telephone that still exists: says whether, never which."""
    return Exists(NeedContact.objects.filter(need=OuterRef("pk")).exclude(phone=b""))


def has_phone(need: Need) -> bool:
    """Did the asker of this one leave a telephone."""
    return NeedContact.objects.filter(need=need).exclude(phone=b"").exists()


def has_contact(need: Need) -> bool:
    """Is there anything left of the contact of this one."""
    return NeedContact.objects.filter(need=need).exclude(wrapped_key=b"").exists()


def filtered(
    rows: QuerySet[Need], *, category: str = "", estate: str = "", tier: str = "", state: str = ""
) -> QuerySet[Need]:
    """By kind, estate (public code), tier or state: what a list may be narrowed by, and nothing else."""
    wanted = {"category": category, "estate__code": estate, "tier": tier, "state": state}
    return rows.filter(**{name: value for name, value in wanted.items() if value})


def board(actor: Actor, community_path: str, **narrowed: str) -> list[Column]:
    """Four columns in order of due time; three queries a column at most, however many needs there are."""
    rows = filtered(visible(actor).filter(under("community_path", community_path)), **narrowed)
    rows = rows.select_related("estate", "community", "assignee", "merged_into").annotate(phone_left=with_phone())
    found = []
    for key, state, condition in COLUMNS:
        here = rows.filter(condition)
        column = Column(key, str(NeedState(state).label), list(here.order_by("due_at", "pk")[:SHOWN_PER_COLUMN]))
        column.count = len(column.needs)
        if column.count == SHOWN_PER_COLUMN:
            column.count = here.count()
        found.append(column)
    return found


def listing(actor: Actor, **narrowed: str) -> QuerySet[Need]:
    """All needs an actor may read, the newest first."""
    rows = filtered(visible(actor), **narrowed).select_related("estate", "community")
    return rows.order_by("-registered_at", "-pk")


def assigned_to(actor: Actor) -> QuerySet[Need]:
    """What this member has in hand, the soonest due first."""
    if not actor.member_id:
        return Need.objects.none()
    rows = Need.objects.filter(assignee_id=actor.member_id, state=NeedState.ASSIGNED)
    return rows.select_related("estate", "community").order_by("due_at", "pk")


def due_between(actor: Actor, hours: int = 24) -> QuerySet[Need]:
    """Open needs due within so many hours or overdue, the soonest first."""
    open_ones = visible(actor).filter(state__in=OPEN - {NeedState.DONE})
    return open_ones.filter(due_at__lte=clock.now() + timedelta(hours=hours)).order_by("due_at", "pk")


def timeline(need: Need) -> list[NeedEvent]:
    """The steps of a need, the oldest first."""
    return list(need.events.order_by("at", "pk"))


def _pairs(text: str) -> set[str]:
    """Neighbouring signs of a text without its fillers; they tell how alike two texts are."""
    kept = "".join(sign for sign in text.lower() if sign not in _STOP)
    return {kept[place : place + 2] for place in range(len(kept) - 1)}


def likeness(first: str, second: str) -> float:
    """Share of common pairs of signs, from 0 to 1."""
    one, two = _pairs(first), _pairs(second)
    return len(one & two) / min(len(one), len(two)) if one and two else 0.0


def similar(actor: Actor, need: Need, limit: int = 5) -> list[Need]:
    """Open needs of the same community within seven days that are alike in category, public place and words only."""
    span = timedelta(days=SIMILAR_DAYS)
    rows = visible(actor).filter(community_path=need.community_path, state__in=OPEN - {NeedState.DONE})
    rows = rows.filter(registered_at__gte=need.registered_at - span, registered_at__lte=need.registered_at + span)
    scored = []
    for other in rows.exclude(pk=need.pk).select_related("estate").order_by("-registered_at")[:300]:
        score = likeness(need.text, other.text)
        score += 0.2 if need.category and other.category == need.category else 0
        score += 0.2 if need.estate_id and other.estate_id == need.estate_id else 0
        if score >= 0.6:
            scored.append((score, other))
    scored.sort(key=lambda pair: (-pair[0], pair[1].pk))
    return [other for _score, other in scored[:limit]]


def said_and_done(community_path: str, limit: int = 12) -> list[Need]:
    """"You said, we did": told outcomes of the last 90 days for which the clerk wrote words for the board."""
    rows = Need.objects.filter(community_path=community_path, state=NeedState.CLOSED).exclude(public_words="")
    rows = rows.filter(closed_at__gte=clock.now() - timedelta(days=90))
    return list(rows.select_related("estate").order_by("-closed_at", "-pk")[:limit])


def answered_counts(community_path: str, days: int = 30) -> dict[str, int]:
    """How many came and how many have a told outcome in so many days."""
    since = clock.now() - timedelta(days=days)
    rows = Need.objects.filter(community_path=community_path).exclude(state__in=[NeedState.SPAM, NeedState.ABOUT_PERSON])
    came = rows.filter(registered_at__gte=since).count()
    told = rows.filter(state__in=[NeedState.CLOSED, NeedState.REFUSED], closed_at__gte=since).count()
    return {"came": came, "told": told}


def of_batch(batch: str) -> QuerySet[Need]:
    """The needs one file brought."""
    return Need.objects.filter(batch=batch)


def free_number() -> str:
    """A tracking code that no need has (suggestions are numbered in the same way)."""
    number = numbers.new_number()
    while Need.objects.filter(number=number).exists():
        number = numbers.new_number()
    return number


def alike(actor: Actor, community_path: str, text: str, *, category: str = "", limit: int = 5) -> list[Need]:
    """Open needs of the last seven days whose words are like those being typed (before anything is stored)."""
    if len(text.strip()) < 4:
        return []
    rows = visible(actor).filter(under("community_path", community_path), state__in=OPEN - {NeedState.DONE})
    rows = rows.filter(registered_at__gte=clock.now() - timedelta(days=SIMILAR_DAYS)).select_related("estate")
    scored = []
    for other in rows.order_by("-registered_at")[:300]:
        score = likeness(text, other.text) + (0.2 if category and other.category == category else 0)
        if score >= 0.5:
            scored.append((score, other))
    scored.sort(key=lambda pair: (-pair[0], pair[1].pk))
    return [other for _score, other in scored[:limit]]


def groups_alike(actor: Actor, community_path: str) -> list[list[Need]]:
    """Groups of at least two open, unplanned needs of seven days that read like one matter of a public place."""
    rows = visible(actor).filter(under("community_path", community_path), category__in=["safety", "facility"])
    rows = rows.filter(
        state__in=[NeedState.REGISTERED, NeedState.ACCEPTED],
        registered_at__gte=clock.now() - timedelta(days=SIMILAR_DAYS),
    )
    groups: list[list[Need]] = []
    for need in rows.select_related("estate").order_by("registered_at", "pk")[:200]:
        home = next((g for g in groups if g[0].estate_id == need.estate_id and likeness(g[0].text, need.text) >= 0.5), None)
        if home is None:
            groups.append([need])
        else:
            home.append(need)
    return [group for group in groups if len(group) > 1][:3]
