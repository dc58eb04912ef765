"""The best 20 for one need (G11): < 1 ms in a community, < 10 ms among 100,000. ``./run bench benchmarks/best20.py [--members N]``

Works on an empty database of its own: a temporary SQLite file, or the (empty) one that DATABASE_URL names. Invented members
(no name, no contact) with rows in one of twelve communities and, for the second figure, in one place that all of
them may serve. A statement's time is from asking the database to having the rows, warm, the least of five tries (a busy machine interrupts),
then median and p95 over many needs; beside it an empty statement, and one try through Django's query.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
MONTH, PLACES = "2026-12", 12
EVERYWHERE = "/SX/SZ/all/"


def people(count: int) -> list[int]:
    """So many members without a word about them."""
    from django.apps import apps

    from baodao.base.days import clock

    model, now = apps.get_model("members", "Member"), clock.now()
    said = {"county": "/SX/", "kind": "in_service", "name": "", "created_at": now, "changed_at": now}
    rows = [model(code=f"{n:010}", **said) for n in range(count)]
    model.objects.bulk_create(rows, batch_size=2000)
    return list(model.objects.order_by("pk").values_list("pk", flat=True))


def laid_out(keys: list[int], rng: random.Random) -> int:
    """Their rows in the table: a third of the slots, half of them with every kind, one speciality or two; how many rows."""
    from django.apps import apps

    from baodao.domain.matching.reach import EVERY_KIND, KIND_BIT, SLOT_BIT

    model = apps.get_model("matching", "Reach")
    slots, kinds, count, batch = list(SLOT_BIT.values()), list(KIND_BIT.values()), 0, []
    for key in keys:
        said = {
            "town": "/SX/SZ/", "month": MONTH, "member_id": key,
            "standing": (price := rng.choice([0, 15]) + 30 * rng.randrange(12) - 20_000 * (rng.random() < 0.3)),
            "festive": price + 12 * rng.randrange(3), "slots": sum(rng.sample(slots, len(slots) // 3)),
            "kinds": EVERY_KIND if rng.random() < 0.5 else sum(rng.sample(kinds, 4)),
            "days": sum(1 << day for day in rng.sample(range(1, 32), rng.randrange(28, 32))),
        }  # fmt: skip
        skills = ["", *rng.sample([f"skill{n}" for n in range(40)], rng.randrange(3))]
        for path in (f"/SX/SZ/{rng.randrange(PLACES):02}/", EVERYWHERE):
            batch += [model(community_path=path, skill=skill, certified=rng.random() < 0.2, **said) for skill in skills]
        if len(batch) > 5000:
            model.objects.bulk_create(batch, batch_size=900)
            count, batch = count + len(batch), []
    model.objects.bulk_create(batch, batch_size=900)
    return count + len(batch)


def needs(path: Callable[[], str], rng: random.Random, count: int) -> list[tuple[Any, bool]]:
    """Needs of every sort: with and without a speciality, a paper, on holidays too."""
    from baodao.base.days.service_days import SLOTS
    from baodao.domain.matching.reach import KIND_BIT
    from baodao.domain.posts.eligibility import Slot

    found = []
    for number in range(count):
        skill = f"skill{rng.randrange(40)}" if number % 2 else ""
        where = Slot(
            path(), rng.choice(list(KIND_BIT)), date(2026, 12, rng.randrange(1, 32)), rng.choice(sorted(SLOTS)), skill=skill,
            certificate="paper" if number % 6 == 1 else "", max_people=3,
        )  # fmt: skip
        found.append((where, number % 10 == 9))
    return found


def timed(asked: list[tuple[Any, bool]]) -> tuple[float, float]:
    """Median milliseconds of one try through Django's query, and how many were found on average."""
    from baodao.domain.matching.reach import first

    for where, holiday in asked[:20]:
        first(where, 20, holiday=holiday)
    times, rows = [], 0
    for where, holiday in asked:
        began = time.perf_counter()
        rows += len(first(where, 20, holiday=holiday))
        times.append(1000 * (time.perf_counter() - began))
    return sorted(times)[len(times) // 2], rows / len(asked)


def database_time(asked: list[tuple[Any, bool]]) -> list[float]:
    """Milliseconds of each need's statement alone, the least of five tries, sorted."""
    from django.db import connection

    from baodao.domain.matching.reach import fitting

    times = []
    for where, holiday in asked:
        price = "festive" if holiday else "standing"
        rows = fitting(where).order_by(price, "member_id").values_list("member_id", price)[:20]
        times.append(least(connection, *rows.query.sql_with_params()))
    return sorted(times)


def least(connection: Any, sql: str, values: Any = ()) -> float:
    """The least milliseconds of five tries."""
    tries = []
    with connection.cursor() as cursor:
        for _ in range(5):
            began = time.perf_counter()
            cursor.execute(sql, values)
            cursor.fetchall()
            tries.append(1000 * (time.perf_counter() - began))
    return min(tries)


def main() -> None:
    """Fill, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--members", type=int, default=100_000)
    parser.add_argument("--needs", type=int, default=400)
    args = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    folder = tempfile.TemporaryDirectory()
    os.environ |= {"DJANGO_SETTINGS_MODULE": "baodao.config.settings", "DATA_DIR": folder.name, "SECRET_KEY": "bench"}
    import django
    from django.core.management import call_command

    django.setup()
    from django.db import connection

    call_command("migrate", verbosity=0)
    rng = random.Random(1)
    rows = laid_out(people(args.members), rng)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE matching_reach" if connection.vendor == "postgresql" else "ANALYZE")
    print(f"{connection.vendor}: {args.members} members, {rows} rows; an empty statement {least(connection, 'SELECT 1'):.3f} ms")
    sets = {
        "in a community": (lambda: f"/SX/SZ/{rng.randrange(PLACES):02}/", 1.0),
        f"among {args.members}": (lambda: EVERYWHERE, 10.0),
    }
    for words, (path, bound) in sets.items():
        asked = needs(path, rng, args.needs)
        median, found = timed(asked)
        alone = database_time(asked)
        p95 = alone[int(0.95 * len(alone))]
        print(
            f"best 20 {words}: median {alone[len(alone) // 2]:.2f} ms, p95 {p95:.2f} ms; through Django {median:.2f} ms; "
            f"{found:.1f} found (< {bound:g} ms: {'yes' if p95 < bound else 'no'})", flush=True,
        )  # fmt: skip
    connection.close()
    folder.cleanup()


if __name__ == "__main__":
    main()
