"""Writes of matching: solve, change by hand, submit, approve, send offers, answer, lapse; what a unit says of its month."""

from baodao.domain.matching.services.drafts import (
    approve,
    go_back,
    lock,
    put,
    send_back,
    submit,
    take_out,
    unlock,
)
from baodao.domain.matching.services.solving import solve_month

__all__ = [
    "approve",
    "go_back",
    "lock",
    "put",
    "send_back",
    "solve_month",
    "submit",
    "take_out",
    "unlock",
]
