"""Clients that write while the server is killed under them: residents raise needs, a clerk registers them, a member books.

A write counts as acknowledged when its answer (303, and for a need the done page or slip it leads to) is in the client's hands. A
client that gets no answer, or 503, sends the same form with the same key again until it does.
"""

from __future__ import annotations

import http.client
import itertools
import random
import re
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from benchmarks.served import Answer, Browser

NUMBER = re.compile(r"\b(\d{4})\s?(\d{4})\b")
RAISED_PER_ADDRESS = 50
PATIENCE = 90.0


@dataclass
class Book:
    """What all clients have in their hands."""

    prefix: str
    needs: dict[str, str] = field(default_factory=dict)  # text → number
    places: Counter[str] = field(default_factory=Counter)  # shift code → times taken
    retried: int = 0
    faults: list[str] = field(default_factory=list)
    serial: itertools.count = field(default_factory=lambda: itertools.count(1))

    @property
    def acknowledged(self) -> int:
        """Writes answered."""
        return len(self.needs) + sum(self.places.values())


class Writer(threading.Thread):
    """A client: one write after another while ``going`` is set; ``idle`` says that none is under way."""

    def __init__(self, port: int, book: Book) -> None:
        super().__init__(daemon=True)
        self.browser, self.book = Browser(port, timeout=15), book
        self.going, self.idle, self.ended = threading.Event(), threading.Event(), False
        self.last: tuple[str, dict[str, str], str] | None = None

    def run(self) -> None:
        """Write whenever asked to, until ended."""
        while not self.ended:
            self.idle.set()
            if not self.going.wait(0.2):
                continue
            self.idle.clear()
            try:
                self.write()
            except Exception as error:  # whatever it is, the table has to tell it
                self.book.faults.append(f"{type(self).__name__}: {type(error).__name__}: {error}"[:300])
                time.sleep(0.5)

    def write(self) -> None:
        """One write, to its acknowledgement."""
        raise NotImplementedError

    def patiently(self, method: str, path: str, fields: dict[str, str] | None = None) -> Answer:
        """Ask until there is an answer that is not 503."""
        end, first = time.monotonic() + PATIENCE, True
        while time.monotonic() < end:
            try:
                answer = self.browser.get(path) if method == "GET" else self.browser.post(path, fields or {})
                if answer.status != 503:
                    return answer
            except (OSError, http.client.HTTPException):
                pass
            self.book.retried += first and method == "POST"
            first = False
            time.sleep(0.05)
        raise TimeoutError(f"no answer to {method} {path} in {PATIENCE:.0f} s")

    def deed(self, path: str, fields: dict[str, str]) -> str:
        """POST that must lead somewhere; where."""
        answer = self.patiently("POST", path, fields)
        if answer.status != 303:
            raise LookupError(f"POST {path} answered {answer.status}: {_words(answer)}")
        self.last = (path, fields, answer.headers["location"])
        return answer.headers["location"]

    def again(self) -> bool:
        """The last form with its key once more: it must lead to the same place."""
        if self.last is None:
            return True
        path, fields, location = self.last
        return self.patiently("POST", path, fields).headers.get("location") == location


class Resident(Writer):
    """Raises needs on the public page of a community, from ever new addresses."""

    def __init__(self, port: int, book: Book, house: int, community: str) -> None:
        super().__init__(port, book)
        self.house, self.path, self.raised = house, f"/q/{community}/need", 0

    def write(self) -> None:
        """Form, check page, confirmed, done page."""
        if self.raised % RAISED_PER_ADDRESS == 0:
            self.browser.close()
            self.browser.source = f"127.{self.house}.{self.raised // RAISED_PER_ADDRESS + 1}.1"
        self.raised += 1
        text = f"{self.book.prefix}{next(self.book.serial)}号楼前路灯不亮"
        form = self.patiently("GET", self.path).form(self.path)
        check = self.patiently("POST", self.path, form | {"text": text, "category": "facility"})
        done = self.patiently("GET", self.deed(self.path, check.form(self.path) | {"confirmed": "1"}))
        self.book.needs[text] = _number(done)


class Clerk(Writer):
    """Registers needs at the desk."""

    def write(self) -> None:
        """Form, saved, slip."""
        text = f"{self.book.prefix}{next(self.book.serial)}号楼楼道灯不亮"
        path = "/desk/needs/new/"
        form = self.patiently("GET", path).form(path)
        slip = self.patiently("GET", self.deed(path, form | {"text": text, "source": "phone", "category": "facility"}))
        self.book.needs[text] = _number(slip)


class Member(Writer):
    """Takes a place and hands it back, again and again."""

    def __init__(self, port: int, book: Book, shifts: list[str]) -> None:
        super().__init__(port, book)
        self.shifts = itertools.cycle(shifts)

    def write(self) -> None:
        """A place taken, then freed."""
        shift = next(self.shifts)
        path = f"/me/shifts/{shift}/take/"
        self.deed(path, self.patiently("GET", f"/me/shifts/{shift}/").form(path))
        self.book.places[shift] += 1
        page = self.patiently("GET", f"/me/shifts/{shift}/").text
        free = re.search(r"/me/places/[^/]+/free/", page)
        if free is None:
            raise LookupError("the place that was taken is not on its page")
        self.deed(free[0], self.patiently("GET", free[0]).form())


def _words(answer: Answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text.split("<main")[-1]).split())[:160]


def _number(page: Answer) -> str:
    found = NUMBER.search(re.sub(r"<svg.*?</svg>|<style.*?</style>", "", page.text, flags=re.DOTALL))
    if page.status != 200 or found is None:
        raise LookupError(f"no number on the page of a need, status {page.status}: {_words(page)}")
    return found[1] + found[2]


def crew(port: int, book: Book, residents: int, shifts: list[str]) -> list[Any]:
    """The clients, logged in and started, waiting for their sign."""
    first = random.randrange(10, 240)  # a run must not find the limits of the last one's addresses used up
    made: list[Any] = [Resident(port, book, first + n, f"SZ{1 + n % 12:02d}") for n in range(residents)]
    made += [Clerk(port, book), Clerk(port, book), Member(port, book, shifts)]
    for one, login in zip(made[-3:], ("clerk", "clerk2", "member"), strict=True):
        one.browser.login(login)
    for one in made:
        one.start()
    return made
