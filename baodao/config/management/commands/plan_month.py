"""Plan a month of a town, or of one of its communities, and perhaps send the offers."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from baodao.base.actor import Actor, program
from baodao.base.days.months import Month
from baodao.base.verdict import Refused
from baodao.config.console import Plain, bar, fail, print_json, say
from baodao.domain.accounts import selectors as accounts
from baodao.domain.matching import overview, selectors, services
from baodao.domain.matching.states import PlanState
from baodao.domain.orgs import selectors as orgs


class Command(Plain):
    """``plan_month --town CODE --month YYYY-MM [--community CODE] [--seconds N] [--publish] [--json]``."""

    help = "plan a month with the solver: one draft per community; --publish sends the offers of approved plans"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Town, month, and how long to look."""
        parser.add_argument("--town", required=True)
        parser.add_argument("--month", required=True)
        parser.add_argument("--community", default="")
        parser.add_argument("--seconds", type=float, default=10.0)
        parser.add_argument("--seed", type=int, default=0)
        parser.add_argument("--publish", action="store_true")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit 0 when a plan was stored (and, if asked, offers sent); 1 with the reason otherwise."""
        town, month, wanted = _asked(options)
        actor = program("plan_month")
        try:
            _solve(actor, town.path, month, wanted, options)
        except Refused as error:
            if not (options["publish"] and error.code == "state"):
                raise
        sent, waiting = _publish(actor, town.path, month, wanted) if options["publish"] else (0, [])
        found = overview.figures(town.path, month, wanted)
        if options["json"]:
            print_json(found | ({"offers": sent} if options["publish"] else {}))
        else:
            _tell(month, found, sent, published=options["publish"])
        if waiting:
            fail(*(f"{name}的计划还没有批准，没有发邀请。" for name in waiting))


def _asked(options: dict[str, Any]) -> tuple[Any, str, list[str]]:
    try:
        month = str(Month.parse(options["month"]))
    except ValueError as error:
        fail(str(error), status=2)
    town = orgs.town_by_code(options["town"])
    if town is None:
        fail(f"没有代码是 {options['town']} 的镇。", status=2)
    if not 0 < options["seconds"] <= 3600:
        fail("--seconds 填 1 到 3600。", status=2)
    if not options["community"]:
        return town, month, [org.path for org in orgs.communities(town.path)]
    community = orgs.community_by_code(options["community"])
    if community is None or not community.path.startswith(town.path):
        fail(f"{town.name}没有代码是 {options['community']} 的社区。", status=2)
    return town, month, [community.path]


def _solve(actor: Actor, town: str, month: str, wanted: list[str], options: dict[str, Any]) -> None:
    step = bar(4, "安排")
    seen: set[str] = set()

    def progress(now: Any) -> None:
        if now.rung not in seen:
            seen.add(now.rung)
            step(1, now.rung)

    one = wanted if options["community"] else None
    services.solve_month(
        actor=actor, town=town, month=month, communities=one, seconds=options["seconds"], seed=options["seed"],
        on_progress=progress,
    )  # fmt: skip
    step(4 - len(seen), "")


def _publish(actor: Actor, town: str, month: str, wanted: list[str]) -> tuple[int, list[str]]:
    """Send what is approved; in a demo town approve it too. Returns offers sent and communities that wait."""
    held = selectors.plans_of_town(town, month)
    plans = [held[path] for path in wanted if path in held]  # the town's own order, whatever the database answers first
    if accounts.has_demo_logins() and not orgs.by_path(town).real:
        for plan in plans:
            if plan.state == PlanState.DRAFT and plan.lines.exists():
                services.submit(actor=actor, plan=plan)
            if plan.state == PlanState.SUBMITTED:
                services.approve(actor=actor, plan=plan)
    ready = [plan for plan in plans if plan.state == PlanState.APPROVED]
    unsent = [plan for plan in plans if plan.state in (PlanState.DRAFT, PlanState.SUBMITTED)]
    waiting = [plan.community.name for plan in unsent if plan.lines.exists()]  # a draft of nobody has nothing to send
    return len(services.publish_many(actor=actor, plans=ready)) if ready else 0, waiting


def _tell(month: str, found: dict[str, Any], sent: int, *, published: bool) -> None:
    gap = "" if found["gap"] is None else f"，离理论最好 {max(0.0, found['gap']) * 100:.2f} %"
    proved = "已证明最好" if found["status"] == "optimal" else f"状态 {found['status']}"
    say(f"{month}：班次 {found['sessions']} 个，要 {found['places']} 人次，排上 {found['filled']} 人次，"
        f"没排满 {len(found['unfilled'])} 个班；{proved}{gap}，用时 {found['seconds']:.1f} 秒。")  # fmt: skip
    if published:
        say(f"发出 {sent} 个邀请。")
