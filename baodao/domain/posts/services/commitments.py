"""承诺: written by the member (or by the desk because the member asked), reviewed, shown, adjusted, kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.base.text.controls import strip_controls
from baodao.base.verdict import Refused, must
from baodao.domain.audit.services import move, record, save_if_version, service
from baodao.domain.notices import services as notices
from baodao.domain.notices.services import Telling
from baodao.domain.posts import rules
from baodao.domain.posts.behalf import speaking
from baodao.domain.posts.models import Commitment, Post
from baodao.domain.posts.rows import NewCommitment
from baodao.domain.posts.states import COMMITMENT_TRANSITIONS, CommitmentState

WORKING = (CommitmentState.DRAFTED, CommitmentState.SUBMITTED, CommitmentState.RETURNED, CommitmentState.SHOWN,
           CommitmentState.ADJUSTED)  # fmt: skip


def _words(*said: str) -> tuple[str, ...]:
    return tuple(strip_controls(one).strip() for one in said)


@service
def draft_commitments_many(*, actor: Actor, rows: Iterable[NewCommitment]) -> list[Commitment]:
    """提诺: drafts in one insert; a member has one working commitment a post."""
    wanted, made = list(rows), []
    pairs = {(row.post.pk, row.member.pk) for row in wanted}
    held = Commitment.objects.filter(post_id__in={p for p, _m in pairs}, state__in=WORKING)
    if pairs & set(held.values_list("post_id", "member_id")) or len(pairs) < len(wanted):
        raise Refused(_("这个岗位已经有一份承诺，改那一份。"), code="duplicate")
    for row in wanted:
        said = speaking(actor, row.member.pk, row.post.community_path, asked_how=row.asked_how, asked_at=row.asked_at)
        goal, when, quality = _words(row.goal, row.when, row.quality)
        must(rules.why_not_commitment(goal, when, quality))
        one = Commitment(
            post=row.post,
            member=row.member,
            community_path=row.post.community_path,
            goal=goal,
            when=when,
            quality=quality,
            **said.values(),
        )
        one.stamp()
        made.append(one)
    Commitment.objects.bulk_create(made, batch_size=200)
    for one in made:
        record("commitment.drafted", actor=actor, subject=one, town=one.post.town, data={"post": one.post.code})
    if not actor.is_program:
        _tell_many(actor, [one for one in made if one.is_on_behalf], "commitment.drafted")
    return made


@service
def draft_commitment(
    *,
    actor: Actor,
    post: Post,
    member: Any,
    goal: str,
    when: str,
    quality: str,
    asked_how: str = "",
    asked_at: datetime | None = None,
) -> Commitment:
    """提诺: one draft."""
    row = NewCommitment(post, member, goal, when, quality, asked_how, asked_at)
    return draft_commitments_many(actor=actor, rows=[row])[0]


@service
def change_commitment(
    *, actor: Actor, commitment: Commitment, version: int, goal: str, when: str, quality: str, asked_how: str = ""
) -> Commitment:
    """Change the words of a draft, or of one that came back."""
    speaking(actor, commitment.member_id, commitment.community_path, asked_how=asked_how or commitment.asked_how)
    if commitment.state not in (CommitmentState.DRAFTED, CommitmentState.RETURNED):
        raise Refused(_("已经送审，先撤回再改。"))
    goal, when, quality = _words(goal, when, quality)
    must(rules.why_not_commitment(goal, when, quality))
    changes = {"goal": goal, "when": when, "quality": quality}
    save_if_version(commitment, version=version, changes=changes, labels=rules.LABELS)
    record("commitment.changed", actor=actor, subject=commitment, town=commitment.post.town)
    return commitment


def _move_many(rows: list[Commitment], to: str, **more: Any) -> None:
    """Move many in one update; refused when one of them is no longer where it was."""
    if not rows:
        return
    for row in rows:
        if to not in COMMITMENT_TRANSITIONS[CommitmentState(row.state)]:
            raise Refused(_("现在的状态不能这样做，刷新看看。"), code="state")
    before = {row.state for row in rows}
    moved = Commitment.objects.filter(pk__in=[row.pk for row in rows], state__in=before).update(
        state=to, version=F("version") + 1, changed_at=clock.now(), **more
    )
    if moved != len(rows):
        raise Refused(_("别人刚刚改过，刷新看看。"), code="state")
    for row in rows:
        row.state, row.version = to, row.version + 1
        for name, value in more.items():
            setattr(row, name, value)


@service
def submit_commitments_many(*, actor: Actor, commitments: Iterable[Commitment]) -> list[Commitment]:
    """Send drafts to the secretary."""
    rows = list(commitments)
    for row in rows:
        speaking(actor, row.member_id, row.community_path, asked_how=row.asked_how)
    _move_many(rows, CommitmentState.SUBMITTED)
    for row in rows:
        record("commitment.submitted", actor=actor, subject=row, town=row.post.town)
    return rows


@service
def submit_commitment(*, actor: Actor, commitment: Commitment) -> Commitment:
    """Send one draft to the secretary."""
    return submit_commitments_many(actor=actor, commitments=[commitment])[0]


@service
def approve_commitments_many(
    *, actor: Actor, commitments: Iterable[Commitment], until: date | None = None
) -> list[Commitment]:
    """审诺: pass and show from today on (until the given day, or until it is kept)."""
    rows = list(commitments)
    for row in rows:
        must(rules.may_review(actor, row.community_path, row.on_behalf_by))
    _move_many(
        rows,
        CommitmentState.SHOWN,
        reviewed_by=actor.account_id,
        reviewed_at=clock.now(),
        shown_since=clock.today(),
        shown_until=until,
        review_words="",
    )
    for row in rows:
        record("commitment.shown", actor=actor, subject=row, town=row.post.town)
    _tell_many(actor, rows, "commitment.approved")
    return rows


@service
def approve_commitment(*, actor: Actor, commitment: Commitment, until: date | None = None) -> Commitment:
    """审诺: pass one."""
    return approve_commitments_many(actor=actor, commitments=[commitment], until=until)[0]


@service
def return_commitment(*, actor: Actor, commitment: Commitment, words: str) -> Commitment:
    """Send back with what should be changed."""
    must(rules.may_review(actor, commitment.community_path, commitment.on_behalf_by))
    (said,) = _words(words)
    if not said:
        raise Refused(_("写一句要改什么。"), code="words")
    _move_many([commitment], CommitmentState.RETURNED, review_words=said[:80], reviewed_by=actor.account_id)
    record("commitment.returned", actor=actor, subject=commitment, town=commitment.post.town)
    _tell_many(actor, [commitment], "commitment.returned")
    return commitment


def _tell_many(actor: Actor, rows: list[Commitment], key: str) -> None:
    told = [
        Telling(
            key,
            member=row.member,
            path=row.community_path,
            subject_code=row.code,
            data={"post": row.post.name, "words": row.review_words},
        )
        for row in rows
    ]
    notices.tell_many(actor=actor, rows=told)


@service
def adjust_commitment(*, actor: Actor, commitment: Commitment, words: str) -> Commitment:
    """已调整: what could not be as promised, with the organisation's explanation; never a person's failure."""
    must(rules.may_keep(actor, commitment.community_path))
    (said,) = _words(words)
    if not said:
        raise Refused(_("写一句怎么调整、为什么。"), code="words")
    if commitment.state == CommitmentState.ADJUSTED:
        commitment.progress = said[:120]
        commitment.save(update_fields=["progress"])
    else:
        _move_many([commitment], CommitmentState.ADJUSTED, progress=said[:120])
    record("commitment.adjusted", actor=actor, subject=commitment, town=commitment.post.town)
    return commitment


@service
def keep_commitment(*, actor: Actor, commitment: Commitment, outcome: str) -> Commitment:
    """践诺完成: what came of it; it stays on the board until its day."""
    must(rules.may_keep(actor, commitment.community_path))
    (said,) = _words(outcome)
    if not said:
        raise Refused(_("写一句做成了什么。"), code="words")
    _move_many([commitment], CommitmentState.KEPT, outcome=said[:120])
    record("commitment.kept", actor=actor, subject=commitment, town=commitment.post.town)
    return commitment


@service
def set_progress(*, actor: Actor, commitment: Commitment, words: str) -> Commitment:
    """A line of progress under a promise that is shown."""
    must(rules.may_keep(actor, commitment.community_path))
    (said,) = _words(words)
    if commitment.state not in (CommitmentState.SHOWN, CommitmentState.ADJUSTED):
        raise Refused(_("公示中的承诺才写进展。"))
    commitment.progress = said[:120]
    commitment.save(update_fields=["progress"])
    record("commitment.progress", actor=actor, subject=commitment, town=commitment.post.town)
    return commitment


@service
def withdraw_commitment(*, actor: Actor, commitment: Commitment, asked_how: str = "") -> Commitment:
    """Take it back: the member at any time and without a reason, or the desk because the member asked."""
    speaking(actor, commitment.member_id, commitment.community_path, asked_how=asked_how)
    move(commitment, to=CommitmentState.WITHDRAWN, transitions=COMMITMENT_TRANSITIONS)
    record("commitment.withdrawn", actor=actor, subject=commitment, town=commitment.post.town)
    return commitment
