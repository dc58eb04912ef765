"""The word of the person served: who asked for a thing and says it is solved confirms the service that was done for it.

Rung by a need's rating, or by the desk that told the outcome and was told "solved". Records of shifts made for that need
alone are meant; what the month has settled stays as it is.
"""

from __future__ import annotations

from typing import Any

from django.db.models import F

from baodao.base.actor import Actor, program
from baodao.base.days import clock
from baodao.domain.audit.services import record, service
from baodao.domain.needs.states import Grade
from baodao.domain.service.models import ServiceRecord
from baodao.domain.service.services.recording import confirm_records, tell_members
from baodao.domain.service.states import Evidence, RecordState

CONTENT = (Grade.GOOD, Grade.FAIR)


@service
def confirm_served(*, actor: Actor, code: str, data: dict[str, Any]) -> int:
    """Confirm the waiting records of a need's shifts, and raise the grade of those confirmed on another's word.

    Who is not content confirms nothing: the record waits for the desk. A late addition that needs a second person waits
    for one. Returns how many records rest on the asker's word now.
    """
    if not (data.get("solved") or data.get("grade") in CONTENT):
        return 0
    rows = ServiceRecord.objects.filter(shift__need__code=code, needs_second=False).select_related("member", "shift__post")
    waiting = list(rows.filter(state=RecordState.PENDING).order_by("pk"))
    raised = list(rows.filter(state=RecordState.CONFIRMED).exclude(evidence=Evidence.RESIDENT).order_by("pk"))
    if waiting:
        by = program("served")
        confirm_records(actor=by, records=waiting, served=True)
        tell_members(by, waiting, "record.confirmed")
    if raised:
        ServiceRecord.objects.filter(pk__in=[one.pk for one in raised], state=RecordState.CONFIRMED).update(
            evidence=Evidence.RESIDENT, version=F("version") + 1, changed_at=clock.now()
        )
        codes = [one.code for one in raised]
        record("records.witnessed", actor=actor, kind="need", code=code, town=raised[0].town, data={"records": codes})
    return len(waiting) + len(raised)
