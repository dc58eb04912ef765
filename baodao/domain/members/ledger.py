"""The ledger screen's reads: views as tabs, filters, search, four orders; a constant number of queries however long it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Replace

from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.base.days.service_days import SLOT_DAYS
from baodao.base.text import names, phones, strokes
from baodao.domain.accounts import selectors as accounts
from baodao.domain.members import contacts, reading, selectors, skills
from baodao.domain.members.models import Employment, Enrolment, Member, MemberChange, SkillOffered
from baodao.domain.members.rules import LABELS
from baodao.domain.members.states import EnrolmentState, MemberKind, MemberState, SkillLevel

ORDERS = {"surname": "姓氏笔画", "name": "姓名笔画", "pinyin": "拼音", "unit": "单位次序"}
TABS = {"": "全部", "weekend": "周末可来", "receipt": "待回执", "changed": "本月有变化", "teamless": "还没编队"}
STATES = {"": "在册和暂缓", "active": "在册", "paused": "暂缓", "left": "离开"}
FILTERS = ("tab", "q", "kind", "unit", "skill", "when", "state", "order")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the ledger as it is read."""

    member: Member
    unit: str
    party_org: str
    phone: str
    skills: str
    slots: str
    slots_short: str
    team: str
    reported_on: Any
    tone: str
    icon: str
    status: str


def chosen(asked: Any) -> dict[str, str]:
    """The filters of an address, unknown values dropped."""
    found = {name: str(asked.get(name, "")).strip() for name in FILTERS}
    if found["tab"] not in TABS:
        found["tab"] = ""
    if found["state"] not in STATES:
        found["state"] = ""
    if found["kind"] not in MemberKind.values:
        found["kind"] = ""
    if found["when"] not in SLOT_DAYS:
        found["when"] = ""
    return found


def listing(actor: Actor, wanted: dict[str, str], order: str) -> QuerySet[Member]:
    """The members of the present filters in one of the four orders."""
    rows = _narrowed(actor, wanted)
    tab = _tabs().get(wanted["tab"])
    if tab is not None:
        rows = rows.filter(tab)
    rows = rows.select_related("contact").prefetch_related(*_loads())
    return _ordered(rows, order)


def _loads() -> tuple[Prefetch, ...]:
    """Newest rows of place and job (of people who left, the last ones), and skills."""
    places = Enrolment.objects.order_by("-since", "-pk").select_related("community", "estate")
    jobs = Employment.objects.order_by("-since", "-pk").select_related("unit")
    return (
        Prefetch("enrolments", places),
        Prefetch("employments", jobs),
        Prefetch("skills", SkillOffered.objects.order_by("pk")),
    )


def _ordered(rows: QuerySet[Member], order: str) -> QuerySet[Member]:
    if order == "unit":
        held = Employment.objects.filter(member=OuterRef("pk")).order_by("-since", "-pk")
        return rows.annotate(unit_seq=Subquery(held.values("unit__seq")[:1])).order_by(
            F("unit_seq").asc(nulls_last=True), "sort_surname", "pk"
        )
    columns = {"name": "sort_name", "pinyin": "name_pinyin"}
    return rows.order_by(columns.get(order, "sort_surname"), "sort_surname", "pk")


def _narrowed(actor: Actor, wanted: dict[str, str]) -> QuerySet[Member]:
    rows = selectors.visible(actor).annotate(slot_text=Cast("slots", TextField()))
    state = wanted["state"]
    rows = rows.filter(state=state) if state else rows.exclude(state=MemberState.LEFT)
    if wanted["kind"]:
        rows = rows.filter(kind=wanted["kind"])
    if wanted["unit"]:
        held = Employment.objects.filter(member=OuterRef("pk"), until__isnull=True, unit__unit_code=wanted["unit"])
        rows = rows.filter(Exists(held))
    if wanted["skill"]:
        offered = SkillOffered.objects.filter(member=OuterRef("pk"), skill=wanted["skill"])
        rows = rows.filter(Exists(offered))
    if wanted["when"]:
        rows = rows.filter(slot_text__contains=f'"{wanted["when"]}_')
    return _searched(rows, wanted["q"])


def _searched(rows: QuerySet[Member], words: str) -> QuerySet[Member]:
    """By name, by pinyin or its initials, by a whole number or its last four digits."""
    if not words:
        return rows
    digits = "".join(sign for sign in words if sign.isdigit())
    if digits and len(digits) == len(words.replace(" ", "").replace("-", "")):
        if len(digits) == 4:
            return rows.filter(contact__tail_index=contacts.tail_index(digits))
        read = phones.normalise(words)
        return rows.filter(contact__phone_index=contacts.phone_index(read.digits)) if read.ok else rows.none()
    if words.isascii():
        low = words.lower().replace(" ", "")
        rows = rows.annotate(sound=Replace("name_pinyin", Value(" "), Value("")))
        return rows.filter(Q(name_initials__startswith=low) | Q(sound__startswith=low) | Q(name__icontains=words))
    try:
        name = names.normalise(words)
    except names.NameTooLong:
        return rows.none()
    return rows.filter(name__contains=name)


def _tabs() -> dict[str, Q]:
    first = datetime.combine(clock.today().replace(day=1), time(), tzinfo=clock.ZONE)
    here = Enrolment.objects.filter(member=OuterRef("pk"), until__isnull=True)
    changed = MemberChange.objects.filter(member=OuterRef("pk"), at__gte=first)
    return {
        "weekend": Q(slot_text__contains="saturday_") | Q(slot_text__contains="sunday_"),
        "receipt": Q(kind=MemberKind.IN_SERVICE) & Q(Exists(here.filter(state=EnrolmentState.REPORTED))),
        "changed": Q(Exists(changed)),
        "teamless": Q(Exists(here.filter(team_name=""))),
    }


def tab_counts(actor: Actor, wanted: dict[str, str]) -> list[dict[str, Any]]:
    """Each view with how many the other filters leave in it, in one query."""
    rows = _narrowed(actor, wanted).order_by()
    found = rows.aggregate(all=Count("pk"), **{name: Count("pk", filter=test) for name, test in _tabs().items()})
    return [{"key": key, "words": words, "count": found[key or "all"]} for key, words in TABS.items()]


def summary(actor: Actor) -> dict[str, int]:
    """In-service and community members on the ledger, and from how many units; never added up."""
    rows = selectors.visible(actor).exclude(state=MemberState.LEFT).order_by()
    found = rows.aggregate(
        in_service=Count("pk", filter=Q(kind=MemberKind.IN_SERVICE)),
        community=Count("pk", filter=Q(kind=MemberKind.COMMUNITY)),
        resting=Count("pk", filter=Q(state=MemberState.PAUSED)),
    )
    held = Employment.objects.filter(until__isnull=True, member__in=rows.values("pk"))
    return {**found, "units": held.values("unit_id").distinct().count()}


def options(actor: Actor) -> dict[str, Any]:
    """What the filters may be: the units and skills that occur here, days, states, kinds."""
    rows = selectors.visible(actor).order_by()
    held = Employment.objects.filter(until__isnull=True, member__in=rows.values("pk")).order_by("unit__seq")
    units = held.values_list("unit__unit_code", "unit__name", "unit__seq").distinct()
    used = SkillOffered.objects.filter(member__in=rows.values("pk")).exclude(skill="")
    codes = set(used.order_by().values_list("skill", flat=True).distinct())
    return {
        "units": [(code, name) for code, name, _seq in units],
        "skills": [(code, label) for code, label in skills.LABELS.items() if code in codes],
        "whens": list(SLOT_DAYS.items()),
        "states": list(STATES.items()),
        "kinds": MemberKind.choices,
        "orders": list(ORDERS.items()),
    }


def order_note(order: str) -> str:
    """What stands under the list about its order."""
    return strokes.NOTES.get(order, f"（按{ORDERS[order]}为序）")  # type: ignore[call-overload,no-any-return]


def line(member: Member) -> Row:
    """A member of ``listing`` as the screen shows it."""
    place = next(iter(member.enrolments.all()), None)
    job = next(iter(member.employments.all()), None)
    tone, icon, status = status_of(member, place)
    return Row(
        member=member,
        unit=job.unit.name if job else "",
        party_org=member.party_org_name or (job.unit.party_org_name if job else ""),
        phone=selectors.contact_masked(member),
        skills="、".join(skill_words(row) for row in member.skills.all()),
        slots=reading.slots_label(member.slots) or member.time_note,
        slots_short=reading.slots_short(member.slots) or member.time_note,
        team=place.team_name if place else "",
        reported_on=place.reported_on if place else None,
        tone=tone,
        icon=icon,
        status=status,
    )


def named(members: list[Member]) -> list[dict[str, str]]:
    """Members of ``services.open_list`` as the town reads them: name, unit, team, state; nothing to call anybody by."""
    found = []
    for member in members:
        place, unit = selectors.enrolment_of(member), selectors.unit_of(member)
        tone, icon, status = status_of(member, place)
        works_at = "社区党员" if member.kind == MemberKind.COMMUNITY else unit.name if unit else "—"
        found.append({"name": member.name, "unit": works_at, "team": place.team_name if place else "", "tone": tone,
                      "icon": icon, "status": status})  # fmt: skip
    return found


def skill_words(row: SkillOffered) -> str:
    """A speciality as a list prints it: 电工（持证）."""
    if not row.skill:
        return row.words
    level = f"（{row.get_level_display()}）" if row.level != SkillLevel.CAN else ""
    return f"{skills.label(row.skill)}{level}"


def status_of(member: Member, place: Enrolment | None) -> tuple[str, str, str]:
    """(tone, icon, word) of the one tag of a row: the most telling of state and enrolment."""
    if member.state == MemberState.LEFT:
        return "mute", "user-minus", "离开"
    if member.state == MemberState.PAUSED:
        return "mute", "hourglass", "暂缓"
    if place is None:
        return "warn", "clock", "没有社区"
    if place.state == EnrolmentState.ISSUED:
        return "warn", "clock", "待报到"
    if member.kind == MemberKind.IN_SERVICE and place.state == EnrolmentState.REPORTED:
        return "info", "mail-forward", "待回执"
    return "ok", "circle-check", "已报到"


def history(member: Member) -> list[dict[str, Any]]:
    """What was changed on a member's record, newest first, 50 rows."""
    rows = list(member.changes.order_by("-at", "-pk")[:50])
    who = accounts.names({row.account_id for row in rows if row.account_id})
    more = {"added": "登记", "import_undone": "撤销导入"}
    return [
        {"at": row.at, "field": LABELS.get(row.field) or more.get(row.field, row.field), "old": row.old, "new": row.new,
         "who": who.get(row.account_id, "程序") if row.account_id else "程序", "batch": row.batch}
        for row in rows
    ]


def waiting(actor: Actor) -> dict[str, list[Enrolment]]:
    """Enrolments that wait: slips issued and not handed in, reports without a receipt; by unit, then by name."""
    rows = Enrolment.objects.filter(
        until__isnull=True, member__kind=MemberKind.IN_SERVICE, member__in=selectors.visible(actor).order_by().values("pk"),
    ).exclude(member__state=MemberState.LEFT)
    held = Employment.objects.filter(member=OuterRef("member_id"), until__isnull=True)
    rows = rows.annotate(unit_name=Subquery(held.values("unit__name")[:1]), unit_seq=Subquery(held.values("unit__seq")[:1]))
    rows = rows.select_related("member").order_by(F("unit_seq").asc(nulls_last=True), "member__sort_surname", "pk")
    return {
        "issued": list(rows.filter(state=EnrolmentState.ISSUED)),
        "reported": list(rows.filter(state=EnrolmentState.REPORTED)),
    }
