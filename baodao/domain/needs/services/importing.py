"""A needs register goes in at once, or its good rows; and is taken back within a day while nobody worked on them."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

from baodao.base import paths
from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.base.papers.sheet import copy
from baodao.base.papers.sheet.faults import SheetFault
from baodao.base.papers.sheet.need_words import NEEDS
from baodao.base.verdict import Refused, must
from baodao.domain.audit.services import record, service
from baodao.domain.members import services as batches
from baodao.domain.needs import intake, rules, selectors
from baodao.domain.needs.models import Need
from baodao.domain.needs.rows import Intake
from baodao.domain.needs.services.registering import register_many
from baodao.domain.orgs import selectors as orgs
from baodao.domain.orgs import services as holding

NOUN = "needs"


def import_file(
    *, actor: Actor, data: bytes, filename: str, community: Any, partial: bool = False, dry_run: bool = False
) -> tuple[Intake, Any]:
    """A whole file: (what it comes to, the batch or None where nothing was written).

    Without ``partial`` one rejected row means nothing is written. Refused with code ``file`` for what cannot be read.
    """
    must(rules.may_register(actor, community.path, public=False))
    try:
        found = check(data, filename, community)
        clean = copy.without_columns(data, filename, NEEDS)
    except SheetFault as fault:
        raise Refused(f"{fault.message}。{fault.suggestion}。", code="file") from None
    if dry_run or (found.rejected and not partial) or not found.rows:
        return found, None
    return _take_in(actor=actor, data=data, clean=clean, filename=filename, community=community, partial=partial)


def check(data: bytes, filename: str, community: Any) -> Intake:
    """The verdict about a file as things stand now; writes nothing."""
    return intake.read(data, filename, community, orgs.estates(community), _seen(community.path))


def _seen(community_path: str) -> intake.Seen:
    rows = Need.objects.filter(community_path=community_path).exclude(text="")
    known = Counter(rows.values_list("registered_at", "estate_id", "text"))
    fresh = rows.exclude(batch="").filter(created_at__gte=clock.now() - timedelta(days=7))
    return intake.Seen(known, Counter(fresh.values_list("estate_id", "text")))


@service
def _take_in(
    *, actor: Actor, data: bytes, clean: bytes, filename: str, community: Any, partial: bool
) -> tuple[Intake, Any]:
    """The check is done again while the community is held: a second file with the same needs finds those of the first."""
    holding.hold(community.path)
    found = check(data, filename, community)
    if found.rejected and not partial:
        raise Refused(f"还有 {len(found.rejected)} 行要改。改好再导，或先导入正确的行。", code="rejected")
    town = paths.town_of(community.path)
    batch = batches.open_batch(
        actor=actor, noun=NOUN, town=town, scope=community.path, file_name=filename, copy=clean, rows={}
    )
    for new in found.new:
        new.batch = batch.code
    made = register_many(actor=actor, needs=found.new) if found.new else []
    counts = {key: value for key, value in found.as_dict(None).items() if isinstance(value, int)}
    counts["rejected"] = len(found.rejected)
    added = {"added": [need.code for need in made]}
    return found, batches.close_batch(actor=actor, batch=batch, counts=counts, undo=added)


@service
def undo_import(*, actor: Actor, batch: Any) -> dict[str, int]:
    """Take the needs of a batch out again: those nobody has worked on; returns removed and kept."""
    rows = list(selectors.of_batch(batch.code))
    for need in rows[:1]:
        must(rules.may_handle(actor, need))
    batches.mark_undone(actor=actor, batch=batch)
    untouched = [need for need in rows if need.version == 1 and not need.secret_hash]
    Need.objects.filter(pk__in=[need.pk for need in untouched]).delete()
    counts = {"removed": len(untouched), "kept": len(rows) - len(untouched)}
    record("needs.undone", actor=actor, kind="batch", code=batch.code, town=batch.town, data=dict(counts))
    return counts
