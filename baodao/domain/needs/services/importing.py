"""A needs register goes in: as a draft that is corrected and committed, or at once, whole or its good rows.

It is taken back within a day while nobody worked on its needs. The check is done again inside the transaction that writes.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

from baodao.base import paths
from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.base.papers.sheet import draft as draft_of
from baodao.base.papers.sheet.draft import Draft
from baodao.base.papers.sheet.faults import SheetFault
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


def read_file(data: bytes, filename: str) -> tuple[Draft, bytes]:
    """(draft, clean copy); Refused with code ``file`` and what to do for what cannot be read."""
    try:
        return intake.read(data, filename)
    except SheetFault as fault:
        raise Refused(f"{fault.message}。{fault.suggestion}。", code="file") from None


def check(draft: Draft, community: Any) -> Intake:
    """The verdict about a register as things stand now; writes nothing."""
    return intake.check(draft, community, orgs.estates(community), _seen(community.path))


def preview(*, actor: Actor, batch: Any) -> Intake:
    """The verdict about a batch under work."""
    must(rules.may_import(actor, batch.scope))
    return check(batches.rows_of(batch), orgs.by_path(batch.scope))


def start_import(*, actor: Actor, data: bytes, filename: str, scope: str) -> Any:
    """Read an upload into a batch under work of a community; Refused in words for an unreadable file."""
    must(rules.may_import(actor, scope))
    draft, clean = read_file(data, filename)
    return _open(actor=actor, draft=draft, clean=clean, filename=filename, scope=scope)


@service
def _open(*, actor: Actor, draft: Draft, clean: bytes, filename: str, scope: str) -> Any:
    town = paths.town_of(scope)
    return batches.open_batch(
        actor=actor, noun=NOUN, town=town, scope=scope, file_name=filename, copy=clean, rows=draft
    )


@service
def correct(*, actor: Actor, batch: Any, version: int | None = None, **corrections: dict[str, Any]) -> Any:
    """Keep corrections beside the cells (``base.papers.sheet.draft.correct`` names them); a stale version is refused."""
    must(rules.may_import(actor, batch.scope))
    draft = batches.rows_of(batch)
    for cells in corrections.get("edits", {}).values():
        cells |= {name: intake.kept(name, text) for name, text in cells.items()}
    draft_of.correct(draft, length=intake.CELL_LENGTH, **corrections)
    return batches.save_rows(actor=actor, batch=batch, rows=draft, version=version)


@service
@service
def commit_import(*, actor: Actor, batch: Any, partial: bool = False) -> Any:
    """Register the rows; with ``partial`` the good ones only, otherwise one rejected row means nothing is written.

    The community is held while it is checked again: a second file with the same needs finds those of the first.
    """
    must(rules.may_import(actor, batch.scope))
    holding.hold(batch.scope)
    found = preview(actor=actor, batch=batch)
    return _commit(actor, batch, found, partial=partial)


def _commit(actor: Actor, batch: Any, found: Intake, *, partial: bool) -> Any:
    counts = found.counts
    if counts["rejected"] and not partial:
        raise Refused(f"还有 {counts['rejected']} 行要改。改好再导，或先导入正确的行。", code="rejected")
    if not batches.is_draft(batch):
        raise Refused("这份文件已经处理过了。", code="state")
    for new in found.new:
        new.batch = batch.code
    made = register_many(actor=actor, needs=found.new) if found.new else []
    return batches.close_batch(actor=actor, batch=batch, counts=counts, undo={"added": [need.code for need in made]})


def import_file(
    *, actor: Actor, data: bytes, filename: str, community: Any, partial: bool = False, dry_run: bool = False
) -> tuple[Intake, Any]:
    """A whole file: (what it comes to, the batch or None where nothing was written).

    Without ``partial`` one rejected row means nothing is written. Refused with code ``file`` for what cannot be read.
    """
    must(rules.may_import(actor, community.path))
    draft, clean = read_file(data, filename)
    found = check(draft, community)
    if dry_run or (found.rejected and not partial) or not found.rows:
        return found, None
    return _take_in(actor=actor, draft=draft, clean=clean, filename=filename, scope=community.path, partial=partial)


@service
def _take_in(
    *, actor: Actor, draft: Draft, clean: bytes, filename: str, scope: str, partial: bool
) -> tuple[Intake, Any]:
    holding.hold(scope)
    batch = _open(actor=actor, draft=draft, clean=clean, filename=filename, scope=scope)
    found = preview(actor=actor, batch=batch)
    return found, _commit(actor, batch, found, partial=partial)


def _seen(community_path: str) -> intake.Seen:
    rows = Need.objects.filter(community_path=community_path).exclude(text="")
    known = Counter(rows.values_list("registered_at", "estate_id", "text"))
    fresh = rows.exclude(batch="").filter(created_at__gte=clock.now() - timedelta(days=7))
    return intake.Seen(known, Counter(fresh.values_list("estate_id", "text")))


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
