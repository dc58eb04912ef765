"""Many at once for the last place, in several processes on one database: run as a program, prints one JSON object.

``python -m tests.domain.service.racer RACES PEOPLE`` prepares a small town in the (empty) database of DATABASE_URL and lets
PEOPLE members, spread over four processes, reach for the one place of each of RACES shifts at the same moment.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
import threading
import time
from datetime import datetime, timedelta
from typing import Any

PROCESSES = 4


def prepare(races: int, people: int) -> tuple[list[int], list[int]]:
    """Migrate, build the cast, make one shift with one place a day; returns the keys of shifts and members."""
    from django.core.management import call_command

    from baodao.base.days import clock
    from tests import cast, scene

    call_command("migrate", verbosity=0)
    town = cast.build()
    post = scene.post(town, min_people=1, desired_people=1, max_people=1)
    start = datetime.combine(clock.today(), datetime.min.time(), tzinfo=clock.ZONE) + timedelta(days=1, hours=20)
    shifts = [scene.shift(post, start + timedelta(days=n)).pk for n in range(races)]
    return shifts, [one.pk for one in scene.people(town, people)]


def reach(shifts: list[int], member: int, gate: Any, results: Any) -> None:
    """One member reaches for every shift, each time together with all the others."""
    from django.apps import apps
    from django.db import connection

    from baodao.base.verdict import Refused
    from baodao.domain.service import services
    from tests.cast import PROGRAM

    shift_model, person = apps.get_model("service", "Shift"), apps.get_model("members", "Member").objects.get(pk=member)
    for key in shifts:
        shift = shift_model.objects.select_related("post", "batch").get(pk=key)
        gate.wait()
        began = time.perf_counter()
        try:
            services.book(actor=PROGRAM, shift=shift, member=person)
            word = "booked"
        except Refused as error:
            word = f"refused {error.code}"
        except Exception as error:  # anything else is a fault, and is told
            word = f"error {type(error).__name__}: {error}"
        results.put((word, time.perf_counter() - began))
    connection.close()


def process(shifts: list[int], members: list[int], gate: Any, results: Any) -> None:
    """One process with a thread for each of its members."""
    threads = [threading.Thread(target=reach, args=(shifts, one, gate, results)) for one in members]
    for one in threads:
        one.start()
    for one in threads:
        one.join()


def let_go() -> None:
    """Close every connection before a fork; a pool would not survive it."""
    from django.db import connections

    connections.close_all()
    if hasattr(connections["default"], "close_pool"):
        connections["default"].close_pool()


def race(races: int, people: int) -> tuple[dict[str, Any], list[int]]:
    """Prepare, race, count what the database holds afterwards; also the keys of the racers."""
    from django.apps import apps
    from django.db.models import Count, F, Q

    shifts, members = prepare(races, people)
    let_go()
    context = multiprocessing.get_context("fork")
    gate, results = context.Barrier(people), context.Queue()
    workers = [
        context.Process(target=process, args=(shifts, members[n::PROCESSES], gate, results)) for n in range(PROCESSES)
    ]
    began = time.perf_counter()
    for one in workers:
        one.start()
    seen = [results.get() for _ in range(races * people)]
    for one in workers:
        one.join()
    words: dict[str, int] = {}
    for word, _seconds in seen:
        words[word] = words.get(word, 0) + 1
    live = Count("bookings", filter=~Q(bookings__state="freed"))
    rows = apps.get_model("service", "Shift").objects.annotate(live=live)
    times = sorted(seconds for _word, seconds in seen)
    found = {
        "races": races,
        "people": people,
        "oversold": rows.filter(Q(live__gt=1) | Q(taken__gt=F("max_people")) | ~Q(live=F("taken"))).count(),
        "filled": rows.filter(live=1).count(),
        "outcomes": dict(sorted(words.items())),
        "seconds": round(time.perf_counter() - began, 2),
        "p50_ms": round(1000 * times[len(times) // 2], 1),
        "p95_ms": round(1000 * times[int(len(times) * 0.95)], 1),
    }
    return found, members


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baodao.config.settings")
    import django

    django.setup()
    print(json.dumps(race(int(sys.argv[1]), int(sys.argv[2]))[0], ensure_ascii=False))
