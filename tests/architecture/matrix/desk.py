"""The desk of a community: clerk and secretary; the grid worker where it says so."""

from typing import Any

DESK = {"clerk", "secretary"}
GRID = {"clerk", "secretary", "grid"}


def need(cast: Any) -> dict[str, Any]:
    """A need of 幸福社区, in the grid worker's estate."""
    from tests.domain.needs.asked import asked

    return {"code": asked(cast, estate=cast.estate, contact_phone="13800000001").need.code}


def deed(cast: Any) -> dict[str, Any]:
    """A deed to such a need."""
    return {**need(cast), "deed": "quick"}


def slip(cast: Any) -> dict[str, Any]:
    """The slip of such a need."""
    from tests.domain.needs.asked import asked

    return {"token": asked(cast, estate=cast.estate).token}


def notice(cast: Any) -> dict[str, Any]:
    """Something a member without a login has to be told."""
    from baodao.domain.notices import services
    from tests.cast import PROGRAM, member

    made = services.tell(actor=PROGRAM, key="offer.sent", member=member("王强", cast.xingfu, cast.unit))
    return {"code": made.code}


def stack(cast: Any) -> dict[str, Any]:
    """A pile of slips of 幸福社区."""
    from baodao.domain.notices import selectors, stacks

    notice(cast)
    clerk = cast.actor("clerk")
    return {"code": stacks.print_stack(actor=clerk, notices=selectors.to_tell(clerk)).code}


def suggestion(cast: Any) -> dict[str, Any]:
    """A suggestion to 幸福社区."""
    from baodao.base.actor import PUBLIC
    from baodao.domain.voices import services

    return {"code": services.suggest(actor=PUBLIC, path=cast.xingfu.path, text="窗口排队太久").code}


def points_entry(cast: Any) -> dict[str, Any]:
    """An entry of the points ledger of 幸福社区."""
    from datetime import date

    from baodao.domain.points import services
    from baodao.domain.points.models import PointEntry
    from tests import served
    from tests.cast import PROGRAM

    held = PointEntry.objects.first()
    if held is not None:
        return {"code": held.code}
    services.set_rules(actor=PROGRAM, town=cast.town.path, preset="preset_1h1p_cap2h")
    shift = served.shift(served.post(cast, cast.xingfu, "治安巡逻"), date(2026, 10, 10))
    one = served.record(shift, cast.chen, state="settled")
    (made,) = services.settle(actor=PROGRAM, town=cast.town.path, month="2026-10", records=[one])
    return {"code": made.code}


def chen(cast: Any) -> dict[str, Any]:
    """A member of 幸福社区."""
    return {"code": cast.chen.code}


ROWS: list[Any] = [
    ("desk:today", GRID, "GET"),
    ("desk:needs", GRID, "GET"),
    ("desk:quick", DESK, "GET POST"),
    ("desk:similar", GRID, "GET"),
    ("desk:needs_many", DESK, "POST"),
    ("desk:need", GRID, "GET", need),
    ("desk:contact", DESK, "POST", need),
    ("desk:reissue", DESK, "POST", need),
    ("desk:act", DESK, "POST", deed),
    ("desk:door", GRID, "GET POST"),
    ("desk:slip", GRID, "GET", slip),
    ("desk:notices", DESK, "GET"),
    ("desk:notice_seen", DESK, "POST"),
    ("desk:notices_many", DESK, "POST"),
    ("desk:stack", DESK, "GET POST", stack),
    ("desk:stack_slips", DESK, "GET", stack),
    ("desk:stack_undo", DESK, "POST", stack),
    ("desk:suggestions", DESK, "GET"),
    ("desk:suggestion", DESK, "GET POST", suggestion),
]

LEDGER = {"clerk", "secretary"}


def member(cast: Any) -> dict[str, Any]:
    """A member of 幸福社区."""
    return {"code": cast.chen.code}


def member_deed(cast: Any) -> dict[str, Any]:
    """Something done to a member."""
    return {"code": cast.chen.code, "deed": "leave"}


def ledger_batch(cast: Any) -> dict[str, Any]:
    """A ledger file under work."""
    from baodao.domain.members import services
    from tests.domain.members.sheets import book, person

    found = services.start_import(
        actor=cast.actor("clerk"), data=book([person("王强", "13800010001")]), filename="a.xlsx", scope=cast.xingfu.path
    )
    return {"code": found.code}


def needs_batch(cast: Any) -> dict[str, Any]:
    """A needs register under work."""
    from baodao.domain.needs import services
    from tests.domain.needs.test_importing import book as register
    from tests.domain.needs.test_importing import row

    data = register(row())
    found = services.start_import(actor=cast.actor("clerk"), data=data, filename="a.xlsx", scope=cast.xingfu.path)
    return {"code": found.code}


ROWS += [
    ("desk:need_imports", LEDGER, "GET POST"),
    ("desk:need_import_blank", LEDGER, "GET"),
    ("desk:need_import_heads", LEDGER, "GET POST", needs_batch),
    ("desk:need_import_check", LEDGER, "GET POST", needs_batch),
    ("desk:need_import_changes", LEDGER, "GET POST", needs_batch),
    ("desk:need_import_done", LEDGER, "GET", needs_batch),
    ("desk:need_import_undo", LEDGER, "POST", needs_batch),
    ("desk:need_import_drop", LEDGER, "POST", needs_batch),
    ("desk:ledger", LEDGER, "GET"),
    ("desk:ledger_export", LEDGER, "GET"),
    ("desk:ledger_picked", LEDGER, "POST"),
    ("desk:member_add", LEDGER, "GET POST"),
    ("desk:member", LEDGER, "GET", member),
    ("desk:member_change", LEDGER, "GET POST", member),
    ("desk:member_offers", LEDGER, "GET POST", member),
    ("desk:member_phone", LEDGER, "GET POST", member),
    ("desk:member_look", LEDGER, "POST", member),
    ("desk:member_block", LEDGER, "POST", member),
    ("desk:member_unblock", LEDGER, "POST"),
    ("desk:member_transfer", LEDGER, "GET POST", member),
    ("desk:member_employer", LEDGER, "GET POST", member),
    ("desk:member_pause", LEDGER, "GET POST", member),
    ("desk:member_act", LEDGER, "POST", member_deed),
    ("desk:member_card", LEDGER, "GET POST", member),
    ("desk:member_code", LEDGER, "GET POST", member),
    ("desk:member_slip", LEDGER, "GET", member),
    ("desk:imports", LEDGER, "GET POST"),
    ("desk:import_blank", LEDGER, "GET"),
    ("desk:import_heads", LEDGER, "GET POST", ledger_batch),
    ("desk:import_check", LEDGER, "GET POST", ledger_batch),
    ("desk:import_changes", LEDGER, "GET POST", ledger_batch),
    ("desk:import_done", LEDGER, "GET", ledger_batch),
    ("desk:import_undo", LEDGER, "POST", ledger_batch),
    ("desk:import_drop", LEDGER, "POST", ledger_batch),
    ("desk:reporting", LEDGER, "GET"),
    ("desk:reporting_many", LEDGER, "POST"),
    ("desk:reporting_slips", LEDGER, "GET"),
]


def month_plan(cast: Any) -> dict[str, Any]:
    """A draft of 幸福社区's month with one line."""
    from baodao.domain.matching.models import Plan, PlanLine
    from tests.domain.matching.small_town import SATURDAY, SmallTown

    held = Plan.objects.filter(community_path=cast.xingfu.path, state="draft").first()
    if held is not None:
        return {"code": held.code}
    town = SmallTown(cast)
    shift = town.shift(town.post("巡逻"), SATURDAY)
    Plan.objects.filter(community_path=cast.xingfu.path).update(month="2026-11", state="dropped")
    plan = Plan.objects.create(
        town=cast.town.path, community=cast.xingfu, community_path=cast.xingfu.path, month="2026-12", draft=1
    )
    PlanLine.objects.create(plan=plan, shift=shift, member=town.person("王强"))
    return {"code": plan.code}


def month_run(cast: Any) -> dict[str, Any]:
    """A run of 幸福社区's month that waits."""
    from django.utils import timezone

    from baodao.domain.matching.models import PlanRun

    PlanRun.objects.filter(path=cast.xingfu.path).update(state="cancelled")
    run = PlanRun.objects.create(
        town=cast.town.path, path=cast.xingfu.path, month="2026-12", asked_at=timezone.now(), limit=5
    )
    return {"code": run.code}


def month_offer(cast: Any) -> dict[str, Any]:
    """An open offer of 幸福社区."""
    from baodao.domain.matching import services
    from tests.cast import PROGRAM
    from tests.domain.matching.small_town import SATURDAY, SmallTown

    town = SmallTown(cast)
    shift = town.shift(town.post("巡逻"), SATURDAY, state="open")
    return {"code": services.offer_place(actor=PROGRAM, shift=shift, member=town.person("王强")).code}


ROWS += [
    ("desk:plan", DESK, "GET"),
    ("desk:plan_solve", DESK, "POST"),
    ("desk:standins", DESK, "GET"),
    ("desk:standin_invite", DESK, "POST"),
    ("desk:plan_prices", DESK, "GET"),
    ("desk:plan_compare", DESK, "GET"),
    ("desk:plan_balance", DESK, "GET"),
    ("desk:plan_run", DESK, "GET", month_run),
    ("desk:plan_run_stop", DESK, "POST", month_run),
    ("desk:plan_run_now", DESK, "POST", month_run),
    ("desk:plan_invite", DESK, "POST"),
    ("desk:plan_issue", DESK, "POST"),
    ("desk:plan_lock", DESK, "POST", month_plan),
    ("desk:plan_out", DESK, "POST", month_plan),
    ("desk:plan_put", DESK, "POST", month_plan),
    ("desk:plan_mend", DESK, "POST", month_plan),
    ("desk:plan_try", DESK, "GET", month_plan),
    ("desk:plan_apply", DESK, "POST", month_plan),
    ("desk:plan_undo", DESK, "POST", month_plan),
    ("desk:plan_back", DESK, "POST", month_plan),
    ("desk:plan_submit", DESK, "POST", month_plan),
    ("desk:plan_approve", DESK, "POST", month_plan),
    ("desk:plan_return", DESK, "POST", month_plan),
    ("desk:plan_publish", DESK, "POST", month_plan),
    ("desk:offers", DESK, "GET"),
    ("desk:offer_answer", DESK, "GET POST", month_offer),
    ("desk:offer_undo", DESK, "POST", month_offer),
    ("desk:offer_withdraw", DESK, "POST", month_offer),
    ("desk:points", DESK, "GET"),
    ("desk:points_sheet", DESK, "GET"),
    ("desk:points_confirm", {"secretary"}, "POST"),
    ("desk:points_member", DESK, "GET", chen),
    ("desk:points_reverse", DESK, "GET POST", points_entry),
    ("desk:records", DESK, "GET"),
    ("desk:records_confirm", DESK, "POST"),
    ("desk:record_reject", DESK, "POST"),
    ("desk:supervised", GRID, "GET"),
    ("desk:supervised_confirm", GRID, "POST"),
    ("desk:supervised_reject", GRID, "POST"),
    ("desk:supervised_reopen", GRID, "POST"),
    ("desk:record_reopen", DESK, "POST"),
    ("desk:commitments", DESK, "GET"),
    ("desk:commitment_add", DESK, "GET POST"),
    ("desk:poster", DESK, "GET", {"form": "pdf"}),
    ("desk:commitment", DESK, "GET POST"),
    ("desk:pairings", DESK, "GET"),
    ("desk:pair", DESK, "POST"),
    ("desk:unpair", DESK, "POST"),
    ("desk:fix", DESK, "POST"),
    ("desk:fixing_accept", DESK, "POST"),
    ("desk:fixing_end", DESK, "POST"),
    ("desk:team_add", DESK, "POST"),
    ("desk:team_end", DESK, "POST"),
    ("desk:places", DESK, "GET POST"),
    ("desk:papers", DESK, "GET"),
    ("desk:paper", DESK, "GET", {"kind": "post_list", "form": "docx"}, "town"),
    ("desk:paper_sheet", DESK, "GET"),
    ("desk:paper_receive", DESK, "POST"),
]


def post(cast: Any) -> dict[str, Any]:
    """An open post of 幸福社区."""
    from tests import scene

    return {"code": scene.post(cast).code}


def post_deed(cast: Any) -> dict[str, Any]:
    """Something done to such a post."""
    return {**post(cast), "deed": "pause"}


def shift(cast: Any) -> dict[str, Any]:
    """A shift of 幸福社区 that just ended."""
    from tests import scene

    return {"code": scene.ended(scene.post(cast)).code}


def shift_deed(cast: Any) -> dict[str, Any]:
    """Something done to such a shift."""
    return {**shift(cast), "deed": "cancel"}


ROWS += [
    ("desk:record", DESK, "GET POST"),
    ("desk:posts", DESK, "GET"),
    ("desk:post_choose", DESK, "GET"),
    ("desk:post_add", DESK, "GET POST"),
    ("desk:post", DESK, "GET", post),
    ("desk:post_change", DESK, "GET POST", post),
    ("desk:post_claim", DESK, "POST", post),
    ("desk:post_act", DESK, "POST", post_deed),
    ("desk:claim_act", DESK, "POST"),
    ("desk:shifts", DESK, "GET"),
    ("desk:shifts_make", DESK, "POST"),
    ("desk:shifts_open", DESK, "POST"),
    ("desk:shift_add", DESK, "GET POST"),
    ("desk:shift", DESK, "GET", shift),
    ("desk:shift_change", DESK, "GET POST", shift),
    ("desk:shift_book", DESK, "POST", shift),
    ("desk:shift_act", DESK, "POST", shift_deed),
    ("desk:place_free", DESK, "POST"),
    ("desk:batches", DESK, "GET POST"),
    ("desk:rolls", GRID, "GET"),
    ("desk:roll", GRID, "GET", shift),
    ("desk:roll_mark", GRID, "POST", shift),
    ("desk:roll_finish", GRID, "POST", shift),
    ("desk:roll_helper", GRID, "POST", shift),
    ("desk:roll_late", GRID, "POST", shift),
]
