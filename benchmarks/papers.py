"""Every paper of ``./run paper`` in each of its forms, with its seconds. ``./run bench benchmarks/papers.py``

On a copy of the demo in DATA_DIR, for SZ01, U001 and the last month that was closed; the bulletin as Word is bounded at one second.
"first" is the first of its kind in this process (fonts and templates are read then, as in a command), "again" the second.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.served import demo_copy, line, machine, settings_for

BOUND = {("bulletin", "docx"): 1.0}
OF_TOWN = ("bulletin",)


def main() -> None:
    """Print a line for each kind and form."""
    print(machine())
    with demo_copy() as (data, url):
        settings_for(data, url)
        from baodao.base.verdict import Refused
        from baodao.config.printing import KINDS, Order
        from baodao.domain.months import selectors as months
        from baodao.domain.orgs import selectors as orgs

        month = months.closes(orgs.town_by_code("SZ").path).first().month
        for name, kind in KINDS.items():
            for ending in kind.endings:
                options = {"town": "SZ", "community": "" if name in OF_TOWN else "SZ01", "month": month, "member": "",
                           "unit": "U001" if name == "unit_extract" else ""}  # fmt: skip
                order = Order.read(options, ending)
                if isinstance(order, str):
                    raise SystemExit(order)
                seen = []
                for _ in range(2):
                    wall, cpu = time.perf_counter(), time.process_time()
                    try:
                        content = kind.make(order)
                    except Refused as error:
                        raise SystemExit(f"{name}.{ending}: {error.reason}") from None
                    seen.append((time.perf_counter() - wall, time.process_time() - cpu))
                bound = BOUND.get((name, ending))
                (first, used), (again, _used) = seen
                words = f"first {first:5.2f} s ({used:.2f} CPU)  again {again:5.2f} s"
                line(f"{name}.{ending}  {len(content) / 1000:.0f} KB", words, f"< {bound:.0f} s" if bound else "",
                     None if bound is None else first < bound)  # fmt: skip


if __name__ == "__main__":
    main()
