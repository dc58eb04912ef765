"""The desk of a community: clerk and secretary; the grid worker where it says so."""

from typing import Any

DESK = {"clerk", "secretary"}
GRID = {"clerk", "secretary", "grid"}


def need(cast: Any) -> dict[str, Any]:
    """A need of 幸福社区, in the grid worker's estate."""
    from tests.domain.needs.asked import asked

    return {"code": asked(cast, estate=cast.estate, contact_phone="13800000001").need.code}


def deed(cast: Any) -> dict[str, Any]:
    """A deed to such a need."""
    return {**need(cast), "deed": "quick"}


def slip(cast: Any) -> dict[str, Any]:
    """The slip of such a need."""
    from tests.domain.needs.asked import asked

    return {"token": asked(cast, estate=cast.estate).token}


def notice(cast: Any) -> dict[str, Any]:
    """Something a member without a login has to be told."""
    from baodao.domain.notices import services
    from tests.cast import PROGRAM, member

    made = services.tell(actor=PROGRAM, key="offer.sent", member=member("王强", cast.xingfu, cast.unit))
    return {"code": made.code}


def suggestion(cast: Any) -> dict[str, Any]:
    """A suggestion to 幸福社区."""
    from baodao.base.actor import PUBLIC
    from baodao.domain.voices import services

    return {"code": services.suggest(actor=PUBLIC, path=cast.xingfu.path, text="窗口排队太久").code}


ROWS: list[Any] = [
    ("desk:today", GRID, "GET"),
    ("desk:needs", GRID, "GET"),
    ("desk:quick", DESK, "GET POST"),
    ("desk:similar", GRID, "GET"),
    ("desk:needs_many", DESK, "POST"),
    ("desk:need", GRID, "GET", need),
    ("desk:contact", DESK, "POST", need),
    ("desk:reissue", DESK, "POST", need),
    ("desk:act", DESK, "POST", deed),
    ("desk:door", GRID, "GET POST"),
    ("desk:slip", GRID, "GET", slip),
    ("desk:notices", DESK, "GET"),
    ("desk:notice_told", DESK, "POST", notice),
    ("desk:suggestions", DESK, "GET"),
    ("desk:suggestion", DESK, "GET POST", suggestion),
]
