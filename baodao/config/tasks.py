"""Long work for the queue. What is queued carries numbers and names only; what comes back is small and plain."""

from __future__ import annotations

from typing import Any

from django_tasks import task

from baodao.base.solver.province import Town, solved

#: A province gives way to whatever people are waiting for.
BEHIND_OTHERS = -50


@task(priority=BEHIND_OTHERS)
def solve_town(**town: Any) -> dict[str, Any]:
    """Plan one invented town of a province; the row of its result."""
    return solved(Town(**town)).to_json()
