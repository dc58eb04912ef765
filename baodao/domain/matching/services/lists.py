"""What happens when a unit brings a changed list: the communities of its people (else the town) are told what to check.

Rung by the import of a unit's ledger. Nobody is transferred or ended here: a note says who came and who is said to have
gone, and the community's desk does it.
"""

from __future__ import annotations

from collections import Counter

from baodao.base import paths
from baodao.base.actor import Actor
from baodao.domain.audit.services import service
from baodao.domain.matching.facts import READER
from baodao.domain.members import selectors as members
from baodao.domain.members import services as keeping
from baodao.domain.notices import services as notices
from baodao.domain.notices.selectors import told_paths
from baodao.domain.notices.services import Telling
from baodao.domain.orgs import selectors as orgs

NOUN = "members"


@service
def tell_of_list(*, actor: Actor, code: str, data: dict[str, object]) -> None:
    """A ledger went in: if it was a unit's own list, tell each community what changed with its people."""
    if data.get("noun") != NOUN:
        return
    batch = members.batch_for(READER, code, NOUN)
    if not paths.is_unit(batch.scope):
        return
    name, held = orgs.unit_at(batch.scope).name, keeping.undo_of(batch)
    added, changed = held.get("added", []), [one["code"] for one in held.get("changed", [])]
    gone, joining = held.get("gone", []), held.get("joining", [])
    at = members.community_paths([*added, *changed, *gone, *joining])
    came, amended = (Counter(at.get(one) or batch.town for one in codes) for codes in (added, changed))
    rows = [
        Telling("list.changed", path=path, subject_code=code,
                data={"unit": name, "added": came[path], "updated": amended[path]})
        for path in dict.fromkeys([*came, *amended])
    ]
    for key, codes in (("list.left", gone), ("list.joins", joining)):
        rows += [Telling(key, path=at.get(one) or batch.town, subject_code=one, data={"unit": name}) for one in codes]
    notices.tell_many(actor=actor, rows=[row for row in rows if row.path])


@service
def tell_of_undone_list(*, actor: Actor, code: str, data: dict[str, object]) -> None:
    """A unit took its list back within the day: the same communities are told."""
    if data.get("noun") != NOUN:
        return
    batch = members.batch_for(READER, code, NOUN)
    if not paths.is_unit(batch.scope):
        return
    held = keeping.undo_of(batch)
    at = members.community_paths([*held.get("gone", []), *held.get("joining", [])])
    told = dict.fromkeys([*told_paths(code), *(path or batch.town for path in at.values())])
    said = {"unit": orgs.unit_at(batch.scope).name}
    rows = [Telling("list.undone", path=path, subject_code=code, data=said) for path in told if path]
    notices.tell_many(actor=actor, rows=rows)
