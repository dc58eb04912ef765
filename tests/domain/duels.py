"""Two at the same moment, each in a process of its own, on one database: run as a program, prints one JSON object.

``python -m tests.domain.duels ROUNDS`` prepares a small town in the (empty) database of DATABASE_URL and lets two processes do
the same deed at once, ROUNDS times: the same ledger, the same needs, one person, a first month closed, numbers, plans, shifts.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
from collections.abc import Callable
from datetime import timedelta
from typing import Any

ROWS = 40


def side(deed: Callable[[int, int], str], rounds: int, number: int, gate: Any, results: Any) -> None:
    """One of the two: waits for the other before each round, hands back what came of it in a word."""
    from django.db import connection

    from baodao.base.verdict import Refused

    for turn in range(rounds):
        gate.wait(60)
        try:
            word = deed(turn, number)
        except Refused as error:
            word = f"refused {error.code}"
        except Exception as error:  # anything else is a fault, and is told
            word = f"error {type(error).__name__}: {error}"
        results.put((turn, word))
    connection.close()


def duel(deed: Callable[[int, int], str], rounds: int) -> list[list[str]]:
    """What the two said in each round, in the order of the alphabet."""
    from tests.domain.service.racer import let_go

    let_go()
    context = multiprocessing.get_context("fork")
    gate, results = context.Barrier(2), context.Queue()
    both = [context.Process(target=side, args=(deed, rounds, number, gate, results)) for number in range(2)]
    for one in both:
        one.start()
    said: dict[int, list[str]] = {}
    for _ in range(2 * rounds):
        turn, word = results.get(timeout=120)
        said.setdefault(turn, []).append(word)
    for one in both:
        one.join()
    return [sorted(said[turn]) for turn in sorted(said)]


def ledger(cast: Any, turn: int, name: str) -> str:
    """A file with people of this round."""
    from baodao.domain.members import services
    from tests.cast import PROGRAM
    from tests.domain.members.sheets import book, person

    rows = [person(f"{name}{'甲乙丙丁戊己庚辛壬癸'[n % 10]}{'一二三四'[n // 10]}", 13800000000 + 1000 * turn + n) for n in range(ROWS)]
    found, _batch = services.import_file(actor=PROGRAM, data=book(rows), filename="名单.xlsx", scope=cast.town.path,
                                         town=cast.town.path)  # fmt: skip
    return f"added {found.counts['added']} unchanged {found.counts['unchanged']}"


def register(cast: Any, turn: int) -> str:
    """A needs register of this round."""
    from baodao.base.days import clock
    from baodao.domain.needs import services
    from tests.cast import PROGRAM
    from tests.domain.needs.test_importing import book, row

    day = clock.today() - timedelta(days=1)
    data = book(*(row(序号=n, 登记时间=f"{day} 11:{n:02d}", 内容=f"第{turn}回{n}号楼道灯坏了") for n in range(ROWS)))
    found, _batch = services.import_file(actor=PROGRAM, data=data, filename="登记表.xlsx", community=cast.xingfu)
    return f"added {len(found.new)}"


def one_person(cast: Any, turn: int) -> str:
    """The same new person typed at two desks."""
    from baodao.domain.members import services
    from baodao.domain.members.rows import NewMember
    from tests.cast import PROGRAM

    said = NewMember(name=f"吴{'一二三四五六七八九十'[turn % 10]}", phone=f"1390000{turn:04d}", unit=cast.unit, community=cast.xingfu)
    services.add_member(actor=PROGRAM, row=said)
    return "added"


def closing(cast: Any, month: str) -> str:
    """The first month of a town that never chose rules."""
    from baodao.domain.months import services
    from tests.cast import PROGRAM

    return f"closed {services.close_month(actor=PROGRAM, town=cast.town.path, month=month).code}"


def choosing(cast: Any) -> str:
    """A rule set chosen twice."""
    from baodao.domain.points import services
    from tests.cast import PROGRAM

    return f"set {services.set_rules(actor=PROGRAM, town=cast.town.path, preset='preset_1h1p_cap2h').number}"


def numbering(cast: Any, month: str) -> str:
    """A number for a paper, sealed and delivered."""
    from baodao.base.verdict import Refused
    from baodao.domain.documents import services
    from tests.cast import PROGRAM

    held = services.reserve(actor=PROGRAM, town=cast.town.path, kind="plan", month=month, title="计划")
    try:
        services.seal(actor=PROGRAM, document=held, copies={"pdf": b"%PDF-1"})
    except Refused:
        return f"number {held.number}"
    services.deliver_many(actor=PROGRAM, document=held, paths=[cast.unit.path, cast.unit2.path])
    return f"number {held.number} sealed"


def sending(cast: Any, month: str) -> str:
    """A month's plan sent to the units."""
    from baodao.domain.matching import issuing
    from tests.cast import PROGRAM

    sent = issuing.issue_plan(actor=PROGRAM, path=cast.town.path, month=month)
    return f"sent {sent.document.code} to {sent.delivered}"


def planning(cast: Any, month: str) -> str:
    """The month's shifts made and planned."""
    from baodao.domain.matching import services
    from tests.cast import PROGRAM

    return f"drafts {len(services.solve_month(actor=PROGRAM, town=cast.town.path, month=month, seconds=20))}"


def all_duels(rounds: int) -> dict[str, Any]:
    """Every deed, and what the database holds afterwards."""
    from django.apps import apps
    from django.core.management import call_command
    from django.db.models import Count

    from baodao.base.days import clock
    from baodao.base.days.months import Month
    from baodao.domain.matching import selectors as plans
    from baodao.domain.matching import services as matching
    from tests import cast as casting
    from tests import scene
    from tests.cast import PROGRAM

    call_command("migrate", verbosity=0)
    cast, model, found = casting.build(), apps.get_model, {}
    member, need, document = model("members", "Member"), model("needs", "Need"), model("documents", "Document")
    people = member.objects.count()
    found["ledger"] = duel(lambda turn, _n: ledger(cast, turn, f"王{'春夏秋冬东'[turn % 5]}"), rounds)
    found["ledger rows"] = member.objects.count() - people
    found["needs"] = duel(lambda turn, _n: register(cast, turn), rounds)
    found["needs rows"] = need.objects.count()
    people = member.objects.count()
    found["person"] = duel(lambda turn, _n: one_person(cast, turn), rounds)
    found["person rows"] = member.objects.count() - people
    last = Month.of(clock.today()).previous()
    found["close"] = duel(lambda _turn, _n: closing(cast, str(last)), 1)
    found["close rows"] = [model("months", name).objects.count() for name in ("MonthClose", "Bulletin")] + [
        model("points", "RuleSet").objects.count()]  # fmt: skip
    found["rules"] = duel(lambda _turn, _n: choosing(cast), rounds)
    found["rules active"] = model("points", "RuleSet").objects.filter(state="active").count()
    found["numbers"] = duel(lambda turn, n: numbering(cast, f"2031-{2 * turn + n + 1:02d}"), rounds)
    found["same paper"] = duel(lambda turn, _n: numbering(cast, f"2032-{turn + 1:02d}"), rounds)
    found["papers"] = sorted(document.objects.values_list("number", flat=True))
    coming = Month.of(clock.today()).next()
    scene.post(cast)
    scene.people(cast, 6, slots=["saturday_evening"])
    found["plans"] = duel(lambda _turn, _n: planning(cast, str(coming)), 2)
    shifts = model("service", "Shift").objects.values("post", "start_at").annotate(n=Count("pk"))
    found["shifts twice"] = shifts.filter(n__gt=1).count()
    (plan,) = plans.working(cast.town.path, str(coming))
    for deed in (matching.submit, matching.approve, matching.publish):
        deed(actor=PROGRAM, plan=plan)
    found["sending"] = duel(lambda _turn, _n: sending(cast, str(coming)), 1)
    found["sending rows"] = document.objects.filter(month=str(coming), kind="plan").count()
    return found


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baodao.config.settings")
    import django

    django.setup()
    print(json.dumps(all_duels(int(sys.argv[1])), ensure_ascii=False))
