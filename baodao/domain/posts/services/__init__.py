"""Writes of posts: make, open, pause, close; claims; commitments; pairings, fixings and teams.

Everything many rows need has a ``_many`` form, which the single one calls.
"""

from baodao.domain.posts.services.claims import claim, end_claim, hold
from baodao.domain.posts.services.commitments import (
    adjust_commitment,
    approve_commitment,
    approve_commitments_many,
    change_commitment,
    draft_commitment,
    draft_commitments_many,
    keep_commitment,
    return_commitment,
    set_progress,
    submit_commitment,
    submit_commitments_many,
    withdraw_commitment,
)
from baodao.domain.posts.services.making import (
    change_post,
    close_post,
    make_from_need,
    make_post,
    make_posts_many,
    name_leader,
    open_post,
    open_posts_many,
    pause_post,
)
from baodao.domain.posts.services.pairing import (
    accept_fixing,
    end_fixing,
    end_team,
    make_team,
    offer_fixing,
    pair,
    pair_many,
    set_team,
    unpair,
)

__all__ = [
    "accept_fixing",
    "adjust_commitment",
    "approve_commitment",
    "approve_commitments_many",
    "change_commitment",
    "change_post",
    "claim",
    "close_post",
    "draft_commitment",
    "draft_commitments_many",
    "end_claim",
    "end_fixing",
    "end_team",
    "hold",
    "keep_commitment",
    "make_from_need",
    "make_post",
    "make_posts_many",
    "make_team",
    "name_leader",
    "offer_fixing",
    "open_post",
    "open_posts_many",
    "pair",
    "pair_many",
    "pause_post",
    "return_commitment",
    "set_progress",
    "set_team",
    "submit_commitment",
    "submit_commitments_many",
    "unpair",
    "withdraw_commitment",
]
