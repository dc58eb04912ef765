"""Reads of service: shifts, places and records by scope; who could serve; what is open to a member."""

from baodao.domain.service.selectors.candidates import candidate_of, candidates_of, slot_of, slots_of
from baodao.domain.service.selectors.openings import Day, Opening, my_week, next_of, open_to_member, opening_for
from baodao.domain.service.selectors.reading import (
    batch_for,
    batches,
    booking_for,
    get_for,
    led_by,
    month_of,
    record_for,
    roll_of,
    to_confirm,
    to_roll,
    visible,
    visible_bookings,
    visible_records,
)

__all__ = [
    "Day",
    "Opening",
    "batch_for",
    "batches",
    "booking_for",
    "candidate_of",
    "candidates_of",
    "get_for",
    "led_by",
    "month_of",
    "my_week",
    "next_of",
    "open_to_member",
    "opening_for",
    "record_for",
    "roll_of",
    "slot_of",
    "slots_of",
    "to_confirm",
    "to_roll",
    "visible",
    "visible_bookings",
    "visible_records",
]
