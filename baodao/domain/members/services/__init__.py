"""Writes of the ledger, one module a family of verbs: people, offers, moves, phone, invitations, batches, imports."""

from baodao.domain.members.services.batches import (
    close_batch,
    copy_of,
    drop_batch,
    mark_undone,
    open_batch,
    rows_of,
    save_rows,
    shred,
    undo_of,
)
from baodao.domain.members.services.imports import (
    commit_import,
    correct,
    import_file,
    preview,
    start_import,
)
from baodao.domain.members.services.invitations import invite, invite_many, one_time_code
from baodao.domain.members.services.moves import (
    change_employer,
    come_back,
    leave,
    pause,
    receipt,
    report_in,
    resume,
    transfer,
)
from baodao.domain.members.services.offers import (
    block_days,
    set_availability,
    set_languages,
    set_name_form,
    set_skills,
    set_wishes,
    unblock,
)
from baodao.domain.members.services.people import add_member, add_members_many, change_member
from baodao.domain.members.services.phone import open_list, set_phone, show_phone
from baodao.domain.members.services.undoing import undo_import

__all__ = [
    "add_member",
    "add_members_many",
    "block_days",
    "change_employer",
    "change_member",
    "close_batch",
    "come_back",
    "commit_import",
    "copy_of",
    "correct",
    "drop_batch",
    "import_file",
    "invite",
    "invite_many",
    "leave",
    "mark_undone",
    "one_time_code",
    "open_batch",
    "open_list",
    "pause",
    "preview",
    "receipt",
    "report_in",
    "resume",
    "rows_of",
    "save_rows",
    "set_availability",
    "set_languages",
    "set_name_form",
    "set_phone",
    "set_skills",
    "set_wishes",
    "show_phone",
    "shred",
    "start_import",
    "transfer",
    "unblock",
    "undo_import",
    "undo_of",
]
