"""What a member offers and wishes: times, how often, skills, languages, the form of the name, days that do not work.

The member decides; the clerk writes it down for a member who asked (代办), the unit only marks days of duty.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.base.days.service_days import SLOTS
from baodao.base.verdict import Refused, must
from baodao.domain.audit.services import record, save_if_version, service
from baodao.domain.members import rules, selectors
from baodao.domain.members.models import BlockedDay, LanguageOffered, Member, SkillOffered
from baodao.domain.members.services.history import note, town_of
from baodao.domain.members.services.people import skill_rows


def _may_speak(actor: Actor, member: Member) -> None:
    must(rules.may_speak_for(actor, community_path=selectors.place_of(member)[0], member_id=member.pk))
    must(rules.why_not_here(member))


def _write(actor: Actor, member: Member, values: dict[str, Any]) -> Member:
    """Set columns that the member alone decides about, with history; nothing is written when nothing is new."""
    must(rules.why_not_values(values))
    changes = [(key, getattr(member, key), value) for key, value in values.items() if getattr(member, key) != value]
    if not changes:
        return member
    different = {key: new for key, _old, new in changes}
    save_if_version(member, version=member.version, changes=different, labels=rules.LABELS)
    _noted(actor, member, changes)
    return member


def _noted(actor: Actor, member: Member, changes: list[tuple[str, Any, Any]]) -> None:
    note(member, actor, *changes)
    record("member.offers_changed", actor=actor, subject=member, town=town_of(member),
           data={"fields": [key for key, _old, _new in changes], "on_behalf": actor.member_id != member.pk})


@service
def set_availability(
    *, actor: Actor, member: Member, slots: list[str], max_per_month: int, target_per_year: int, takes_offers: bool,
    far_ok: bool,
) -> Member:
    """When the member can come, at most how often a month, how often a year they would like, how far."""
    _may_speak(actor, member)
    unknown = set(slots) - set(SLOTS)
    if unknown:
        raise Refused("有认不出的时间。")
    values = {"slots": [slot for slot in SLOTS if slot in set(slots)], "max_per_month": max_per_month,
              "target_per_year": target_per_year, "takes_offers": takes_offers, "far_ok": far_ok}
    return _write(actor, member, values)


@service
def set_wishes(*, actor: Actor, member: Member, wishes: list[str]) -> Member:
    """The kinds of post the member would like."""
    _may_speak(actor, member)
    return _write(actor, member, {"wishes": list(dict.fromkeys(wishes))})


@service
def set_name_form(*, actor: Actor, member: Member, name_form: str) -> Member:
    """In which form the name may hang on a board; post only until the member chose."""
    _may_speak(actor, member)
    return _write(actor, member, {"name_form": name_form})


@service
def set_skills(
    *, actor: Actor, member: Member, skills: list[tuple[str, str]], words: list[str] | None = None
) -> Member:
    """What the member offers, as (leaf, level); ``words`` replaces what no leaf means (kept when None)."""
    _may_speak(actor, member)
    must(rules.why_not_values({"skills": skills}))
    before = [(row.skill, row.level, row.words) for row in member.skills.order_by("pk")]
    kept = [text for _code, _level, text in before if text] if words is None else words
    rows = skill_rows(member, skills, kept)
    after = [(row.skill, row.level, row.words) for row in rows]
    if set(before) != set(after):
        SkillOffered.objects.filter(member=member).delete()
        SkillOffered.objects.bulk_create(rows)
        _noted(actor, member, [("skills", before, after)])
    return member


@service
def set_languages(*, actor: Actor, member: Member, languages: list[str]) -> Member:
    """The languages the member offers; the history names the field only."""
    _may_speak(actor, member)
    must(rules.why_not_values({"languages": languages}))
    if set(selectors.languages_of(member)) != set(languages):
        LanguageOffered.objects.filter(member=member).delete()
        rows = [LanguageOffered(member=member, language=code) for code in dict.fromkeys(languages)]
        LanguageOffered.objects.bulk_create(rows)
        _noted(actor, member, [("languages", "", "")])
    return member


@service
def set_offers(
    *, actor: Actor, member: Member, version: int | None, values: dict[str, Any], skills: list[tuple[str, str]],
    words: list[str],
) -> Member:
    """Everything the form of offers holds, as one deed; a version that is stale is refused with both texts."""
    _may_speak(actor, member)
    if version is not None and version != member.version:
        shown = {key: value for key, value in values.items() if hasattr(member, key) and key != "languages"}
        save_if_version(member, version=version, changes=shown, labels=rules.LABELS)
    times = {key: values[key] for key in ("slots", "max_per_month", "target_per_year", "takes_offers", "far_ok")}
    set_availability(actor=actor, member=member, **times)
    set_wishes(actor=actor, member=member, wishes=values["wishes"])
    set_name_form(actor=actor, member=member, name_form=values["name_form"])
    set_languages(actor=actor, member=member, languages=values["languages"])
    return set_skills(actor=actor, member=member, skills=skills, words=words)


@service
def block_days(*, actor: Actor, member: Member, first: date, last: date, by_unit: bool = False) -> BlockedDay:
    """Days on which the member cannot come: said by the member (or the clerk for them), or marked by the unit as duty."""
    community, unit = selectors.place_of(member)
    if by_unit:
        must(rules.may_keep(actor, unit_path=unit, community_path=community))
    else:
        must(rules.may_speak_for(actor, community_path=community, member_id=member.pk))
    must(rules.why_not_here(member))
    must(rules.why_not_days(first, last, clock.today()))
    made, new = BlockedDay.objects.get_or_create(member=member, first=first, last=last, by_unit=by_unit)
    if new:
        note(member, actor, ("blocked_days", "", ""))
        record("member.days_blocked", actor=actor, subject=member, town=town_of(member),
               data={"first": first.isoformat(), "last": last.isoformat(), "by_unit": by_unit})
    return made


@service
def unblock(*, actor: Actor, member: Member, block: int) -> None:
    """Take blocked days back; the unit takes back only what it marked."""
    community, unit = selectors.place_of(member)
    row = BlockedDay.objects.filter(pk=block, member=member).first()
    if row is None:
        raise Refused("这些日子已经不在了。")
    if row.by_unit:
        must(rules.may_keep(actor, unit_path=unit, community_path=community))
    else:
        must(rules.may_speak_for(actor, community_path=community, member_id=member.pk))
    row.delete()
    note(member, actor, ("blocked_days", "", ""))
    record("member.days_freed", actor=actor, subject=member, town=town_of(member))
