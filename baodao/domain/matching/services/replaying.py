"""Handing a past month to the solver's measurements: the deed is kept, the names are not in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.base.verdict import must
from baodao.domain.audit.services import record, service
from baodao.domain.matching import rules
from baodao.domain.matching.replay import facts_again, problem_again
from baodao.domain.orgs import selectors as orgs

if TYPE_CHECKING:
    from baodao.base.solver import Problem


@service
def replay_month(*, actor: Actor, town: str, month: str) -> Problem:
    """A month that is over as an anonymous problem; who took it out, when and how large stands in the audit chain."""
    from baodao.base.solver import Problem
    from baodao.base.solver.anonymous import anonymous

    must(rules.may_replay(actor))
    found = anonymous(Problem.from_json(problem_again(facts_again(town, month, clock.today()))))
    data = {"month": month, "members": len(found.members), "sessions": len(found.sessions), "pairs": len(found.pair_cost)}
    record("month.replayed", actor=actor, subject=orgs.by_path(town), town=town, data=data)
    return found
