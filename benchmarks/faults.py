"""kill -9 of the whole server and power cuts of its disk, under load: nothing acknowledged is lost, nothing is there twice.

``./run bench benchmarks/faults.py [--rounds 10] [kill|cut …]``; DATABASE_URL chooses PostgreSQL, whose power cuts hit a private
cluster. Eight clients write (see writers.py) while every process of the server dies (kill) or its ext4 forgets whatever was not
flushed (cut, needs root; see power.py). After each restart the clients finish what they had begun with the same keys; then each
acknowledged write must be in the database exactly once, each client's last form sent again must lead to the same page, the audit
and points chains must hold, and SQLite must find itself intact. Status 1 if anything is lost, doubled or wrong.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import power
from benchmarks.readers import open_week
from benchmarks.served import ROOT, Server, demo_copy, line, machine, settings_for
from benchmarks.writers import Book, crew

RESIDENTS, LOAD = 5, (1.5, 2.5)


def shifts_to_book(count: int = 40) -> list[str]:
    """Open shifts with room and without seats kept for a skill that ``member`` may take, on days where he has none."""
    from datetime import timedelta

    from baodao.base.days import clock, service_days
    from baodao.domain.accounts import selectors as accounts
    from baodao.domain.members import selectors as members
    from baodao.domain.service import selectors

    open_week()
    first = service_days.week_start(clock.today()) + timedelta(days=7)
    me = members.myself(accounts.actor_for(accounts.by_login("member")))
    found = selectors.open_to_member(me, first, first + timedelta(days=6), every=True)
    return [one.shift.code for one in found if one.can_take and one.missing and not one.shift.role_skill][:count]


class Drive:
    """A server, its clients, and the comparison of what they hold with what the database holds."""

    def __init__(self, server: Server) -> None:
        self.server, self.book = server, Book(prefix=f"演练{int(time.time())}：")
        self.lost = self.doubled = self.other = 0
        self.wrong: list[str] = []
        self.back: list[float] = []
        self.crew: list[Any] = []
        self.before: Counter[str] = Counter()
        self.said: Counter[str] = Counter()

    def begin(self) -> None:
        """Start, log in, remember what is there."""
        shifts = shifts_to_book()
        self.before = self._places()
        let_go()
        self.server.start()
        self.crew = crew(self.server.port, self.book, RESIDENTS, shifts)

    def load(self, seconds: float) -> None:
        """Let everybody write for a while."""
        for one in self.crew:
            one.going.set()
        time.sleep(seconds)

    def settle(self) -> None:
        """Everybody finishes what was begun and waits."""
        for one in self.crew:
            one.going.clear()
        time.sleep(0.3)
        for one in self.crew:
            if not one.idle.wait(120):
                self.wrong.append(f"{type(one).__name__} never got an answer")

    def compare(self) -> None:
        """What was acknowledged against what is there."""
        from django.apps import apps
        from django.db import connection

        from baodao.domain.audit import selectors as audit
        from baodao.domain.points import selectors as points

        rows = list(apps.get_model("needs", "Need").objects.filter(text__startswith=self.book.prefix).values_list("text", "number"))
        times, numbers = Counter(text for text, _n in rows), dict(rows)
        self.lost = sum(1 for text in self.book.needs if not times[text])
        self.doubled = sum(n - 1 for n in times.values() if n > 1)
        self.other = sum(1 for text, number in self.book.needs.items() if times[text] and numbers[text] != number)
        self.other += sum(1 for text in times if text not in self.book.needs)
        for shift, made in (self._places() - self.before).items():
            self.doubled += max(0, made - self.book.places[shift])
        for shift, said in self.book.places.items():
            self.lost += max(0, said - (self._places() - self.before)[shift])
        self.wrong += [f"audit: {fault}" for fault in audit.broken_links()] + [f"points: {f}" for f in points.broken_links()]
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                said = cursor.execute("PRAGMA integrity_check").fetchone()[0]
            self.wrong += [] if said == "ok" else [f"integrity_check: {said}"]
        self.wrong += [f"{type(one).__name__}: the same key led elsewhere" for one in self.crew if not one.again()]
        let_go()

    def _places(self) -> Counter[str]:
        """Places the member ever had, by shift."""
        from django.apps import apps

        from baodao.domain.accounts import selectors as accounts

        member = accounts.actor_for(accounts.by_login("member")).member_id
        rows = apps.get_model("service", "Booking").objects.filter(member_id=member)
        return Counter(rows.values_list("shift__code", flat=True))

    def end(self) -> None:
        """Send everybody home."""
        for one in self.crew:
            one.ended = True
        self.server.stop()


def let_go() -> None:
    """Close every connection of this process: the disk is about to go."""
    from tests.domain.service.racer import let_go as close

    close()


def rounds(drive: Drive, count: int, blow: Any) -> None:
    """Load, blow, restart, finish, compare: so many times."""
    for turn in range(1, count + 1):
        drive.load(random.uniform(*LOAD))
        blow()
        drive.back.append(drive.server.start())
        drive.settle()
        drive.compare()
        print(f"  {turn:2d}: back after {drive.back[-1]:4.1f} s, {drive.book.acknowledged:5d} acknowledged so far, {drive.lost} lost, "
              f"{drive.doubled} doubled, {drive.other + len(drive.wrong) + len(drive.book.faults)} otherwise wrong", flush=True)  # fmt: skip
    drive.said = drive.server.exceptions()


def told(what: str, drive: Drive) -> bool:
    """The lines of one kind of fault."""
    wrong = drive.wrong + drive.book.faults
    line(f"{what}: acknowledged writes", f"{drive.book.acknowledged} ({drive.book.retried} after sending again)", "", None)
    line(f"{what}: lost", f"{drive.lost}", "0", not drive.lost)
    line(f"{what}: doubled", f"{drive.doubled}", "0", not drive.doubled)
    line(f"{what}: another answer, chains, integrity", f"{drive.other + len(wrong)} wrong", "0", not drive.other and not wrong)
    line(f"{what}: a page again after", f"{max(drive.back):.1f} s at most", "", None)
    for fault in wrong[:10]:
        print(f"  {fault}")
    for words, times in drive.said.most_common(20):
        print(f"  the server's log, {times} times: {words}")
    return not (drive.lost or drive.doubled or drive.other or wrong)


def kill(count: int) -> bool:
    """kill -9 of every process of the server."""
    with demo_copy() as (data, url):
        server = Server(data, url)
        settings_for(data, url, server.port)
        drive = Drive(server)
        try:
            drive.begin()
            rounds(drive, count, server.kill)
        finally:
            drive.end()
        return told("kill -9", drive)


def cut(count: int) -> bool:
    """Power cuts of the disk that holds everything; then the controls, which must lose."""
    if reason := power.why_not():
        print(f"no power cuts: {reason}")
        return True
    with demo_copy() as (source, url), contextlib.ExitStack() as stack:
        disk = power.Disk()
        stack.callback(disk.close)
        data = disk.path / "data"
        subprocess.run(["cp", "-a", str(source), str(data)], check=True)
        cluster = power.Cluster(disk.path) if url else None
        if cluster:
            stack.callback(cluster.kill)
            cluster.start()
            cluster.fill(url)
        os.sync()
        server = Server(data, cluster.url if cluster else "")
        settings_for(data, cluster.url if cluster else "", server.port)
        drive = Drive(server)
        stack.callback(drive.end)
        drive.begin()

        def blow() -> None:
            disk.cut()
            server.kill()
            if cluster:
                cluster.kill()
            disk.unmount()
            disk.mount()
            if cluster:
                cluster.start()

        rounds(drive, count, blow)
        ok = told("power cut", drive)
        server.stop()
        return controls(disk, cluster) and ok


def controls(disk: power.Disk, cluster: power.Cluster | None) -> bool:
    """The same cut with settings that may lose: if they lose nothing, the cuts above prove nothing."""
    if cluster:
        said, lost = power.control_postgres(disk, cluster)
        line("control: PostgreSQL, synchronous_commit=off", f"{lost} of {said} lost", "> 0", lost > 0)
        return lost > 0
    good = True
    for setting in ("FULL", "NORMAL", "OFF"):
        said, lost = power.control_sqlite(disk, setting)
        ok = lost == 0 if setting == "FULL" else lost > 0
        good &= ok
        line(f"control: plain SQLite, synchronous={setting}", f"{lost} of {said} lost", "0" if setting == "FULL" else "> 0", ok)
    return good


def main() -> None:
    """Each kind in a process of its own, because each has its own database."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kinds", nargs="*", choices=["kill", "cut", []])
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    kinds = asked.kinds or ["kill", "cut"]
    if asked.here:
        sys.exit(0 if all((kill if kind == "kill" else cut)(asked.rounds) for kind in kinds) else 1)
    print(machine(), flush=True)
    status = 0
    for kind in kinds:
        words = [sys.executable, str(ROOT / "benchmarks" / "faults.py"), kind, "--here", "--rounds", str(asked.rounds)]
        status |= subprocess.run(words, check=False).returncode
    sys.exit(status)


if __name__ == "__main__":
    main()
