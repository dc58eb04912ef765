"""Why a member was asked for a place, in sentences to the member, from what is stored about the member and the post alone.

Only what is true is said: a time the member never named is called that. A language is never named (red line 4).
"""

from __future__ import annotations

from datetime import timedelta

from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.base.days.service_days import SLOTS, weekday_label
from baodao.domain.matching.facts import READER
from baodao.domain.matching.models import Offer
from baodao.domain.posts import selectors as posts
from baodao.domain.posts.states import ClaimState
from baodao.domain.service import selectors as service
from baodao.domain.service.states import RecordState

LATELY = timedelta(days=180)


def why_asked(actor: Actor, offer: Offer) -> list[str]:
    """The sentences of an offer, the strongest first."""
    shift, member = offer.shift, offer.member
    found = []
    start = shift.start_at.astimezone(clock.ZONE)
    fixed = [
        f for f in posts.fixings(shift.town, shift.date)
        if (f.member_id, f.post_id, f.weekday, f"{f.start:%H:%M}") == (member.pk, shift.post_id, shift.date.weekday(), f"{start:%H:%M}")
    ]  # fmt: skip
    if fixed:
        found.append(f"你同意固定每{weekday_label(shift.date)} {start:%H:%M}")
    if posts.open_posts(shift.town).filter(pk=shift.post_id, claims__member=member, claims__state=ClaimState.HELD).exists():
        found.append("你认领了这个岗位")
    found += service.opening_for(actor, shift).reasons
    done = service.visible_records(READER).exclude(state=RecordState.REJECTED)
    times = done.filter(member=member, shift__post=shift.post, date__gte=shift.date - LATELY, date__lt=shift.date).count()
    if times:
        found.append(f"这个岗位半年里你做过 {times} 次")
    slot = service.slot_of(shift).slot
    if not fixed and slot not in member.slots:
        found.append(f"{SLOTS[slot]}不在你说的时间里，社区想问问你能不能来" if member.slots else "你没说过时间，这个班在下班后或休息日")
    return [str(words) for words in found]
