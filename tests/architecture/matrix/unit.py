"""The unit face: the liaison of the unit alone."""

from typing import Any

LIAISON = {"liaison"}


def booking(cast: Any) -> dict[str, Any]:
    """An accepted place of a member of U001."""
    from baodao.domain.service import services
    from tests.cast import PROGRAM
    from tests.domain.matching.small_town import SATURDAY, SmallTown

    town = SmallTown(cast)
    shift = town.shift(town.post("巡逻"), SATURDAY, state="open")
    return {"code": services.book(actor=PROGRAM, shift=shift, member=town.person("王强"), role="").code}


def member(cast: Any) -> dict[str, Any]:
    """A member of U001."""
    return {"code": cast.chen.code}


def ledger_file(cast: Any) -> dict[str, Any]:
    """A list of U001 under work, brought by its liaison."""
    from baodao.domain.members import services
    from tests.domain.members.sheets import book, person

    found = services.start_import(actor=cast.actor("liaison"), data=book([person("王强", "13800010001")]), filename="a.xlsx",
                                  scope=cast.unit.path, town=cast.town.path, unit=cast.unit.path)  # fmt: skip
    return {"code": found.code}


def delivery(cast: Any) -> dict[str, Any]:
    """A paper that came to U001."""
    from tests.architecture.matrix.town import sent_paper

    return {"code": sent_paper(cast).deliveries.get(path=cast.unit.path).code}


def copy(cast: Any) -> dict[str, Any]:
    """Its Word file."""
    return {**delivery(cast), "form": "docx"}


ROWS = [
    ("unit:home", LIAISON, "GET"),
    ("unit:list_confirm", LIAISON, "POST"),
    ("unit:plan_receive", LIAISON, "POST"),
    ("unit:extract", LIAISON, "GET"),
    ("unit:extract_file", LIAISON, "GET", {"month": "2026-12"}),
    ("unit:duty", LIAISON, "POST", booking),
    ("unit:members", LIAISON, "GET"),
    ("unit:block", LIAISON, "GET POST", member),
    ("unit:imports", LIAISON, "GET POST"),
    ("unit:import_blank", LIAISON, "GET"),
    ("unit:import_heads", LIAISON, "GET POST", ledger_file),
    ("unit:import_check", LIAISON, "GET POST", ledger_file),
    ("unit:import_changes", LIAISON, "GET POST", ledger_file),
    ("unit:import_done", LIAISON, "GET", ledger_file),
    ("unit:import_undo", LIAISON, "POST", ledger_file),
    ("unit:import_drop", LIAISON, "POST", ledger_file),
    ("unit:papers", LIAISON, "GET"),
    ("unit:paper_receive", LIAISON, "POST", delivery),
    ("unit:paper_copy", LIAISON, "GET", copy),
]
