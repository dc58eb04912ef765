"""The months that were, made by the services' many-forms at the hours they would have happened; one transaction a month."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date

from baodao.base.days.months import Month
from baodao.demo.posts import Offered
from baodao.demo.staff import Staff
from baodao.demo.town import Town


def first_month(today: date, months: int) -> Month:
    """The first month of so many whole ones before the present one."""
    return Month.of(today).shifted(-months)


def run(
    rng: random.Random, town: Town, staff: Staff, offered: Offered, started: Month, today: date,
    step: Callable[[int, str], None],
) -> None:  # fmt: skip
    """Everything from the first month to yesterday, and the coming month's posts and needs."""
