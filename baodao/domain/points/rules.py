"""How a service becomes points, which settings a rule set may have, and who keeps the ledger.

The arithmetic is pure: minutes and parameters in, tenths of a point and the way there out.
"""

from __future__ import annotations

import json
from typing import Any

from baodao.base.actor import Actor
from baodao.base.crypto import digest
from baodao.base.days import clock
from baodao.base.verdict import YES, Verdict, no
from baodao.domain.points.models import PointEntry
from baodao.domain.points.states import Preset

DEFAULTS: dict[str, dict[str, Any]] = {
    Preset.THRESHOLD_ONLY: {"times": 2, "period": "year"},
    Preset.HOUR_POINT_CAP: {"tenths_per_hour": 10, "cap_tenths": 20},
}
_ALLOWED = {preset: frozenset(params) for preset, params in DEFAULTS.items()}
# what real rule books contain and this program never takes (red lines 1, 7, 9)
_CROSSES = {
    "rank": "排名",
    "veto": "一票否决",
    "quota": "按比例定星级",
    "penalty": "扣分",
    "no_show": "没来扣分",
    "decline": "谢绝扣分",
    "silence": "不答复扣分",
    "login": "登录次数",
    "photos": "照片数量",
    "credit": "个人信用",
    "transfer": "转让积分",
}


def points_for(preset: str, params: dict[str, Any], minutes: int) -> tuple[int, dict[str, int]]:
    """Tenths of a point for a service of so many minutes, and the arithmetic a member can follow.

    ``preset_threshold_only`` gives no points at all; ``preset_1h1p_cap2h`` gives one point an hour, in tenths of an
    hour rounded down, at most the cap a service (domain.md §3.1, R11).
    """
    if preset != Preset.HOUR_POINT_CAP:
        return 0, {}
    rate, cap = int(params["tenths_per_hour"]), int(params["cap_tenths"])
    earned = minutes * rate // 60
    return min(earned, cap), {"minutes": minutes, "rate": rate, "cap": cap, "before_cap": earned}


def entry_digest(entry: PointEntry) -> str:
    """The digest of an entry over all it says and the digest before it."""
    return digest(
        entry.town,
        str(entry.seq),
        entry.code,
        entry.at.astimezone(clock.ZONE).isoformat(),
        str(entry.member_id),
        str(entry.record_id or ""),
        str(entry.rule_set_id),
        entry.unit_path,
        entry.community_path,
        entry.month,
        entry.kind,
        str(entry.tenths),
        json.dumps(entry.arithmetic, sort_keys=True, separators=(",", ":")),
        str(entry.reverses_id or ""),
        str(entry.recorded_by or ""),
        entry.prev,
    )


def why_not_params(preset: str, params: dict[str, Any]) -> Verdict:
    """Refuse a rule set that would cross a red line, or whose numbers mean nothing."""
    for name in params:
        for word, said in _CROSSES.items():
            if word in name:
                return no(f"积分规则里不能有“{said}”：只记服务，不扣分、不排名、不设比例。")
    if preset not in _ALLOWED:
        return no("没有这套规则。")
    unknown = set(params) - _ALLOWED[preset]
    if unknown:
        return no(f"这套规则没有“{'、'.join(sorted(unknown))}”这一项。")
    if preset == Preset.HOUR_POINT_CAP:
        rate, cap = params.get("tenths_per_hour"), params.get("cap_tenths")
        if not (isinstance(rate, int) and isinstance(cap, int) and 0 < rate <= 100 and 0 < cap <= 1000):
            return no("每小时 0.1 到 10 分，每次最多 0.1 到 100 分。")
    if preset == Preset.THRESHOLD_ONLY and not (isinstance(params.get("times"), int) and 0 <= params["times"] <= 52):
        return no("一年几次，填 0 到 52。")
    return YES


def may_set_rules(actor: Actor, town: str) -> Verdict:
    """The town decides its rule set; on the first day the system administrator enters it."""
    if actor.is_program or actor.has("townlead", "town", path=town) or actor.has("sysadmin"):
        return YES
    return no("积分规则由镇里定。")


def may_settle(actor: Actor, town: str) -> Verdict:
    """Settling happens with the month's close."""
    if actor.is_program or actor.has("town", "townlead", path=town):
        return YES
    return no("月末结算由镇里办。")


def may_confirm(actor: Actor, community: str, recorders: set[int]) -> Verdict:
    """The community's secretary, and nobody who recorded an entry of the month."""
    if not actor.has("secretary", path=community):
        return no("积分由社区书记确认。")
    if actor.account_id in recorders:
        return no("记分的人不能自己确认，换一位书记确认。")
    return YES


def may_reverse(actor: Actor, community: str) -> Verdict:
    """The clerk reverses with a reason; the entry stays visible."""
    if actor.has("clerk", "secretary", path=community):
        return YES
    return no("冲正由社区专干或书记办。")


def may_see(actor: Actor, member_id: int, community: str) -> Verdict:
    """The member, and the two who keep the points."""
    if actor.is_program or actor.has("clerk", "secretary", path=community):
        return YES
    if actor.has("member") and actor.member_id == member_id:
        return YES
    return no("积分只有本人和管分的两个人能看。")
