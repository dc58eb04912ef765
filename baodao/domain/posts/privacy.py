"""What posts keep about people, and how long: a member's promises follow the member's record."""

from __future__ import annotations

from datetime import date

from baodao.base.actor import Actor
from baodao.domain.audit.services import record, service
from baodao.domain.erasures import Eraser
from baodao.domain.posts.models import Commitment
from baodao.domain.registered import Field

FOLLOWS = "离开一年后清空"
FIELDS = [
    Field("posts", "post", "name", "岗位叫什么", 40, "所有人", "随岗位"),
    Field("posts", "post", "duties", "岗位做什么", 200, "所有人", "随岗位"),
    Field("posts", "post", "place", "在哪里服务（公共地方）", 60, "所有人", "随岗位"),
    Field("posts", "post", "quality", "做到什么程度", 120, "所有人", "随岗位"),
    Field("posts", "commitment", "goal", "承诺做到什么，公示", 80, "所有人（公示期间）", FOLLOWS),
    Field("posts", "commitment", "when", "承诺什么时候做，公示", 60, "所有人（公示期间）", FOLLOWS),
    Field("posts", "commitment", "quality", "承诺做到多好，公示", 80, "所有人（公示期间）", FOLLOWS),
    Field("posts", "commitment", "progress", "进展或调整说明，公示", 120, "所有人（公示期间）", FOLLOWS),
    Field("posts", "commitment", "outcome", "做成了什么，公示", 120, "所有人（公示期间）", FOLLOWS),
    Field("posts", "commitment", "review_words", "退回时写要改什么", 80, "本人、社区专干、社区书记", FOLLOWS),
    Field("posts", "team", "name", "编组叫什么", 40, "同一社区的工作人员", "随编组"),
]
BLANK = {"goal": "", "when": "", "quality": "", "progress": "", "outcome": "", "review_words": ""}


def _blank(codes: list[str]) -> int:
    return Commitment.objects.filter(code__in=codes).update(**BLANK)


ERASERS: dict[str, Eraser] = {"commitment_words": _blank}


@service
def erase_due(*, actor: Actor, today: date) -> list[tuple[str, str]]:
    """Empty the words of commitments whose member's record was erased (a year after leaving)."""
    due = Commitment.objects.filter(member__erased_at__isnull=False).exclude(goal="")
    codes = list(due.values_list("code", flat=True))
    if codes:
        _blank(codes)
        record("commitments.emptied", actor=actor, data={"count": len(codes)})
    return [("commitment_words", code) for code in codes]
