"""Take the needs of one file out again, while nobody has worked on them."""

from __future__ import annotations

from baodao.base.actor import Actor
from baodao.base.verdict import must
from baodao.domain.audit.services import record, service
from baodao.domain.needs import rules, selectors
from baodao.domain.needs.models import Need


@service
def undo_batch(*, actor: Actor, batch: str) -> tuple[int, int]:
    """Delete the untouched needs of a batch; returns (deleted, kept because they were worked on)."""
    rows = list(selectors.of_batch(batch).select_related("community"))
    for need in rows[:1]:
        must(rules.may_handle(actor, need))
    untouched = [need for need in rows if need.version == 1 and not need.secret_hash]
    for need in untouched[:1]:
        record("needs.undone", actor=actor, kind="batch", code=batch, town=need.town, data={"count": len(untouched)})
    Need.objects.filter(pk__in=[need.pk for need in untouched]).delete()
    return len(untouched), len(rows) - len(untouched)
