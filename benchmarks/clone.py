"""From ``git clone`` to a served page with nothing installed, and what a first visit weighs. ``python3 benchmarks/clone.py``

Clones this repository (as committed) into a temporary folder, runs ``./run`` there with an empty environment and an empty package
cache, loads the demo, and waits for a page: bound 120 s. Then the page where a need is raised is visited as by a phone that was never
here: the page and every file it asks for, heads included, over the wire: bound 60 KB. Needs no installed environment itself.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.served import ROOT, Browser, Server, line, machine

LOADED = re.compile(r'<(?:link|script|img|source|use)\b[^>]*?(?:href|src)="([^"#]+)')
IN_CSS = re.compile(r"url\(\s*[\"']?([^\"')]+)[\"']?\s*\)|@import\s+[\"']([^\"']+)")
PAGES = ("/q/SZ01/need", "/")


def visit(port: int, page: str) -> tuple[int, list[tuple[str, int]]]:
    """(bytes over the wire in all, each file's) of a first visit."""
    browser, found = Browser(port), {}
    waiting = [page]
    while waiting:
        address = waiting.pop(0)
        if address in found or address.startswith(("data:", "http")):
            continue
        answer = browser.get(address)
        if answer.status != 200:
            raise SystemExit(f"{address} answered {answer.status}")
        found[address] = answer.wire
        kind = answer.headers.get("content-type", "")
        if "html" in kind:
            waiting += [one for one in LOADED.findall(answer.text) if one.startswith("/static/")]
        elif "css" in kind and answer.headers.get("content-encoding") != "br":
            folder = address.rsplit("/", 1)[0]
            waiting += [str(Path(os.path.normpath(f"{folder}/{a or b}"))) for a, b in IN_CSS.findall(answer.text)]
    return sum(found.values()), sorted(found.items(), key=lambda one: -one[1])


def main() -> None:
    """Clone, run, wait, weigh."""
    print(machine())
    with tempfile.TemporaryDirectory(prefix="baodao-clone-") as folder:
        place = Path(folder)
        began = time.monotonic()
        subprocess.run(["git", "clone", "-q", str(ROOT), str(place / "clone")], check=True)
        cloned = time.monotonic() - began
        server = Server(place / "data", root=place / "clone")
        server.environment |= {"UV_CACHE_DIR": str(place / "uv"), "PIP_NO_CACHE_DIR": "1"}
        for name in ("VIRTUAL_ENV", "PYTHONPATH"):
            server.environment.pop(name, None)
        try:
            server.start(wait=600)
            spent = time.monotonic() - began
            line("git clone to a served page, nothing installed", f"{spent:.0f} s ({cloned:.1f} s of it the clone)", "< 120 s", spent < 120)
            for page in PAGES:
                weight, files = visit(server.port, page)
                line(f"first visit of {page}, {len(files)} files", f"{weight / 1000:.1f} KB", "≤ 60 KB", weight <= 60_000)
                print("  " + ", ".join(f"{address.rsplit('/', 1)[-1] or address} {size / 1000:.1f}" for address, size in files))
        finally:
            server.stop()


if __name__ == "__main__":
    main()
