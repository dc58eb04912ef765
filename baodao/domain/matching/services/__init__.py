"""Writes of matching: solve, change by hand, submit, approve, send offers, answer, lapse; what a unit says of its month."""

from baodao.domain.matching.services.answering import (
    Answer,
    answer,
    answer_many,
    lapse_due,
    undo_on_behalf,
    withdraw_cancelled,
)
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
from baodao.domain.matching.services.lists import tell_of_list, tell_of_undone_list
from baodao.domain.matching.services.mending import apply_remedy
from baodao.domain.matching.services.publishing import offer_next, offer_place, publish, publish_many, withdraw
from baodao.domain.matching.services.reaching import refresh_reach
from baodao.domain.matching.services.replaying import replay_month
from baodao.domain.matching.services.running import ask_run, execute, reap_runs, run_now, stop_run
from baodao.domain.matching.services.solving import solve_month
from baodao.domain.matching.services.steps import undo_step
from baodao.domain.matching.services.trying import apply_change
from baodao.domain.matching.services.units import confirm_list, mark_on_duty, receive_plan

__all__ = [
    "Answer",
    "answer",
    "answer_many",
    "apply_change",
    "apply_remedy",
    "approve",
    "ask_run",
    "confirm_list",
    "execute",
    "go_back",
    "lapse_due",
    "lock",
    "mark_on_duty",
    "offer_next",
    "offer_place",
    "publish",
    "publish_many",
    "put",
    "reap_runs",
    "receive_plan",
    "refresh_reach",
    "replay_month",
    "run_now",
    "send_back",
    "solve_month",
    "stop_run",
    "submit",
    "take_out",
    "tell_of_list",
    "tell_of_undone_list",
    "undo_on_behalf",
    "undo_step",
    "unlock",
    "withdraw",
    "withdraw_cancelled",
]
