"""The last change by hand of a draft, in words, so that the button that takes it back says what it takes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from baodao.domain.matching.facts import READER
from baodao.domain.matching.models import Plan
from baodao.domain.matching.states import PlanState
from baodao.domain.members import selectors as members
from baodao.domain.service import selectors as service

VERBS = {"lock": "锁定", "unlock": "解开", "out": "拿下", "put": "排上", "swap": "换上", "mend": "改了班次", "try": "改了班次"}


@dataclass(frozen=True, slots=True)
class LastStep:
    """What a press would take back, and how many steps stand."""

    words: str
    count: int


def last_step(plan: Plan | None) -> LastStep | None:
    """The last step by hand of a draft; None when there is none to take back."""
    steps = plan.notes.get("steps", []) if plan is not None and plan.state == PlanState.DRAFT else []
    if not steps:
        return None
    return LastStep(_words(steps[-1]), len(steps))


def _words(step: dict[str, Any]) -> str:
    verb = VERBS.get(step["verb"], step["verb"])
    pairs = [tuple(row[:2]) for row in (step["gone"] if step["verb"] == "out" else step["come"]) or step["locks"]]
    if step["verb"] in ("mend", "try") or not pairs:
        row = service.visible(READER).filter(code=step.get("shift", "")).select_related("post").first()
        return f"{verb}：{row.date:%m-%d} {row.post.name}" if row is not None else verb
    if len(pairs) > 1:
        return f"{verb} {len(pairs)} 人"
    person = members.by_ids({pairs[0][0]}).get(pairs[0][0])
    row = service.visible(READER).filter(pk=pairs[0][1]).select_related("post").first()
    where = f"（{row.date:%m-%d} {row.post.name}）" if row is not None else ""
    return f"{verb}{person.name if person is not None else '一位党员'}{where}"
