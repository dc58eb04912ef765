"""Every list page of the demo town: queries, bytes on the wire, CPU time. ``./run bench benchmarks/pages.py [face …]``

Needs a loaded demo (``./run demo --no-serve``). Each page is asked for six times in one process; the first does not
count, because templates are compiled then. The figure that the contract bounds stands beside the page it is about.
"""

from __future__ import annotations

import gzip
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOGINS = {"board": "", "mine": "member", "desk": "clerk", "unit": "liaison", "town": "town", "admin": "sysadmin"}
PREFIX = {"board": "", "mine": "me/", "desk": "desk/", "unit": "unit/", "town": "town/", "admin": "admin/"}
BOUNDS = {"/me/shifts/": "12 queries, 60 KB, 40 ms", "/desk/shifts/": "15 queries, 250 ms", "/q/SZ01/need": "60 KB"}
MORE = {"board": ["/q/SZ01", "/q/SZ01/need", "/board/SZ01/"]}
RUNS = 5


def addresses(face: str) -> Iterator[str]:
    """The pages of a face that need no code in their address and answer a GET."""
    from importlib import import_module

    for pattern in import_module(f"baodao.web.{face}.urls").urlpatterns:
        words = str(pattern.pattern)
        if "<" not in words and not words.startswith("^"):
            yield f"/{PREFIX[face]}{words}"
    yield from MORE.get(face, [])


def measure(client: object, address: str) -> tuple[int, int, int, float] | None:
    """(status, queries, bytes compressed, CPU milliseconds) or None for what is no page."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    first = client.get(address)  # type: ignore[attr-defined]
    if first.status_code != 200 or "html" not in first.headers.get("Content-Type", ""):
        return None
    with CaptureQueriesContext(connection) as held:
        client.get(address)  # type: ignore[attr-defined]
    queries = len(held)  # now: the next request empties the log
    start = time.process_time()
    for _ in range(RUNS):
        answer = client.get(address)  # type: ignore[attr-defined]
    spent = (time.process_time() - start) / RUNS * 1000
    return answer.status_code, queries, len(gzip.compress(answer.content, 6)), spent


def main() -> None:
    """Print a line for each page, the slowest last."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baodao.config.settings")
    import django

    django.setup()
    from django.test import Client

    from baodao.config import serving
    from baodao.domain.accounts import selectors

    serving.gather_static()
    rows = []
    for face in sys.argv[1:] or list(LOGINS):
        client = Client()
        if LOGINS[face]:
            client.force_login(selectors.by_login(LOGINS[face]))
        for address in dict.fromkeys(addresses(face)):
            found = measure(client, address)
            if found:
                rows.append((found[3], found[1], found[2], address))
    print(f"{'CPU ms':>8} {'queries':>8} {'bytes':>8}  page")
    for spent, queries, size, address in sorted(rows):
        print(f"{spent:8.1f} {queries:8d} {size:8d}  {address}  {BOUNDS.get(address, '')}")


if __name__ == "__main__":
    main()
