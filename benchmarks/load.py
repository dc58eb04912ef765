"""How long ``./run demo --no-serve`` takes from an empty folder, and how big the result is. ``./run bench benchmarks/load.py``

The bound is 60 seconds on two cores. DATABASE_URL chooses PostgreSQL (an empty database of its own).
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Load once into a temporary folder and say what it took."""
    with tempfile.TemporaryDirectory(prefix="baodao-load-") as folder:
        start = time.monotonic()
        done = subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), "demo", "--no-serve", *sys.argv[1:]],
            cwd=ROOT, env={**os.environ, "DATA_DIR": folder}, check=False,
        )  # fmt: skip
        wall = time.monotonic() - start
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        size = sum(p.stat().st_size for p in Path(folder).rglob("*") if p.is_file()) / 1e6
    print(f"status {done.returncode}: {wall:.1f} s wall, {used.ru_utime + used.ru_stime:.1f} s CPU, {size:.0f} MB, "
          f"peak {used.ru_maxrss / 1024:.0f} MB (bound 60 s)")
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
