"""Register needs, and what the asker takes away: the slip with code and secret."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import timedelta

from django.utils.translation import gettext as _

from baodao.base import paths
from baodao.base.actor import Actor
from baodao.base.crypto import Unsealable, random_secret, seal, unseal
from baodao.base.days import clock
from baodao.base.text.free import code_of
from baodao.base.verdict import Refused, must
from baodao.domain.accounts import services as accounts
from baodao.domain.audit.services import record, service
from baodao.domain.keyring import master_key
from baodao.domain.needs import numbers, rules, selectors
from baodao.domain.needs.models import Need, NeedContact, NeedEvent, Slip
from baodao.domain.needs.rows import NewNeed, Registered, SlipShown
from baodao.domain.needs.states import Category, NeedState, Source, Step, Tier
from baodao.domain.needs.steps import row_key, step

SLIP_LIFE = timedelta(minutes=30)
TOKEN_LENGTH = 26
_LIMITS = {"place_name": 40, "place_detail": 60, "contact_name": 40, "contact_phone": 20, "language_wish": 10}


@service
def register(*, actor: Actor, need: NewNeed, token: str = "", prefix: str = "") -> Registered:
    """Store a need and make its slip, which opens under ``token`` (a random one if none is given) for 30 minutes.

    ``prefix`` is the keyed hash of the public sender's address, counted for the limit of raising. Refused with code
    ``emergency``, ``about_person`` or ``id_number`` when the words are not taken; then nothing is stored.
    """
    (made,) = register_many(actor=actor, needs=[need])
    if prefix:
        accounts.note_failure(prefix=prefix, kind="raised")
    return _new_slip(made, token)


@service
def register_many(*, actor: Actor, needs: Sequence[NewNeed]) -> list[Need]:
    """Store needs without slips (a slip is printed when somebody asks for one). Refused at the first wrong one."""
    for new in needs:
        _check(actor, new)
    hours = {town: rules.hours_of_tier(town) for town in {paths.town_of(new.community.path) for new in needs}}
    free = _free_numbers(len(needs))
    made = []
    for new, number in zip(needs, free, strict=True):
        made.append(_row(actor, new, number, hours[paths.town_of(new.community.path)]))
    Need.objects.bulk_create(made, batch_size=200)
    contacts = [_contact(need, new) for need, new in zip(made, needs, strict=True)]
    NeedContact.objects.bulk_create([c for c in contacts if c is not None], batch_size=200)
    NeedEvent.objects.bulk_create(
        [event for need in made for event in _first_steps(actor, need)], batch_size=500
    )
    for need in made:
        record("need.registered", actor=actor, subject=need, town=need.town,
               data={"source": need.source, "category": need.category, "tier": need.tier})
    return made


def _check(actor: Actor, new: NewNeed) -> None:
    public = new.source == Source.QR and actor.account_id is None
    must(rules.may_register(actor, new.community.path, public))
    new.text = rules.must_take(new.text, empty=_("写一写是什么事。"))
    if new.category and new.category not in Category.values:
        raise Refused(_("类别只能从列出的里面选。"), code="category")
    for name, length in _LIMITS.items():
        value = getattr(new, name).strip()
        if len(value) > length:
            raise Refused(_("最多 %(count)d 个字，现在 %(now)d 个。") % {"count": length, "now": len(value)}, code=name)
        if code_of(value) == "id_number":
            raise Refused(_("里面有身份证号，删掉再提交。这里不需要身份证号。"), code=name)
        setattr(new, name, value)
    if new.wished_on and new.source != Source.IMPORT and new.wished_on < clock.today():
        raise Refused(_("希望的日子已经过去了。"), code="wished_on")


def _row(actor: Actor, new: NewNeed, number: str, hours: Callable[[str], int]) -> Need:
    moment = new.registered_at or clock.now()
    triaged = bool(new.weight and new.urgency) and (actor.account_id is not None or actor.is_program)
    tier = rules.tier_of(new.weight, new.urgency, new.wished_on) if triaged else str(Tier.IMPORTANT)
    need = Need(
        number=number,
        town=paths.town_of(new.community.path),
        community=new.community,
        community_path=new.community.path,
        estate=new.estate,
        place_name=new.place_name,
        category=new.category,
        text=new.text,
        source=new.source,
        weight=new.weight if triaged else "",
        urgency=new.urgency if triaged else "",
        tier=tier,
        wished_on=new.wished_on,
        state=NeedState.ACCEPTED if triaged else NeedState.REGISTERED,
        registered_at=moment,
        registered_by=actor.account_id,
        accepted_at=moment if triaged else None,
        due_at=rules.due_at(tier, moment, new.wished_on, new.community.path, hours),
        batch=new.batch,
        language=new.language,
    )
    need.stamp()
    return need


def _contact(need: Need, new: NewNeed) -> NeedContact | None:
    if not (new.contact_name or new.contact_phone or new.place_detail or new.language_wish):
        return None
    row = row_key(need)
    key, wrapped = master_key().new_data_key(row)
    return NeedContact(
        need=need,
        wrapped_key=wrapped,
        name=seal(key, new.contact_name, row, "name"),
        phone=seal(key, new.contact_phone, row, "phone"),
        place_detail=seal(key, new.place_detail, row, "place_detail"),
        language=seal(key, new.language_wish, row, "language"),
    )


def _first_steps(actor: Actor, need: Need) -> list[NeedEvent]:
    found = [step(need, Step.REGISTERED, actor, at=need.registered_at)]
    if need.state == NeedState.ACCEPTED:
        found.append(step(need, Step.ACCEPTED, actor, at=need.accepted_at))
    return found


def _free_numbers(count: int) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < count:
        wanted = {numbers.new_number(): None for _ in range(count - len(found))}
        taken = set(Need.objects.filter(number__in=list(wanted)).values_list("number", flat=True))
        found.update({number: None for number in wanted if number not in taken})
    return list(found)[:count]


@service
def reissue_slip(*, actor: Actor, need: Need, token: str = "") -> Registered:
    """A new secret for somebody who lost theirs and was called back on the number on file; the old one dies."""
    must(rules.may_handle(actor, need))
    if not need.text:
        raise Refused(_("这件事的内容已经按期删除，查不到更多了。"))
    if need.secret_hash and not selectors.has_phone(need):
        raise Refused(_("没有留电话，没法核对是不是本人，不能换收据。"))
    Slip.objects.filter(need=need).delete()
    made = _new_slip(need, token)
    step(need, Step.SLIP, actor).save()
    record("need.slip_reissued", actor=actor, subject=need, town=need.town)
    return made


def _new_slip(need: Need, token: str) -> Registered:
    Slip.objects.filter(expires_at__lt=clock.now()).delete()
    secret, key = numbers.new_secret(), token or random_secret(TOKEN_LENGTH)
    need.secret_hash = numbers.hash_secret(secret)
    need.save(update_fields=["secret_hash"])
    hashed = _token_hash(key)
    Slip.objects.create(
        need=need,
        token_hash=hashed,
        sealed=seal(_slip_key(key), secret, f"needs_slip/{hashed}", "sealed"),
        expires_at=clock.now() + SLIP_LIFE,
    )
    return Registered(need=need, secret=secret, token=key)


def open_slip(token: str) -> SlipShown | None:
    """Code and secret while the done page is open; None afterwards, and for any other token."""
    hashed = _token_hash(token)
    found = Slip.objects.select_related("need__estate", "need__community").filter(token_hash=hashed).first()
    if found is None or found.expires_at <= clock.now():
        return None
    try:
        secret = unseal(_slip_key(token), found.sealed, f"needs_slip/{hashed}", "sealed")
    except Unsealable:
        return None
    return SlipShown(need=found.need, number=found.need.number, secret=secret)


def _token_hash(token: str) -> str:
    return hashlib.sha256(b"baodao/slip/" + token.encode()).hexdigest()


def _slip_key(token: str) -> bytes:
    return hashlib.sha256(b"baodao/slip-key/" + token.encode()).digest()
