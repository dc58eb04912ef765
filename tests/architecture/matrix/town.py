"""The town face. What stands there belongs to the town: both communities' roles of the town see the same."""

from baodao.domain.months.models import Bulletin
from tests.cast import Cast

TOWN, LEAD, BOTH = {"town"}, {"townlead"}, {"town", "townlead"}
DESK = BOTH | {"secretary", "clerk"}
VIEWERS = BOTH | {"county"}


def bulletin(cast: Cast) -> dict[str, str]:
    """The draft of a month's bulletin."""
    held, _made = Bulletin.objects.get_or_create(town=cast.town.path, month="2026-10")
    return {"code": held.code}


def form(cast: Cast) -> dict[str, str]:
    """The draft as PDF."""
    return {**bulletin(cast), "form": "pdf"}


ROWS = [
    ("town:overview", VIEWERS, "GET"),
    ("town:communities", BOTH, "GET"),
    ("town:units", BOTH, "GET"),
    ("town:rows", DESK, "GET", {"key": "times"}, "town"),
    ("town:plan", BOTH, "GET"),
    ("town:plan_solve", TOWN, "POST"),
    ("town:plan_issue", TOWN, "POST"),
    ("town:months", BOTH, "GET"),
    ("town:month_close", BOTH, "POST", {"month": "2026-10"}, "town"),
    ("town:bulletin", BOTH, "GET", bulletin, "town"),
    ("town:bulletin_edit", TOWN, "GET POST", bulletin, "town"),
    ("town:bulletin_submit", TOWN, "POST", bulletin, "town"),
    ("town:bulletin_return", LEAD, "POST", bulletin, "town"),
    ("town:bulletin_sign", LEAD, "POST", bulletin, "town"),
    ("town:bulletin_preview", BOTH, "GET", form, "town"),
    ("town:bulletin_copy", DESK, "GET"),
    ("town:bulletin_receipts", BOTH, "GET"),
    ("town:assessment_communities", BOTH, "GET"),
    ("town:assessment_units", BOTH, "GET"),
    ("town:points", BOTH, "GET POST"),
    ("town:settings", BOTH, "GET POST"),
    ("town:compliance", VIEWERS, "GET"),
]
