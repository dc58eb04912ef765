"""How long a second ``./run`` takes until a page is served (bound 2 s). ``./run bench benchmarks/start.py``

Uses the loaded demo of DATA_DIR; PORT (8189) must be free.
"""

from __future__ import annotations

import os
import subprocess
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def once(port: str) -> float:
    """Seconds from the command to the first answered page."""
    start = time.monotonic()
    server = subprocess.Popen(
        ["./run"], cwd=ROOT, env={**os.environ, "PORT": port}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        while time.monotonic() - start < 120:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).close()
            except OSError:
                time.sleep(0.02)
                continue
            return time.monotonic() - start
        raise SystemExit("no page within two minutes")
    finally:
        server.terminate()
        server.wait(timeout=40)


def main() -> None:
    """Start it three times; the first may have to gather static files."""
    port = os.environ.get("PORT", "8189")
    print("  ".join(f"{once(port):.2f} s" for _ in range(3)), "(bound 2 s, from the second on)")


if __name__ == "__main__":
    main()
