"""Who may handle a need, how soon it is due, and which words are not taken.

Decisions only: the reasons are sentences for the person who asked.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.base.verdict import YES, Refused, Verdict, no
from baodao.domain import taken
from baodao.domain.calendar import selectors as calendar
from baodao.domain.needs.models import Need
from baodao.domain.needs.states import OPEN, NeedState, Tier, Told, Urgency, Weight
from baodao.domain.orgs import selectors as orgs

TEXT_LENGTH, OUTCOME_LENGTH = 300, 120
NOT_SOLVED_DAYS, HURRY_HOURS = 15, 24
RAISED_PER_WINDOW, RAISING_WINDOW = 60, timedelta(minutes=10)
SECRETS_PER_CODE, SECRET_WINDOW = 10, timedelta(hours=1)
HANDLERS = ("clerk", "secretary")
_SETTING = {Tier.URGENT: "hours_urgent", Tier.IMPORTANT: "hours_important", Tier.CAN_WAIT: "hours_can_wait"}
#: The ways of telling in which the asker answers.
SPOKEN = (Told.PHONE, Told.IN_PERSON)


def tier_of(weight: str, urgency: str, wished_on: date | None) -> str:
    """急 → urgent; otherwise 重 → important; 轻 with a wished date → ordinary; 轻 without → can_wait."""
    if urgency == Urgency.URGENT:
        return Tier.URGENT
    if weight == Weight.HEAVY:
        return Tier.IMPORTANT
    return Tier.ORDINARY if wished_on else Tier.CAN_WAIT


def hours_of_tier(town: str) -> Callable[[str], int]:
    """The town's working hours for each tier, each setting read once."""
    known: dict[str, int] = {}

    def hours(tier: str) -> int:
        if tier not in known:
            known[tier] = int(str(orgs.setting(town, _SETTING[Tier(tier)])))
        return known[tier]

    return hours


def due_at(tier: str, start: datetime, wished_on: date | None, path: str, hours: Callable[[str], int]) -> datetime:
    """When a need of this tier is due: working hours from registration, or the end of the wished day."""
    if tier == Tier.ORDINARY:
        if wished_on is None:
            raise Refused(_("写上希望哪天办，才能按“轻”排。"), code="wished_on")
        return calendar.end_of_work(wished_on, path)
    return calendar.due_after(start, hours(tier), path)


def may_register(actor: Actor, community_path: str, public: bool) -> Verdict:
    """Anybody through the public page; at the desk the clerk, the secretary and the grid workers of the community."""
    if public or actor.is_program or actor.has("clerk", "secretary", path=community_path):
        return YES
    if any(path.startswith(community_path) for path in actor.paths_of("grid")):
        return YES
    return no(_("诉求由本社区的专干或网格员登记。"))


def may_import(actor: Actor, community_path: str) -> Verdict:
    """A whole register is brought by the community's desk."""
    if actor.is_program or actor.has(*HANDLERS, path=community_path):
        return YES
    return no(_("诉求登记表由本社区的专干或书记导入。"))


def may_handle(actor: Actor, need: Need) -> Verdict:
    """Accept, refer, refuse, merge, assign, finish and tell: the clerk or secretary of the community."""
    if actor.is_program or actor.has(*HANDLERS, path=need.community_path):
        return YES
    return no(_("这一步由本社区的专干或书记做。"))


def may_finish(actor: Actor, need: Need) -> Verdict:
    """The desk; and whoever it is assigned to, who was there."""
    if actor.member_id and actor.member_id == need.assignee_id and need.state == NeedState.ASSIGNED:
        return YES
    return may_handle(actor, need)


def may_see_contact(actor: Actor, need: Need) -> Verdict:
    """The clerk and secretary of the community; whoever it is assigned to, while it is being done."""
    if actor.account_id is None:
        return no(_("只有登录的工作人员能看。"))
    if actor.has(*HANDLERS, path=need.community_path):
        return YES
    if actor.member_id and actor.member_id == need.assignee_id and need.state == NeedState.ASSIGNED:
        return YES
    return no(_("联系方式只给本社区专干和办这件事的人看。"))


def may_accept_as(weight: str, urgency: str) -> Verdict:
    """Triage says both."""
    if weight in Weight.values and urgency in Urgency.values:
        return YES
    return no(_("轻重和缓急都要选。"))


def may_set_tier(computed: str, wanted: str, reason: str) -> Verdict:
    """Another tier than the rule gives needs a reason."""
    if wanted not in Tier.values:
        return no(_("档次只有急、重、轻、缓。"))
    if wanted != computed and not reason.strip():
        return no(_("和规则算出来的不一样，写一句为什么。"))
    return YES


def may_merge(need: Need, into: Need) -> Verdict:
    """Two open needs of one community, and not in a circle."""
    if need.pk == into.pk or need.community_path != into.community_path:
        return no(_("只能并到本社区的另一件。"))
    if into.state not in OPEN or into.merged_into_id is not None:
        return no(_("要并到一件还没办结的。"))
    return YES


def may_tell(need: Need, told: str, has_phone: bool, *, solved: bool = False) -> Verdict:
    """How the asker learnt it; the page alone is enough only for those who left no telephone.

    ``solved``: the asker said then that it is solved, which only somebody who spoke with him can write down.
    """
    if solved and (told not in SPOKEN or need.state != NeedState.DONE):
        return no(_("打电话或者当面问过，才能写对方说解决了。"))
    if told not in Told.values:
        return no(_("选一种告知的办法。"))
    if told == Told.PAGE and has_phone:
        return no(_("对方留了电话，打电话、当面或写纸条告诉，再勾上。"))
    if not need.outcome:
        return no(_("先写结果，再告知。"))
    return YES


def may_hurry(need: Need) -> Verdict:
    """Once in 24 hours, while it is not done."""
    if need.state not in OPEN or need.state == NeedState.DONE:
        return no(_("这件事已经有结果了。"))
    if need.hurried_at and need.hurried_at > clock.now() - timedelta(hours=HURRY_HOURS):
        return no(_("今天已经催过一次，明天还可以再催。"))
    return YES


def may_say_not_solved(need: Need) -> Verdict:
    """Within 15 days of the outcome."""
    if need.state not in {NeedState.DONE, NeedState.CLOSED, NeedState.REFUSED}:
        return no(_("还没有办好，不用重开，可以补充或催一下。"))
    if need.closed_at and need.closed_at < clock.now() - timedelta(days=NOT_SOLVED_DAYS):
        return no(_("办结超过 15 天了，要接着办就再提一件。"))
    return YES


def why_not_words(text: str) -> Verdict:
    """Emergencies go to 110, 119 or 120; reports on another person and identity numbers are not taken."""
    return taken.why_not(text, about_person=_about())


def _about() -> str:
    return _("这里只收自己的事和公共地方的事，不收说别人怎么样的内容。换成想办的事再写，例如“晚上楼道太吵，想安静一点”。")


def must_take(text: str, *, length: int = TEXT_LENGTH, field: str = "text", empty: str = "") -> str:
    """The words without surrounding space; raises Refused with its code when they are not taken."""
    return taken.must_take(text, length=length, about_person=_about(), field=field, empty=empty)
