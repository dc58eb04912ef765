"""History and code cannot disagree: a demo month made one deed at a time has the same rows as the one made in bulk."""

from __future__ import annotations

from collections import Counter

from django.db import connection

from baodao.demo import removal
from baodao.domain.matching import services as matching
from baodao.domain.matching.models import Offer, PlanLine
from baodao.domain.needs import services as needs
from baodao.domain.needs.models import Need, NeedEvent
from baodao.domain.notices import services as notices
from baodao.domain.notices.models import Notice
from baodao.domain.posts import services as posts
from baodao.domain.posts.models import Commitment, Post
from baodao.domain.service import services as service
from baodao.domain.service.models import Booking, ServiceRecord, Shift
from tests.demo.conftest import make

SHIFT = ("shift__post__name", "shift__community_path", "shift__start_at")
TABLES = {
    Shift: ("post__name", "community_path", "start_at", "taken", "role_taken", "state", "rolled_at"),
    PlanLine: (*SHIFT, "member__name", "role"),
    Booking: (*SHIFT, "member__name", "state", "source", "attendance", "asked_how", "unit_path", "freed_by"),
    Offer: (*SHIFT, "member__name", "state", "reason", "asked_how", "sent_at", "answered_at", "expires_at"),
    ServiceRecord: (*SHIFT, "member__name", "minutes", "state", "evidence", "confirmed_at", "month"),
    Need: ("community_path", "text", "registered_at", "state", "tier", "due_at", "outcome", "told", "closed_at"),
    NeedEvent: ("need__text", "need__registered_at", "kind", "at", "words"),
    Notice: ("key", "member__name", "path", "channel", "created_at", "read_at"),
    Post: ("name", "community_path", "leader__name", "state", "since"),
    Commitment: ("post__name", "community_path", "member__name", "goal", "state", "asked_how", "shown_since"),
}


def rows() -> dict[str, Counter]:
    """Every row by what it says, without the codes that chance gave it."""
    found = {}
    for model, columns in TABLES.items():
        found[model.__name__] = Counter(model.objects.values_list(*columns))
    return found


def one_by_one(monkeypatch) -> None:
    """Let the demo call the single services: each many-form it uses becomes a walk over the single one."""

    def use(module, name, walk):
        monkeypatch.setattr(module, name, walk)

    use(service, "roll_call_many",
         lambda *, actor, rolls: [r for shift, marks in rolls for r in service.roll_call(actor=actor, shift=shift, marks=marks)])
    confirm = service.confirm_records
    use(service, "confirm_records", lambda *, actor, records, served=False: [
        one for record in records for one in confirm(actor=actor, records=[record], served=served)])
    use(matching, "answer_many", lambda *, actor, rows: [
        matching.answer(actor=actor, offer=r.offer, accept=r.accept, reason=r.reason, asked_how=r.asked_how) for r in rows])
    lapse = matching.lapse_due
    from baodao.domain.matching import selectors

    use(matching, "lapse_due", lambda *, actor: sum(lapse(actor=actor, offers=[o]) for o in list(selectors.due())))
    use(needs, "accept_many", lambda *, actor, needs, triage: [
        globals()["needs"].accept(actor=actor, need=n, weight=t.weight, urgency=t.urgency, wished_on=t.wished_on,
                                  category=t.category) for n, t in zip(needs, triage, strict=True)])
    use(needs, "assign_many", lambda *, actor, needs, subject_code, words: [
        globals()["needs"].assign(actor=actor, need=n, subject_code=subject_code, words=words) for n in needs])
    use(needs, "finish_many", lambda *, actor, needs, outcomes, public_words: [
        globals()["needs"].finish(actor=actor, need=n, outcome=o, public_words=w)
        for n, o, w in zip(needs, outcomes, public_words, strict=True)])
    use(needs, "tell_many", lambda *, actor, needs, told, solved=(): [
        globals()["needs"].tell(actor=actor, need=n, told=t, solved=n.code in solved) for n, t in zip(needs, told, strict=True)])
    register = needs.register_many
    use(needs, "register_many", lambda *, actor, needs: [one for n in needs for one in register(actor=actor, needs=[n])])
    told = notices.mark_told_many
    use(notices, "mark_told_many", lambda *, actor, notices, channel: [
        told(actor=actor, notices=[n], channel=channel) for n in notices])
    use(posts, "draft_commitments_many", lambda *, actor, rows: [
        posts.draft_commitment(actor=actor, post=r.post, member=r.member, goal=r.goal, when=r.when, quality=r.quality,
                               asked_how=r.asked_how, asked_at=r.asked_at) for r in rows])
    use(posts, "submit_commitments_many",
         lambda *, actor, commitments: [posts.submit_commitment(actor=actor, commitment=c) for c in commitments])
    use(posts, "approve_commitments_many",
         lambda *, actor, commitments: [posts.approve_commitment(actor=actor, commitment=c) for c in commitments])
    use(posts, "open_posts_many", lambda *, actor, posts: [globals()["posts"].open_post(actor=actor, post=p) for p in posts])


def test_a_month_made_one_deed_at_a_time_has_the_same_rows(db, tmp_path, monkeypatch):
    make(tmp_path / "many")
    in_bulk = rows()
    assert all(in_bulk.values())
    removal.empty(connection)
    one_by_one(monkeypatch)
    make(tmp_path / "single")
    assert rows() == in_bulk
