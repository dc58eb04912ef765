"""Booking a place: alone, eight at once, and twelve people for the last one. ``./run bench benchmarks/booking.py [RACES]``

Works on an empty database of its own: a temporary SQLite file, or the (empty) one that DATABASE_URL names. The figures of
the contract: p50 ≤ 25 ms alone; ≥ 100/s with eight at once on PostgreSQL, ≥ 60/s on SQLite; nothing oversold in 1,000 races.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
ALONE, CROWD, EACH = 200, 8, 60


def wide_shifts(count: int, at: int) -> list[int]:
    """Open shifts with plenty of room, one a day, far from those of the races."""
    from django.apps import apps

    from baodao.base.days import clock
    from tests import scene

    post = apps.get_model("posts", "Post").objects.get()
    start = clock.now().replace(hour=20, minute=0, second=0, microsecond=0) + timedelta(days=at)
    return [
        scene.shift(post, start + timedelta(days=n), min_people=1, desired_people=30, max_people=60).pk
        for n in range(count)
    ]


def spree(member: int, shifts: list[int], results: Any = None) -> list[float]:
    """One member takes a place in each of the shifts; the seconds each took."""
    from django.apps import apps

    from baodao.domain.service import services
    from tests.cast import PROGRAM

    model, person = apps.get_model("service", "Shift"), apps.get_model("members", "Member").objects.get(pk=member)
    taken = []
    for key in shifts:
        shift = model.objects.select_related("post", "batch").get(pk=key)
        began = time.perf_counter()
        services.book(actor=PROGRAM, shift=shift, member=person)
        taken.append(time.perf_counter() - began)
    if results is not None:
        results.put(taken)
    return taken


def alone(member: int, shifts: list[int]) -> str:
    """One person, one place after another."""
    times = sorted(spree(member, shifts))
    return f"alone: p50 {1000 * times[len(times) // 2]:.1f} ms, p95 {1000 * times[int(len(times) * 0.95)]:.1f} ms (≤ 25 ms p50)"


def crowd(members: list[int], shifts: list[int]) -> str:
    """Eight processes, each its own person, all in the same shifts."""
    from tests.domain.service.racer import let_go

    let_go()
    context = multiprocessing.get_context("fork")
    results = context.Queue()
    workers = [context.Process(target=spree, args=(one, shifts, results)) for one in members]
    began = time.perf_counter()
    for one in workers:
        one.start()
    for _one in workers:
        results.get()
    spent = time.perf_counter() - began
    for one in workers:
        one.join()
    return f"{CROWD} at once: {len(members) * len(shifts) / spent:.0f} places a second (≥ 100 PostgreSQL, ≥ 60 SQLite)"


def main() -> None:
    """Print the three figures."""
    races = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    folder = tempfile.mkdtemp(prefix="baodao-booking-")
    os.environ.setdefault("DATA_DIR", folder)
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/booking.sqlite3")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baodao.config.settings")
    os.environ["BAODAO_TESTING"] = "1"  # logins of the cast with a cheap hash; nothing else of a booking changes
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    from django.db import connection

    from tests.domain.service.racer import race

    found, members = race(races, 12)
    print(f"{connection.vendor}: {found['races']} races × {found['people']} people: {found['oversold']} oversold, "
          f"{found['filled']} filled, {found['outcomes']}")  # fmt: skip
    print(alone(members[0], wide_shifts(ALONE, 4000)))
    print(crowd(members[:CROWD], wide_shifts(EACH, 5000)))


if __name__ == "__main__":
    main()
