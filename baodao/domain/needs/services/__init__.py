"""Writes of needs: register, triage, handle, and the asker's own deeds. Each verb is one transaction."""

from baodao.domain.needs.services.asking import (
    add_words,
    delete_contact,
    hurry,
    not_solved,
    note_wrong,
    rate,
    withdraw,
)
from baodao.domain.needs.services.handling import (
    assign,
    assign_many,
    finish,
    finish_many,
    reopen,
    reveal_for_asker,
    show_contact,
    tell,
    tell_many,
)
from baodao.domain.needs.services.importing import import_file, undo_import
from baodao.domain.needs.services.registering import open_slip, register, register_many, reissue_slip
from baodao.domain.needs.services.triage import (
    about_person,
    accept,
    accept_many,
    merge,
    merge_many,
    refer,
    refuse,
    spam,
    take_back,
)

__all__ = [
    "about_person",
    "accept",
    "accept_many",
    "add_words",
    "assign",
    "assign_many",
    "delete_contact",
    "finish",
    "finish_many",
    "hurry",
    "import_file",
    "merge",
    "merge_many",
    "not_solved",
    "note_wrong",
    "open_slip",
    "rate",
    "refer",
    "refuse",
    "register",
    "register_many",
    "reissue_slip",
    "reopen",
    "reveal_for_asker",
    "show_contact",
    "spam",
    "take_back",
    "tell",
    "tell_many",
    "undo_import",
    "withdraw",
]
