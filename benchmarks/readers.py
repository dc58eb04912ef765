"""Pages as their readers get them from the running server, beside the contract's bounds. ``./run bench benchmarks/readers.py``

Starts ``./run`` (granian, two workers) on a copy of the demo in DATA_DIR (loaded afresh if there is none; on PostgreSQL the
database of DATABASE_URL, loaded once). The week: all shifts of the coming week are opened to members as the desk would, then
four processes logged in as ``member`` ask for its fullest day with every shift shown, each with what speaks for or against
it. Bytes are what came over the wire, heads included; CPU is that of the server's processes and the database's, per page;
queries are counted in this process on the same database. "alone" is one reader after another's last answer: server time.
"""

from __future__ import annotations

import multiprocessing
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import pages
from benchmarks.served import Browser, Server, cpu_of, demo_copy, fraction, line, machine, postgres_pids, settings_for

READERS, SECONDS, ALONE = 4, 8.0, 20
OTHER = {"queries": 40, "ms": 150.0}


def open_week() -> tuple[str, dict[str, int]]:
    """Open the shifts of the whole coming week; its fullest day, and what the week and that day hold."""
    from django.apps import apps

    from baodao.base.actor import program
    from baodao.base.days import clock, service_days
    from baodao.domain.accounts import selectors as accounts
    from baodao.domain.members import selectors as members
    from baodao.domain.orgs import selectors as orgs
    from baodao.domain.service import selectors, services

    first = service_days.week_start(clock.today()) + timedelta(days=7)
    week = apps.get_model("service", "Shift").objects.filter(date__gte=first, date__lt=first + timedelta(days=7))
    for town in orgs.towns():
        for community in orgs.communities(town.path):
            planned = week.filter(community_path=community.path, state="planned")
            services.open_shifts_many(actor=program("benchmark"), shifts=list(planned))
    days = list(week.filter(state="open").values_list("date", flat=True))
    fullest = max(set(days), key=days.count)
    account = accounts.by_login("member")
    found = selectors.open_to_member(members.myself(accounts.actor_for(account)), first, first + timedelta(days=6))
    held = {"week": len(days), "day": days.count(fullest), "fit": len(found)}
    return f"/me/shifts/?day={fullest.isoformat()}&all=1", held


def read(port: int, cookies: dict[str, str], address: str, seconds: float, gate: Any, results: Any) -> None:
    """One reader: the same page again and again; hands back the seconds of each answer and its bytes."""
    browser = Browser(port, cookies=dict(cookies))
    browser.get(address)
    gate.wait()
    times, end, wire = [], time.perf_counter() + seconds, 0
    while (began := time.perf_counter()) < end:
        answer = browser.get(address)
        times.append(time.perf_counter() - began)
        if answer.status != 200:
            raise SystemExit(f"{address} answered {answer.status}")
        wire = max(wire, answer.wire)
    results.put((times, wire))


def crowd(server: Server, cookies: dict[str, str], address: str, count: int, seconds: float) -> dict[str, float]:
    """``count`` readers at once: p50, p95, pages a second, bytes, processor milliseconds a page."""
    context = multiprocessing.get_context("fork")
    gate, results = context.Barrier(count + 1), context.Queue()
    workers = [
        context.Process(target=read, args=(server.port, cookies, address, seconds, gate, results)) for _ in range(count)
    ]
    for one in workers:
        one.start()
    gate.wait()
    asked = [*server.pids(), *(postgres_pids() if "DATABASE_URL" in server.environment else [])]
    before, began = cpu_of(asked), time.perf_counter()
    found = [results.get(timeout=seconds + 60) for _ in workers]
    spent, used = time.perf_counter() - began, cpu_of(asked) - before
    for one in workers:
        one.join()
    times = [t for each, _wire in found for t in each]
    return {
        "p50": 1000 * fraction(times, 0.5), "p95": 1000 * fraction(times, 0.95), "rate": len(times) / spent,
        "wire": max(wire for _each, wire in found), "cpu": 1000 * used / len(times),
    }  # fmt: skip


def alone(browser: Browser, address: str) -> dict[str, float] | None:
    """One reader, one answer after another; None for what is no page."""
    if (first := browser.get(address)).status != 200 or "html" not in first.headers.get("content-type", ""):
        return None
    browser.get(address)  # the other worker's templates
    times, wire = [], 0
    for _ in range(ALONE):
        began = time.perf_counter()
        wire = browser.get(address).wire
        times.append(1000 * (time.perf_counter() - began))
    return {"p50": fraction(times, 0.5), "p95": fraction(times, 0.95), "wire": wire}


def the_week(server: Server, browser: Browser, client: Any) -> None:
    """The contract's first row."""
    address, held = open_week()
    status, queries, _size, _spent = pages.measure(client, address) or (0, 0, 0, 0)
    print(f"\nA member's week: {held['week']} open shifts of the whole town, {held['fit']} of which fit; "
          f"the page lists the {held['day']} of its fullest day ({address}, {status})")  # fmt: skip
    seen = crowd(server, browser.cookies, address, READERS, SECONDS)
    line("queries", f"{queries}", "≤ 12", queries <= 12)
    line("bytes on the wire", f"{seen['wire'] / 1000:.1f} KB", "≤ 60 KB", seen["wire"] <= 60_000)
    line("CPU a page, server and database", f"{seen['cpu']:.1f} ms", "≤ 40 ms", seen["cpu"] <= 40)
    line(f"p95, {READERS} readers", f"{seen['p95']:.0f} ms (p50 {seen['p50']:.0f})", "≤ 150 ms", seen["p95"] <= 150)
    line(f"pages a second, {READERS} readers", f"{seen['rate']:.1f}", "≥ 50", seen["rate"] >= 50)


def the_month(browser: Browser, client: Any, addresses: list[str]) -> None:
    """The contract's second row: what shows the month of the whole town."""
    print("\nThe town's month")
    for address in addresses:
        found, seen = pages.measure(client, address), alone(browser, address)
        if found is None or seen is None:
            raise SystemExit(f"{address} is no page")
        line(f"{address}", f"{found[1]} queries, p95 {seen['p95']:.0f} ms", "≤ 15 queries, ≤ 250 ms",
             found[1] <= 15 and seen["p95"] <= 250)  # fmt: skip


def the_others(port: int, face: str, client: Any) -> list[tuple[float, str, str, bool]]:
    """(p95, address, figures, holds) of every other page of a face."""
    browser, found = Browser(port), []
    if pages.LOGINS[face]:
        browser.login(pages.LOGINS[face])
    for address in dict.fromkeys(pages.addresses(face)):
        counted, seen = pages.measure(client, address), alone(browser, address)
        if counted and seen:
            ok = counted[1] <= OTHER["queries"] and seen["p95"] < OTHER["ms"]
            words = f"{counted[1]:3d} queries {counted[3]:4.0f} ms CPU  p50 {seen['p50']:4.0f}  p95 {seen['p95']:4.0f} ms"
            found.append((seen["p95"], address, words, ok))
    return found


def main() -> None:
    """Print the table of one database; the status is 1 if a bound does not hold."""
    print(machine())
    with demo_copy() as (data, url):
        server = Server(data, url)
        settings_for(data, url, server.port)
        from django.test import Client

        from baodao.base.days import clock
        from baodao.base.days.months import Month
        from baodao.domain.accounts import selectors

        clients = {}
        for face, login in pages.LOGINS.items():
            clients[face] = Client()
            if login:
                clients[face].force_login(selectors.by_login(login))
        try:
            print(f"served {server.start():.1f} s after ./run")
            member, town = Browser(server.port), Browser(server.port)
            member.login("member")
            town.login("town")
            the_week(server, member, clients["mine"])
            past = Month.of(clock.today()).previous()
            the_month(town, clients["town"], [f"/town/rows/shifts/?month={past}", f"/town/plan/?month={past}"])
            rows = sorted(row for face, client in clients.items() for row in the_others(server.port, face, client))
        finally:
            server.stop()
    print(f"\nEvery other page, alone ({len(rows)} pages; bound ≤ 40 queries, p95 < 150 ms); the ten slowest and what fails")
    for _spent, address, words, ok in [row for row in rows[:-10] if not row[3]] + rows[-10:]:
        line(address, words, "", ok)
    failed = [row for row in rows if not row[3]]
    line("all other pages", f"{len(rows) - len(failed)} of {len(rows)} within", "all", not failed)


if __name__ == "__main__":
    main()
