"""Close a month of a town."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from baodao.base.actor import program
from baodao.base.days import clock
from baodao.base.days.months import Month
from baodao.config.console import Plain, fail, print_json, say
from baodao.domain.months import selectors, services
from baodao.domain.orgs import selectors as orgs


class Command(Plain):
    """``close_month --town CODE --month YYYY-MM``."""

    help = "settle a month that is over: points, assessment, bulletin draft; a closed month answers the same figures"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Town, month, JSON."""
        parser.add_argument("--town", required=True)
        parser.add_argument("--month", required=True)
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit 0 when the month is closed (now or before), 1 when it is not over."""
        try:
            month = str(Month.parse(options["month"]))
        except ValueError as error:
            fail(str(error), status=2)
        town = orgs.town_by_code(options["town"])
        if town is None:
            fail(f"没有代码是 {options['town']} 的镇。", status=2)
        close = services.close_month(actor=program("close_month"), town=town.path, month=month)
        bulletin = selectors.bulletin_of(town.path, month)
        found = {
            "town": options["town"],
            "month": month,
            "closed_at": close.closed_at.astimezone(clock.ZONE).isoformat(),
            "figures": close.figures,
            "left_out": close.left_out,
            "bulletin": bulletin.code if bulletin else None,
        }
        if options["json"]:
            print_json(found)
            return
        say(f"{month} 已结月：服务 {close.figures['times']} 人次，{close.figures['minutes'] / 60:.1f} 小时。")
        if close.left_out:
            say(f"有 {len(close.left_out)} 条记录还没确认，没有算进去，确认后算进确认的那个月。")
