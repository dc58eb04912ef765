"""Commitments through the months: some are kept, new ones are made and shown, a few wait for the secretary today."""

from __future__ import annotations

import random
from typing import Any

from baodao.base.days import clock
from baodao.demo.posts import GOALS, Offered
from baodao.demo.staff import Staff
from baodao.demo.town import Town
from baodao.domain.posts import patterns
from baodao.domain.posts import services as posts
from baodao.domain.posts.rows import NewCommitment

_CAME = ("按承诺办完，居民说满意", "这个月每次都到，没有空岗", "办了四次，都按时", "承诺的事办成了，接着办")
KEPT_A_MONTH = 2


def month(rng: random.Random, town: Town, offered: Offered, staff: Staff) -> None:
    """In each community two promises are kept and two others begin."""
    for community in town.communities:
        clerk, secretary = staff.clerks[community.path], staff.secretaries[community.path]
        mine = [one for one in offered.commitments if one.community_path == community.path]
        kept = rng.sample(mine, min(KEPT_A_MONTH, len(mine)))
        for one in kept:
            posts.keep_commitment(actor=clerk, commitment=one, outcome=rng.choice(_CAME))
        drafts = posts.draft_commitments_many(actor=clerk, rows=_again(rng, kept, staff))
        posts.submit_commitments_many(actor=clerk, commitments=drafts)
        shown = posts.approve_commitments_many(actor=secretary, commitments=drafts)
        gone = {one.pk for one in kept}
        offered.commitments = [one for one in offered.commitments if one.pk not in gone] + shown


def _again(rng: random.Random, kept: list[Any], staff: Staff) -> list[NewCommitment]:
    """The same people promise for the coming month, as they told the clerk."""
    return [
        NewCommitment(
            one.post, one.member, GOALS[one.post.name], patterns.words(one.post.pattern)[:60] or "按排班",
            one.post.quality, asked_how=rng.choice(("in_person", "phone")), asked_at=clock.now(),
        )
        for one in kept
        if one.member_id not in staff.members
    ]  # fmt: skip


def waiting(rng: random.Random, community: Any, offered: Offered, staff: Staff) -> None:
    """Two promises of 幸福社区 that the secretary has on the table: one by the desk, one by the member with a login."""
    clerk = staff.clerks[community.path]
    mine = [one for one in offered.commitments if one.community_path == community.path]
    if not mine:
        return
    old = rng.choice(mine)
    posts.keep_commitment(actor=clerk, commitment=old, outcome=rng.choice(_CAME))
    drafts = posts.draft_commitments_many(actor=clerk, rows=_again(rng, [old], staff))
    posts.submit_commitments_many(actor=clerk, commitments=drafts)
    member = staff.people.member
    draft = posts.draft_commitment(
        actor=staff.members[member.pk], post=old.post, member=member, goal="每周到一次，事先看好时间", when="周末",
        quality="不空岗，来不了提前说",
    )  # fmt: skip
    posts.submit_commitment(actor=staff.members[member.pk], commitment=draft)
