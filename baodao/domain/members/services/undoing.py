"""A whole import is taken back within 24 hours: people it added go, what it changed is as before.

Refused where something was done with an added person since: a service, a place, a commitment. What somebody changed by
hand after the import stays as they left it.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import ProtectedError

from baodao.base.actor import Actor
from baodao.base.verdict import Refused, must
from baodao.domain import erasures
from baodao.domain.accounts import services as accounts
from baodao.domain.audit.services import service
from baodao.domain.members import rules
from baodao.domain.members.models import ImportBatch, Member
from baodao.domain.members.services import amending
from baodao.domain.members.services.batches import mark_undone, undo_of
from baodao.domain.members.services.history import note


@service
def undo_import(*, actor: Actor, batch: ImportBatch) -> dict[str, int]:
    """Take a committed import back: {removed, restored, kept}; refused after 24 hours."""
    must(rules.may_import(actor, batch.scope))
    mark_undone(actor=actor, batch=batch)
    stored = undo_of(batch)
    removed = _remove(actor, stored.get("added", []))
    restored = 0
    for one in stored.get("changed", []):
        if amending.put_back(one):
            restored += 1
            member = Member.objects.get(code=one["code"])
            note(member, actor, ("import_undone", "", ""), batch=batch.code)
    return {"removed": removed, "restored": restored, "kept": len(stored.get("changed", [])) - restored}


def _remove(actor: Actor, codes: list[str]) -> int:
    gone = []
    for start in range(0, len(codes), 500):
        rows = Member.objects.filter(code__in=codes[start : start + 500])
        people = list(rows.values_list("pk", "code"))
        try:
            rows.delete()
        except ProtectedError as error:
            who = sorted({str(getattr(row, "member", "")) for row in error.protected_objects})
            raise Refused(f"{'、'.join(who[:3])}已经有了岗位或服务记录，不能整批撤销。一个一个改。", code="state") from None
        accounts.forget_members(actor=actor, member_ids=[key for key, _code in people])
        gone += [("member_undone", code) for _key, code in people]
    transaction.on_commit(lambda: erasures.append(gone))
    return len(gone)
