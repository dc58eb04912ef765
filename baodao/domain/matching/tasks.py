"""Work of matching that is done later: a run's code in, its service called. A task is a bell; the row decides."""

from __future__ import annotations

from django_tasks import task

from baodao.domain.matching.services import running


@task()
def work_run(code: str) -> None:
    """Work out the run of that code, if it still waits."""
    running.execute(code)


def start(code: str) -> None:
    """Ring for a run; called after the deed that asked for it was committed."""
    work_run.enqueue(code)
