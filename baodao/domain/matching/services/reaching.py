"""Keeping the table of whom to ask in step with the ledger: what is wrong is written, what is right is left alone."""

from __future__ import annotations

from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.base.days.months import Month
from baodao.base.verdict import must
from baodao.domain.audit.services import service
from baodao.domain.matching import rules
from baodao.domain.matching.models import Reach
from baodao.domain.matching.reach import COLUMNS, rows_of
from baodao.domain.orgs import selectors as orgs


@service
def refresh_reach(*, actor: Actor, town: str) -> tuple[int, int]:
    """Bring a town's running month and the next up to date; earlier months go. How many rows were taken out and put in.

    Derived from what has its own entries in the chain, so this leaves none.
    """
    must(rules.may_refresh(actor))
    now = Month.of(clock.today())
    months = [str(now), str(now.next())]
    communities = [org.path for org in orgs.communities(town)]
    wanted = {row for month in months for row in rows_of(town, month, communities)}
    had = {tuple(row[1:]): row[0] for row in Reach.objects.filter(town=town).values_list("pk", *COLUMNS)}
    gone = [pk for row, pk in had.items() if row not in wanted]
    for start in range(0, len(gone), 500):
        Reach.objects.filter(pk__in=gone[start : start + 500]).delete()
    fresh = [Reach(town=town, **dict(zip(COLUMNS, row, strict=True))) for row in sorted(wanted - had.keys())]
    Reach.objects.bulk_create(fresh, batch_size=500)
    return len(gone), len(fresh)
