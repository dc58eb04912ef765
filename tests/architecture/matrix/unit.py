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


def delivery(cast: Any) -> dict[str, Any]:
    """A paper that came to U001."""
    from baodao.domain.documents import services
    from tests.cast import PROGRAM

    paper = services.reserve(actor=PROGRAM, town=cast.town.path, kind="plan", month="2026-12", title="月计划")
    services.seal(actor=PROGRAM, document=paper, copies={"docx": b"x"})
    return {"code": services.deliver_many(actor=PROGRAM, document=paper, paths=[cast.unit.path])[0].code}


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
    ("unit:papers", LIAISON, "GET"),
    ("unit:paper_receive", LIAISON, "POST", delivery),
    ("unit:paper_copy", LIAISON, "GET", copy),
]
