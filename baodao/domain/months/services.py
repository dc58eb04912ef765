"""Writes of the month: close, assess, draft, edit words, submit, sign. Rendering stands in ``issuing``."""

from __future__ import annotations

from django.utils.translation import gettext as _

from baodao.base import paths
from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.base.days.months import Month
from baodao.base.verdict import Refused, must
from baodao.domain.audit.services import move, record, save_if_version, service
from baodao.domain.documents import services as documents
from baodao.domain.documents.states import DocumentKind
from baodao.domain.months import figures, rules, sections, selectors
from baodao.domain.months import rows as counted
from baodao.domain.months.models import Assessment, Bulletin, MonthClose
from baodao.domain.months.states import TRANSITIONS, BulletinState
from baodao.domain.orgs import selectors as orgs
from baodao.domain.points import services as points
from baodao.domain.service import selectors as served
from baodao.domain.service import services as serving
from baodao.domain.service.states import RecordState


@service
def close_month(*, actor: Actor, town: str, month: str) -> MonthClose:
    """Settle a month that is over: confirmed records count and earn, unconfirmed ones are listed and left out.

    A closed month is answered with the same figures. Late confirmations of months closed before are settled here and
    named as late; months still open keep theirs. Refused while the month runs.
    """
    must(rules.may_close(actor, town))
    points.hold(actor=actor, town=town)  # two who close at once: the second waits and finds it done
    held = selectors.close_of(town, month)
    if held is not None:
        return held
    value = Month.parse(month)
    if not value.is_over(clock.today()):
        raise Refused(_("%(month)s还没有过完，%(day)s以后才能结月。") % {"month": value.label, "day": value.last})
    _settle(actor, town, month)
    waiting = served.visible_records(counted.COUNTER).filter(town=town, month=month, state=RecordState.PENDING)
    close = MonthClose(
        town=town,
        month=month,
        closed_at=clock.now(),
        closed_by=actor.account_id,
        figures=figures.town_figures(town, month),
        places=selectors.counts_of_places(town, month),
        left_out=list(waiting.order_by("date", "pk").values_list("code", flat=True)),
    )
    close.save()
    _assess(town, month)
    _draft(actor, town, month, close)
    record("month.closed", actor=actor, subject=close, town=town, data={"month": month, "left": len(close.left_out)})
    return close


def _settle(actor: Actor, town: str, month: str) -> None:
    closed = [row.month for row in selectors.closes(town) if row.month < month]
    due = served.visible_records(counted.COUNTER).filter(
        town=town, month__in=[month, *closed], state=RecordState.CONFIRMED, counted_month=""
    )
    rows = list(due.order_by("date", "pk"))
    serving.settle_many(actor=actor, records=rows, month=month)
    points.settle(actor=actor, town=town, month=month, records=rows)


def _assess(town: str, month: str) -> None:
    communities = [org.path for org in orgs.communities(town)]
    units = [unit.path for unit in orgs.units(paths.county_of(town))]
    shares = {**figures.community_shares(town, month, communities), **figures.unit_shares(town, month, units)}
    Assessment.objects.bulk_create(
        [
            Assessment(town=town, month=month, path=path, component=key, part=share.part, base=share.base)
            for path, components in shares.items()
            for key, share in components.items()
        ],
        batch_size=500,
    )


def _draft(actor: Actor, town: str, month: str, close: MonthClose) -> Bulletin:
    drafter = actor.account_id
    words = sections.draft_words(close.figures, month, figures.kinds_of_need(town, month))
    bulletin = Bulletin(town=town, month=month, words=words, drafted_by=drafter)
    bulletin.save()
    record("bulletin.drafted", actor=actor, subject=bulletin, town=town, data={"month": month})
    return bulletin


@service
def edit_bulletin(*, actor: Actor, bulletin: Bulletin, version: int, words: dict[str, str]) -> Bulletin:
    """Change words, never numbers; only the sections a person writes, only in a draft."""
    must(rules.may_draft(actor, bulletin.town))
    if bulletin.state != BulletinState.DRAFT:
        raise Refused(_("送审以后不能改，先退回草稿。"))
    cleaned = sections.clean_words(words)
    changes = {"words": {**bulletin.words, **cleaned}, "drafted_by": actor.account_id}
    labels = {"words": _("文字"), "drafted_by": _("拟稿人")}
    save_if_version(bulletin, version=version, changes=changes, labels=labels)
    record("bulletin.edited", actor=actor, subject=bulletin, town=bulletin.town, data={"sections": sorted(cleaned)})
    return bulletin


@service
def submit_bulletin(*, actor: Actor, bulletin: Bulletin) -> Bulletin:
    """送审."""
    must(rules.may_draft(actor, bulletin.town))
    move(bulletin, to=BulletinState.SUBMITTED, transitions=TRANSITIONS)
    if bulletin.drafted_by is None:
        bulletin.drafted_by = actor.account_id
        bulletin.save(update_fields=["drafted_by"])
    record("bulletin.submitted", actor=actor, subject=bulletin, town=bulletin.town)
    return bulletin


@service
def return_bulletin(*, actor: Actor, bulletin: Bulletin, opinion: str) -> Bulletin:
    """退回 with what should be changed."""
    must(rules.may_sign(actor, bulletin.town, None))
    if not opinion.strip():
        raise Refused(_("写一句要改什么。"), code="opinion")
    move(bulletin, to=BulletinState.DRAFT, transitions=TRANSITIONS)
    bulletin.opinion = opinion.strip()[:120]
    bulletin.save(update_fields=["opinion"])
    record("bulletin.returned", actor=actor, subject=bulletin, town=bulletin.town)
    return bulletin


@service
def sign_bulletin(*, actor: Actor, bulletin: Bulletin) -> Bulletin:
    """签发: freeze the figures and reserve the number; ``issuing.issue`` renders, seals and delivers afterwards."""
    must(rules.may_sign(actor, bulletin.town, bulletin.drafted_by))
    move(bulletin, to=BulletinState.SIGNED, transitions=TRANSITIONS)
    title = sections.title(orgs.by_path(bulletin.town).name, bulletin.month)
    bulletin.document = documents.reserve(
        actor=actor, town=bulletin.town, kind=DocumentKind.BULLETIN, month=bulletin.month, title=title
    )
    bulletin.figures = selectors.bulletin_figures(bulletin.town, bulletin.month)
    bulletin.signed_by, bulletin.signed_at = actor.account_id, clock.now()
    bulletin.save(update_fields=["document", "figures", "signed_by", "signed_at"])
    record("bulletin.signed", actor=actor, subject=bulletin, town=bulletin.town, data={"month": bulletin.month})
    return bulletin


@service
def seal_bulletin(*, actor: Actor, bulletin: Bulletin, copies: dict[str, bytes]) -> Bulletin:
    """Archive the rendered copies and deliver them to every unit and community of the town."""
    document = documents.seal(actor=actor, document=bulletin.document, copies=copies)
    to = [unit.path for unit in orgs.units(paths.county_of(bulletin.town))]
    to += [community.path for community in orgs.communities(bulletin.town)]
    documents.deliver_many(actor=actor, document=document, paths=to)
    move(bulletin, to=BulletinState.DELIVERED, transitions=TRANSITIONS)
    record("bulletin.delivered", actor=actor, subject=bulletin, town=bulletin.town, data={"to": len(to)})
    return bulletin


