"""The algebra of organisation paths: ``county/town/community/grid/estate/``, each part a code, always ending in ``/``.

``under`` gives the half-open range that an index answers by search instead of scan (a LIKE pattern scans on SQLite).
A unit stands beside the towns, under ``county/u/``.
"""

from __future__ import annotations

UNITS = "u"


def child(parent: str, code: str) -> str:
    """The path of ``code`` directly below ``parent``; raises ValueError if the code could break the algebra."""
    if not code or not all(c.isascii() and (c.isalnum() or c == "-") for c in code):
        raise ValueError(f"not a path part: {code!r}")
    return f"{parent}{code}/"


def unit(county: str, code: str) -> str:
    """The path of a unit: units belong to the county, not to a town."""
    return child(child(county, UNITS), code)


def under(path: str) -> tuple[str, str]:
    """The range [low, high) of all paths at or below ``path``: ``/`` + 1 is ``0`` in ASCII order."""
    if not path.endswith("/"):
        raise ValueError(f"a path ends with '/': {path!r}")
    return path, path[:-1] + "0"


def is_unit(path: str) -> bool:
    """Is this the path of a unit (and not of a place)?"""
    return len(parts(path)) > 2 and parts(path)[1] == UNITS


def covers(above: str, below: str) -> bool:
    """Is ``below`` the same place as ``above`` or under it?"""
    return bool(above) and below.startswith(above)


def parts(path: str) -> list[str]:
    """The codes of a path, from the county down."""
    return path.strip("/").split("/") if path.strip("/") else []


def parents(path: str) -> list[str]:
    """All paths above and including ``path``, from the county down."""
    found, so_far = [], ""
    for part in parts(path):
        so_far = f"{so_far}{part}/"
        found.append(so_far)
    return found


def cut(path: str, depth: int) -> str:
    """The first ``depth`` parts of the path (1 county, 2 town, 3 community, 4 grid, 5 estate); empty if shorter."""
    above = parents(path)
    return above[depth - 1] if len(above) >= depth else ""


def county_of(path: str) -> str:
    """The county of any path."""
    return cut(path, 1)


def town_of(path: str) -> str:
    """The town of a path; empty for a county's or a unit's path."""
    town = cut(path, 2)
    return "" if town == f"{county_of(path)}{UNITS}/" else town


def community_of(path: str) -> str:
    """The community of a path; empty above communities."""
    return cut(path, 3) if town_of(path) else ""


def moved(path: str, old: str, new: str) -> str:
    """Where ``path`` stands after the branch ``old`` became ``new``."""
    if not covers(old, path):
        raise ValueError(f"{path!r} is not under {old!r}")
    return new + path[len(old) :]
