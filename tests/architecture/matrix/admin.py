"""The administrators' face."""

from tests.architecture.matrix import ADMIN
from tests.cast import Cast

SYS, SEC, AUDIT = {"sysadmin"}, {"secadmin"}, {"auditor"}


def community(cast: Cast) -> dict[str, str]:
    """A community."""
    return {"code": cast.xingfu.code}


def unit(cast: Cast) -> dict[str, str]:
    """A unit."""
    return {"code": cast.unit.code}


def person(cast: Cast) -> dict[str, str]:
    """A login."""
    return {"code": cast.accounts["clerk"].code}


def grant(cast: Cast) -> dict[str, str]:
    """A login and its role."""
    return {**person(cast), "grant": cast.accounts["clerk"].grants.get().code}


ROWS = [
    ("admin:home", ADMIN, "GET"),
    ("admin:orgs", SYS, "GET"),
    ("admin:org_add", SYS, "POST"),
    ("admin:org_paste", SYS, "GET POST"),
    ("admin:org_change", SYS, "GET POST", community),
    ("admin:org_move", SYS, "POST", community),
    ("admin:org_close", SYS, "POST", community),
    ("admin:party", SYS, "GET POST"),
    ("admin:units", SYS, "GET"),
    ("admin:unit_paste", SYS, "GET POST"),
    ("admin:unit_change", SYS, "GET POST", unit),
    ("admin:calendar", SYS, "GET"),
    ("admin:calendar_load", SYS, "POST"),
    ("admin:calendar_day", SYS, "POST"),
    ("admin:calendar_drop", SYS, "POST"),
    ("admin:calendar_hours", SYS, "POST"),
    ("admin:people", SEC, "GET"),
    ("admin:person_add", SEC, "GET POST"),
    ("admin:person", SEC, "GET", person),
    ("admin:person_grant", SEC, "POST", person),
    ("admin:person_grant_end", SEC, "POST", grant),
    ("admin:person_code", SEC, "GET POST", person),
    ("admin:person_active", SEC, "POST", person),
    ("admin:audit", AUDIT, "GET"),
    ("admin:audit_verify", AUDIT, "GET POST"),
    ("admin:erased", AUDIT, "GET"),
    ("admin:security", {"secadmin", "auditor"}, "GET"),
    ("admin:compliance", ADMIN, "GET"),
]
