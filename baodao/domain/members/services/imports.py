"""A ledger file goes in: started as a draft, corrected, committed as a whole or its good rows, taken back within a day.

The check is done again inside the transaction that writes, so that what was previewed cannot differ from what is stored.
Nobody is deleted for being absent from a file, and no login is made.
"""

from __future__ import annotations

from collections.abc import Sequence

from baodao.base import paths
from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.base.papers.sheet import draft as sheet_draft
from baodao.base.papers.sheet.faults import SheetFault
from baodao.base.verdict import Refused, must
from baodao.domain.audit.services import service
from baodao.domain.members import rules
from baodao.domain.members.intake import files, known, verdicts
from baodao.domain.members.intake.checking import Frame
from baodao.domain.members.intake.files import Draft
from baodao.domain.members.intake.verdicts import Line, Report
from baodao.domain.members.models import ImportBatch
from baodao.domain.members.rows import NewMember
from baodao.domain.members.services import amending
from baodao.domain.members.services.batches import close_batch, open_batch, rows_of, save_rows
from baodao.domain.members.services.people import add_members_many
from baodao.domain.members.states import EnrolmentState, ImportState, MemberKind
from baodao.domain.orgs import selectors as orgs
from baodao.domain.orgs import services as holding

NOUN = "members"


def read_file(data: bytes, filename: str) -> tuple[Draft, bytes]:
    """(draft, clean copy); Refused with code ``file`` and what to do for what cannot be read."""
    try:
        return files.read(data, filename)
    except SheetFault as fault:
        raise Refused(f"{fault.message}。{fault.suggestion}。", code="file") from None


def check(draft: Draft, *, scope: str, town: str = "", unit: str = "") -> Report:
    """The verdict about a draft as things stand now; writes nothing."""
    county = paths.county_of(scope)
    frame = Frame(
        known=known.load(county, town),
        today=clock.today(),
        unit=orgs.unit_at(unit) if unit else None,
        community=orgs.by_path(scope) if paths.community_of(scope) == scope else None,
        by_unit=bool(draft.get("by_unit")),
    )
    return verdicts.report(draft, frame, scope)


def preview(*, actor: Actor, batch: ImportBatch) -> Report:
    """The verdict about a batch under work."""
    must(rules.may_import(actor, batch.scope))
    draft = rows_of(batch)
    return check(draft, scope=batch.scope, town=batch.town, unit=draft.get("unit", ""))


def start_import(
    *, actor: Actor, data: bytes, filename: str, scope: str, town: str = "", unit: str = ""
) -> ImportBatch:
    """Read an upload into a draft. ``unit`` makes all rows that unit's; Refused in words for an unreadable file.

    What a unit's liaison brings is read as such: columns he may not say stay out, people of elsewhere stay as they are.
    The file is read before the transaction begins.
    """
    must(rules.may_import(actor, scope))
    draft, copy = read_file(data, filename)
    draft["by_unit"] = paths.is_unit(scope) and not actor.is_program
    return open_draft(actor=actor, draft=draft, copy=copy, filename=filename, scope=scope, town=town, unit=unit)


@service
def open_draft(
    *, actor: Actor, draft: Draft, copy: bytes, filename: str, scope: str, town: str = "", unit: str = ""
) -> ImportBatch:
    """Keep a file that was read as a batch under work."""
    must(rules.may_import(actor, scope))
    found = town or paths.town_of(scope)
    return open_batch(
        actor=actor, noun=NOUN, town=found, scope=scope, file_name=filename, copy=copy, rows=draft | {"unit": unit}
    )


@service
def correct(
    *,
    actor: Actor,
    batch: ImportBatch,
    version: int | None = None,
    columns: dict[str, str] | None = None,
    edits: dict[str, dict[str, str]] | None = None,
    choices: dict[str, str] | None = None,
    words: dict[str, str] | None = None,
) -> ImportBatch:
    """Keep corrections beside the cells: what a column is, a cell's text, a row's choice, a word for many rows."""
    must(rules.may_import(actor, batch.scope))
    draft = rows_of(batch)
    sheet_draft.correct(draft, columns=columns, edits=edits, choices=choices, words=words)
    return save_rows(actor=actor, batch=batch, rows=draft, version=version)


@service
def commit_import(
    *, actor: Actor, batch: ImportBatch, partial: bool = False, gone: Sequence[str] = ()
) -> ImportBatch:
    """Write the rows; with ``partial`` the good ones only, otherwise one rejected row means nothing is written.

    The county's ledger is held before the check: a second file with the same people finds those of the first.
    ``gone``: codes of people a unit says have left it. Nothing is done to them here; their community is told.
    """
    holding.hold(paths.county_of(batch.scope))
    found = preview(actor=actor, batch=batch)
    return _commit(actor, batch, found, partial, gone)


def _commit(actor: Actor, batch: ImportBatch, found: Report, partial: bool, gone: Sequence[str] = ()) -> ImportBatch:
    counts = found.counts
    if counts["rejected"] and not partial:
        raise Refused(f"还有 {counts['rejected']} 行要改。改好再导，或先导入正确的行。", code="rejected")
    if batch.state != ImportState.DRAFT:
        raise Refused("这份文件已经处理过了。", code="state")
    new = [line for line in found.lines if line.state == verdicts.ADDED]
    made = (
        add_members_many(actor=actor, rows=[new_member(line, batch) for line in new], batch=batch.code) if new else []
    )
    changed = amending.amend_many(actor, [line for line in found.lines if line.state == verdicts.UPDATED], batch.code)
    undo = {"added": [one.code for one in made], "changed": changed,
            "gone": [one.member.code for one in found.missing if one.member.code in gone],
            "joining": [one.member.code for one in found.joining]}  # fmt: skip
    return close_batch(actor=actor, batch=batch, counts=counts, undo=undo)


def import_file(
    *,
    actor: Actor,
    data: bytes,
    filename: str,
    scope: str,
    town: str = "",
    unit: str = "",
    partial: bool = False,
    dry_run: bool = False,
) -> tuple[Report, ImportBatch | None]:
    """A whole file at once, for the command: (verdict, batch); no batch where nothing was written."""
    must(rules.may_import(actor, scope))
    draft, copy = read_file(data, filename)
    found = check(draft, scope=scope, town=town, unit=unit)
    counts = found.counts
    if dry_run or (counts["rejected"] and not partial) or not counts["rows"]:
        return found, None
    return _take_in(
        actor=actor, draft=draft, copy=copy, filename=filename, scope=scope, town=town, unit=unit, partial=partial
    )


@service
def _take_in(
    *, actor: Actor, draft: Draft, copy: bytes, filename: str, scope: str, town: str, unit: str, partial: bool
) -> tuple[Report, ImportBatch]:
    holding.hold(paths.county_of(scope))
    batch = open_draft(actor=actor, draft=draft, copy=copy, filename=filename, scope=scope, town=town, unit=unit)
    found = preview(actor=actor, batch=batch)
    return found, _commit(actor, batch, found, partial)


def new_member(line: Line, batch: ImportBatch) -> NewMember:
    """A checked row as a person for the ledger; a unit's own list issues slips, everything else is reported."""
    values = line.checked.values
    kind = values.get("kind", MemberKind.IN_SERVICE)
    dated = values.get("reported_on") or values.get("receipt_on")
    issued = paths.is_unit(batch.scope) and kind == MemberKind.IN_SERVICE and not dated
    copied = ("name", "phone", "unit", "community", "estate", "party_org", "job_title", "party_org_name", "skills",
              "skill_words", "slots", "time_note", "wishes", "languages", "reported_on", "receipt_on", "note", "home_community",
              "team_name")  # fmt: skip
    return NewMember(
        kind=kind,
        channel="import",
        enrolment_state=EnrolmentState.ISSUED if issued else EnrolmentState.REPORTED,
        **{name: values[name] for name in copied if name in values},
    )
