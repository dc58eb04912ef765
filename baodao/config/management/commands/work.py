"""The worker: tasks from the queue, the clock's jobs and the reaper, in one process."""

from __future__ import annotations

import threading
import time
from typing import Any

from django.core.management import call_command
from django.db import close_old_connections

from baodao.config.console import Plain, say
from baodao.config.serving import refuse_wrong_schema


class Command(Plain):
    """``work``."""

    help = "run tasks, the clock's jobs and the reaper until stopped"

    def handle(self, *args: Any, **options: Any) -> None:
        """Ends on SIGTERM or Ctrl+C after the present job."""
        refuse_wrong_schema()
        from baodao.config import jobs

        stop = threading.Event()
        clockwork = threading.Thread(target=_turn, args=(jobs.all_jobs(), stop), daemon=True)
        clockwork.start()
        say("报到：后台在运行。")
        try:
            call_command("db_worker", interval=1, startup_delay=False, verbosity=0)
        finally:
            stop.set()
            clockwork.join(timeout=20)


def _turn(table: list[Any], stop: threading.Event) -> None:
    while not stop.wait(5):
        close_old_connections()
        for job in table:
            if stop.is_set():
                return
            job.turn(time.monotonic())


