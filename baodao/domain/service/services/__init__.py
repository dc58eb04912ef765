"""Writes of service: shifts and batches, places, the roll, records.

Everything many rows need has a ``_many`` form, which the single one calls; a place is never given twice.
"""

from baodao.domain.service.services.booking import book, book_many, free, free_many, take, take_many
from baodao.domain.service.services.making import make_batch, make_month, make_shift, make_shifts_many
from baodao.domain.service.services.recording import (
    add_late,
    add_late_many,
    confirm_records,
    reject_record,
    reopen_record,
    set_result,
    settle_many,
)
from baodao.domain.service.services.rolling import add_helper, mark, roll_call, roll_call_many, say_here
from baodao.domain.service.services.shifts import (
    cancel_shift,
    cancel_shifts_many,
    change_shift,
    open_shifts_many,
    restore_shift,
)
from baodao.domain.service.services.witnessing import confirm_served

__all__ = [
    "add_helper",
    "add_late",
    "add_late_many",
    "book",
    "book_many",
    "cancel_shift",
    "cancel_shifts_many",
    "change_shift",
    "confirm_records",
    "confirm_served",
    "free",
    "free_many",
    "make_batch",
    "make_month",
    "make_shift",
    "make_shifts_many",
    "mark",
    "open_shifts_many",
    "reject_record",
    "reopen_record",
    "restore_shift",
    "roll_call",
    "roll_call_many",
    "say_here",
    "set_result",
    "settle_many",
    "take",
    "take_many",
]
