"""Load the demo: the town, its people and staff, what it offers, the months that were, the coming one, the inputs.

One seed, one day, one result. The steps are timed so that the bar on the terminal tells the truth.
"""

from __future__ import annotations

import gc
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path

from baodao.base.actor import program
from baodao.base.crypto import codes_from
from baodao.base.days import clock
from baodao.demo import history, inputs, people, posts, staff, town
from baodao.domain.audit.services import service
from baodao.domain.points import services as points

Step = Callable[[int, str], None]
MONTHS = 6


def load(*, seed: int, step: Step, inputs: Path, months: int = MONTHS, size: town.Size = town.FULL) -> None:
    """Fill the empty database; ``step(parts of 100, words)`` moves the bar. Raises whatever a service refuses."""
    today = clock.today()
    started = history.first_day(today, months)
    with codes_from(random.Random(f"{seed}/codes")), _without_collector():
        place, crew, offered = _start(seed, today, started, step, size)
        history.run(random.Random(f"{seed}/history"), place, crew, offered, started, today, step)
    _write_inputs(seed, place, today, inputs)
    step(2, "")


@contextmanager
def _without_collector() -> Iterator[None]:
    """Millions of rows that all stay for a while: looking for cycles among them takes a tenth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _start(
    seed: int, today: date, started: date, step: Step, size: town.Size
) -> tuple[town.Town, staff.Staff, posts.Offered]:
    with clock.freeze(datetime.combine(started - timedelta(days=40), time(10, 30))):
        place = _found(random.Random(f"{seed}/town"), today, size)
        step(3, "党员台账")
        folk = people.enter(random.Random(f"{seed}/people"), place, started, size)
        crew = _hire(place, folk, started - timedelta(days=400))
        step(7, "岗位和承诺")
    offered = posts.offer(random.Random(f"{seed}/posts"), place, folk, crew, started)
    step(3, "")
    return place, crew, offered


@service
def _found(rng: random.Random, today: date, size: town.Size) -> town.Town:
    place = town.build(rng, today, size)
    points.set_rules(actor=program("demo"), town=place.town.path, preset="preset_1h1p_cap2h")
    return place


@service
def _hire(place: town.Town, folk: people.People, since: date) -> staff.Staff:
    return staff.hire(place, folk, since)


def _write_inputs(seed: int, place: town.Town, today: date, folder: Path) -> None:
    inputs.write(random.Random(f"{seed}/inputs"), place, today, folder)
