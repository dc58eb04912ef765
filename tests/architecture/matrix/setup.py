"""The first day."""

from tests.cast import Cast

FIRST_DAY = {"sysadmin", "secadmin", "town", "townlead", "secretary", "clerk"}
SYS, SEC, LOCAL = {"sysadmin"}, {"secadmin"}, {"town", "townlead", "secretary", "clerk"}


def town(cast: Cast) -> dict[str, str]:
    """The town."""
    return {"town": cast.town.code}


ROWS = [
    ("setup:start", FIRST_DAY, "GET"),
    ("setup:town", FIRST_DAY, "GET", town, "town"),
    ("setup:skip", FIRST_DAY, "POST"),
    ("setup:names", SYS, "GET POST", town, "town"),
    ("setup:places", SYS, "GET POST", town, "town"),
    ("setup:units", SYS, "GET POST", town, "town"),
    ("setup:hours", SYS, "GET POST", town, "town"),
    ("setup:people", SEC, "GET POST", town, "town"),
    ("setup:rules", SYS, "GET POST", town, "town"),
    ("setup:ledger", LOCAL, "GET", town, "town"),
]
