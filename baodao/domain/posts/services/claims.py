"""Long claims: a member holds a post for as long as both want."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.base.verdict import Refused, must
from baodao.domain.audit.services import move, record, service
from baodao.domain.notices import services as notices
from baodao.domain.posts import rules
from baodao.domain.posts.behalf import speaking
from baodao.domain.posts.models import Claim, Post
from baodao.domain.posts.states import CLAIM_TRANSITIONS, ClaimState, PostState


@service
def claim(
    *, actor: Actor, post: Post, member: Any, asked_how: str = "", asked_at: datetime | None = None
) -> Claim:
    """A member asks to hold a post; asked through the desk (代办), the desk's word holds it at once."""
    said = speaking(actor, member.pk, post.community_path, asked_how=asked_how, asked_at=asked_at)
    if post.state != PostState.OPEN:
        raise Refused(_("这个岗位现在不开放。"))
    if Claim.objects.filter(post=post, member=member).exclude(state=ClaimState.ENDED).exists():
        raise Refused(_("已经认领过这个岗位。"), code="duplicate")
    by_desk = bool(said.asked_how) or actor.is_program
    made = Claim(
        post=post,
        member=member,
        state=ClaimState.HELD if by_desk else ClaimState.ASKED,
        since=clock.today(),
        **said.values(),
    )
    made.save()
    record("claim.made", actor=actor, subject=made, town=post.town, data={"post": post.code, "state": made.state})
    return made


@service
def hold(*, actor: Actor, claim: Claim) -> Claim:
    """The desk confirms that the member holds the post."""
    must(rules.may_keep(actor, claim.post.community_path))
    move(claim, to=ClaimState.HELD, transitions=CLAIM_TRANSITIONS)
    record("claim.held", actor=actor, subject=claim, town=claim.post.town, data={"post": claim.post.code})
    path, data = claim.post.community_path, {"post": claim.post.name}
    notices.tell(actor=actor, key="claim.held", member=claim.member, path=path, subject_code=claim.code, data=data)
    return claim


@service
def end_claim(*, actor: Actor, claim: Claim, asked_how: str = "") -> Claim:
    """Hand a post back, without a reason; the member himself, or the desk because he asked."""
    speaking(actor, claim.member_id, claim.post.community_path, asked_how=asked_how)
    move(claim, to=ClaimState.ENDED, transitions=CLAIM_TRANSITIONS)
    claim.until = clock.today()
    claim.save(update_fields=["until"])
    record("claim.ended", actor=actor, subject=claim, town=claim.post.town, data={"post": claim.post.code})
    return claim
