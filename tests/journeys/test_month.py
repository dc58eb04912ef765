"""A month in the town, end to end, in the eleven steps of domain.md §1.3, from the demo's own files to the signed bulletin.

Everything happens from outside: the commands, the real server, a real Chromium, on SQLite or (DATABASE_URL) PostgreSQL.
``BAODAO_TODAY`` chooses the day on which the town lives.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.month_service import Story
from tests.journeys.town import Town, drop_database, new_database


@pytest.fixture
def town(browser: Browser, tmp_path: Path) -> Iterator[Town]:
    """The demo town, served on its day."""
    server = os.environ.get("DATABASE_URL", "")
    database = new_database(server) if server.startswith("postgres") else ""
    day = os.environ.get("BAODAO_TODAY")
    found = Town(
        tmp_path, database, browser, shots=os.environ.get("KEEP_SCREENS") == "1",
        day=date.fromisoformat(day) if day else None,
    )  # fmt: skip
    try:
        found.run("demo", "--no-serve")
        found.start()
        yield found
    finally:
        found.stop()
        if database:
            drop_database(database, server)


def test_a_month_in_the_town(town: Town) -> None:
    """Ledger → report-in → offers of time → needs → triage → posts → places → promises → service → confirmation → month's end."""
    month = Story(town)
    month.step_01_ledger_from_a_file()
    month.step_02_report_in()
    month.step_03_what_a_member_offers()
    month.step_04_needs_by_three_doors()
    month.step_05_triage()
    month.step_06_a_post_from_a_need()
    month.step_07_plan_offers_and_answers()
    month.step_08_promises_on_the_board()
    month.step_09_service_and_roll_call()
    month.step_10_confirmed_and_told()
    month.step_11_the_month_is_closed_and_signed()
    assert town.faults == []
