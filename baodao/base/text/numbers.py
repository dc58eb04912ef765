"""Figures as people read them: 1.2万 in sentences, 12,345 in tables, 7/9 where a percentage would lie."""

#: From this base on a share is told as a percentage.
PERCENT_BASE = 200
#: Counts below this are not told outside their community.
SMALL = 5


def count_zh(number: int) -> str:
    """Return a count for sentences and charts: plain below 10,000, then 1.2万 and 1.2亿 (rounded)."""
    if abs(number) < 10_000:
        return str(number)
    unit, word = (10_000, "万") if abs(number) < 99_995_000 else (100_000_000, "亿")
    return f"{number / unit:.1f}".removesuffix(".0") + word


def count_table(number: int) -> str:
    """Return a count for tables: 12,345."""
    return f"{number:,}"


def share_zh(part: int, base: int) -> str:
    """Return a share: one decimal of a percentage from a base of 200 on, below it ``7/9``; no base ``—``."""
    if base == 0:
        return "—"
    return f"{part * 100 / base:.1f}%" if base >= PERCENT_BASE else f"{part}/{base}"


def small_count(number: int) -> str:
    """Return a count that points at nobody: ``少于5`` for 1 to 4, otherwise as in sentences."""
    return f"少于{SMALL}" if 0 < number < SMALL else count_zh(number)
