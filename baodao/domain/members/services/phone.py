"""The telephone of a member: set under a key of its own, read in clear only with a reason that the member can see."""

from __future__ import annotations

from baodao.base.actor import Actor
from baodao.base.text import phones
from baodao.base.verdict import must
from baodao.domain.audit.services import looked, record, service
from baodao.domain.columns import under
from baodao.domain.members import contacts, rules, selectors
from baodao.domain.members.models import Enrolment, Member, MemberContact
from baodao.domain.members.services.history import note, town_of
from baodao.domain.members.services.people import clean_phone


@service
def set_phone(*, actor: Actor, member: Member, phone: str) -> Member:
    """Another number (or none) under a fresh key; the history names the field, never the number."""
    community, unit = selectors.place_of(member)
    must(rules.may_keep(actor, community_path=community, unit_path=unit, member_id=member.pk))
    must(rules.why_not_here(member))
    digits = clean_phone(phone)
    row, _made = MemberContact.objects.get_or_create(member=member)
    if contacts.opened(row) == digits:
        return member
    values = contacts.sealed(member.pk, digits) if digits else {"wrapped_key": b"", "phone": b"", "phone_index": "",
                                                                 "tail_index": ""}
    MemberContact.objects.filter(pk=row.pk).update(**values)
    member.__dict__.pop("contact", None)
    member._state.fields_cache.pop("contact", None)
    note(member, actor, ("phone", "", ""))
    record("member.phone_changed", actor=actor, subject=member, town=town_of(member))
    return member


@service
def show_phone(*, actor: Actor, member: Member, reason: str) -> str:
    """The number in clear, spaced for reading; who, when and why is written down and the member can see it."""
    if actor.member_id is not None and actor.member_id == member.pk:
        return phones.display(contacts.opened(getattr(member, "contact", None)))
    community, unit = selectors.place_of(member)
    must(rules.may_see_phone(actor, community_path=community, unit_path=unit))
    must(rules.why_not_reason(reason))
    looked(actor=actor, subject="member", code=member.code, field="phone", reason=reason.strip())
    return phones.display(contacts.opened(getattr(member, "contact", None)))


@service
def open_list(*, actor: Actor, path: str, reason: str) -> list[Member]:
    """The town opens a community's list (names and units, no numbers) with a reason, which is written down."""
    must(rules.may_open_list(actor, path))
    must(rules.why_not_reason(reason))
    looked(actor=actor, subject="ledger", code=path[-40:], field="list", reason=reason.strip())
    held = Enrolment.objects.filter(selectors.current(), under("community_path", path))
    found = Member.objects.filter(pk__in=held.values("member_id")).order_by("sort_surname", "pk")
    return list(found.prefetch_related(*selectors.loads()))
