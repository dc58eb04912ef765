"""The town face. What stands there belongs to the town: both communities' roles of the town see the same."""

from typing import Any

from baodao.domain.months.models import Bulletin
from tests.cast import Cast

TOWN, LEAD, BOTH = {"town"}, {"townlead"}, {"town", "townlead"}
DESK = BOTH | {"secretary", "clerk"}
VIEWERS = BOTH | {"county"}


def bulletin(cast: Cast) -> dict[str, str]:
    """The draft of a month's bulletin."""
    held, _made = Bulletin.objects.get_or_create(town=cast.town.path, month="2026-10")
    return {"code": held.code}


def sent_paper(cast: Cast) -> Any:
    """A plan the town sent to both units; the second time the same."""
    from baodao.domain.documents import services
    from tests.cast import PROGRAM

    paper = services.reserve(actor=PROGRAM, town=cast.town.path, kind="plan", month="2026-12", title="月计划")
    if paper.state == "reserved":
        services.seal(actor=PROGRAM, document=paper, copies={"docx": b"x"})
    services.deliver_many(actor=PROGRAM, document=paper, paths=[cast.unit.path, cast.unit2.path])
    return paper


def receipts(cast: Cast) -> dict[str, str]:
    """Its receipts."""
    return {"code": sent_paper(cast).code}


def form(cast: Cast) -> dict[str, str]:
    """The draft as PDF."""
    return {**bulletin(cast), "form": "pdf"}


def ledger_file(cast: Cast) -> dict[str, str]:
    """A ledger file of the town under work."""
    from baodao.domain.members import services
    from tests.domain.members.sheets import book, person

    data = book([person("王强", "13800010001")])
    found = services.start_import(actor=cast.actor("town"), data=data, filename="a.xlsx", scope=cast.town.path)
    return {"code": found.code}


ROWS = [
    ("town:overview", VIEWERS, "GET"),
    ("town:communities", BOTH, "GET"),
    ("town:people", BOTH, "GET POST", {"code": "SZ01"}, "town"),
    ("town:units", BOTH, "GET"),
    ("town:imports", TOWN, "GET POST"),
    ("town:import_blank", TOWN, "GET"),
    ("town:import_heads", TOWN, "GET POST", ledger_file, "town"),
    ("town:import_check", TOWN, "GET POST", ledger_file, "town"),
    ("town:import_changes", TOWN, "GET POST", ledger_file, "town"),
    ("town:import_done", TOWN, "GET", ledger_file, "town"),
    ("town:import_undo", TOWN, "POST", ledger_file, "town"),
    ("town:import_drop", TOWN, "POST", ledger_file, "town"),
    ("town:messages", TOWN, "GET POST"),
    ("town:rows", DESK, "GET", {"key": "times"}, "town"),
    ("town:plan", BOTH, "GET"),
    ("town:plan_solve", TOWN, "POST"),
    ("town:plan_balance", BOTH, "GET"),
    ("town:plan_run", BOTH, "GET"),
    ("town:plan_run_stop", TOWN, "POST"),
    ("town:plan_run_now", TOWN, "POST"),
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
    ("town:receipts", BOTH, "GET", receipts, "town"),
    ("town:receipt_paper", BOTH, "POST", receipts, "town"),
    ("town:receipt_remind", BOTH, "POST", receipts, "town"),
    ("town:assessment_communities", BOTH, "GET"),
    ("town:assessment_units", BOTH, "GET"),
    ("town:points", BOTH, "GET POST"),
    ("town:settings", BOTH, "GET POST"),
    ("town:compliance", VIEWERS, "GET"),
]
