"""The goals G1–G14 of the solver, measured: target beside what was reached, and ways without a solver beside ours.

    python benchmarks/solver.py                       the table, eight seeds, three tightness levels
    python benchmarks/solver.py --seeds 2 --only G1,G2,G14
    python benchmarks/solver.py --only G3 --towns 476   a million members, every town of them
    python benchmarks/solver.py --peers .venv/peers/bin/python   OR-Tools flow, CP-SAT and scipy's milp beside them, in the same run (solver_peers.py)
    python benchmarks/solver.py --json results.json   keep the figures with machine and versions

Times are wall-clock and processor seconds; on a busy machine the second is the one to compare, and a goal of one solve is judged by it. A goal that is
not reached says "no". G11 (best 20 for a need) is a query of the database and is measured by its benchmark.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from baodao.base.solver import Problem, Rules, check_plan, solve
from baodao.base.solver.baselines import ledger_order, lost_seats, sign_up
from baodao.base.solver.county import solve_towns
from baodao.base.solver.explain import Explainer
from baodao.base.solver.prices import Prices
from baodao.base.solver.repair import Repairer, changes, replanned
from baodao.base.solver.solving import versions
from baodao.base.solver.synthetic import Dimensions, month
from baodao.base.solver.year import twelve_months
from benchmarks import solver_peers

TIGHT = {"loose": 1.0, "tight": 0.7, "short": 0.45}
ROWS: list[dict] = []


def timed(work):
    """What it gave, wall seconds, processor seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    found = work()
    return found, time.perf_counter() - wall, time.process_time() - cpu


def row(goal, what, target, reached, ok):
    ROWS.append({"goal": goal, "what": what, "target": target, "reached": reached, "ok": None if ok is None else bool(ok)})
    print(f"{goal:4} {what:44} {target:34} {reached:58} {'yes' if ok else 'no' if ok is not None else '-'}", flush=True)


def spread(values, unit="s", scale=1.0):
    low, high = np.median(values) * scale, np.percentile(values, 95) * scale
    return f"median {low:.3g} {unit}, p95 {high:.3g} {unit}"


def g1_g2(args):
    """First plan and proof of the seed month over seeds and tightness."""
    first, walls, cpus, gaps = [], [], [], []
    solve(month(0, Dimensions(members=50, sessions=10, communities=1, joint=0)))  # imports are not counted
    for tightness, supply in TIGHT.items():
        for seed in range(args.seeds):
            made = month(seed, Dimensions(supply=supply))
            first.append(timed(partial(solve, made, rung="greedy"))[2])
            plan, wall, cpu = timed(partial(solve, made, seconds=30))
            walls.append(wall)
            cpus.append(cpu)
            if plan.status != "optimal":
                gaps.append((tightness, seed, plan.gap))
            assert check_plan(made.to_json(), plan.to_json()).feasible
    row("G1", "seed month, first complete plan", "≤ 0.3 s", f"{spread(first)} cpu", np.percentile(first, 95) <= 0.3)
    reached = f"{spread(walls)} ({spread(cpus)} cpu), {len(gaps)} of {len(walls)} unproved"
    ok = np.median(cpus) < 1 and np.percentile(cpus, 95) < 4 and not gaps
    row("G2", "seed month, proved", "median < 1 s, p95 < 4 s", reached, ok)
    for tightness, seed, gap in gaps:
        row("", f"  unproved: {tightness} seed {seed}", "", f"gap {gap:.2e}", None)


def one_town(number):
    """A town of the county in a worker: plan, processor seconds of making the problem and of solving it, memory in MB."""
    made, _, making = timed(partial(month, 1000 + number, Dimensions(supply=0.8)))
    plan, _, solving = timed(partial(solve, made, seconds=60))
    return plan, making, solving, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def g3_g4(args):
    """A county and a province by towns. Making the invented problems is not counted; their share is printed."""
    with ProcessPoolExecutor(args.workers, mp_context=get_context("spawn")) as pool:
        found, wall, _ = timed(lambda: list(pool.map(one_town, range(args.towns))))
    plans = [plan for plan, _, _, _ in found]
    making, each = np.mean([row[1] for row in found]), np.mean([row[2] for row in found])
    memory = max(row[3] for row in found)
    objective, bound = sum(p.objective for p in plans), sum(p.bound for p in plans)
    proved, gap = sum(p.status == "optimal" for p in plans), (objective - bound) / objective
    for goal, what, towns, limit, target in (
        ("G3", "100,000 members in 48 towns", 48, 30, "< 30 s, ≤ 0.1 %, ≥ 90 % proved"),
        ("G4", "1,000,000 members, first plan", 476, 90, "< 90 s at ≤ 1.5 %, ≤ 200 MB"),
        ("G4", "1,000,000 members", 476, 300, "< 300 s at ≤ 0.5 %, ≤ 200 MB"),
    ):
        took = each * towns / args.workers
        part = f"{args.towns} towns of {towns}, " if args.towns < towns else ""
        reached = (
            f"{part}{each:.2f} s cpu a town = {took:.0f} s for {towns} on {args.workers} quiet cores (making them {making * towns / args.workers:.0f} s more; "
            f"{wall:.0f} s wall here), gap {gap:.1e}, {proved} proved, {memory:.0f} MB a worker"
        )
        ok = took < limit and gap <= 0.001 and proved >= 0.9 * args.towns and (towns == 48 or memory <= 200)
        row(goal, what, target, reached, ok)


def g5(args):
    """Connected members, in one process each, so that the memory is that of one problem."""
    for members, target, limit in ((8400, "15 s, proved", 15), (21000, "5 s", 5), (105000, "45 s, ≤ 1.5 GB", 45)):
        if members > args.connected:
            continue
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            plan, wall, cpu, before, memory = pool.submit(connected, members).result()
        reached = f"{wall:.1f} s ({cpu:.1f} cpu), {plan.status}, gap {plan.gap:.1e}, {plan.rung}, {memory:.0f} MB ({before:.0f} of them before solving)"
        row("G5", f"connected {members:,} members", target, reached, cpu <= limit and plan.gap <= 0.015)


def connected(members):
    """One connected problem of so many members: plan, times, memory in MB before and after."""
    scale = members // 2100
    made = month(1, Dimensions(members=members, sessions=600 * scale, communities=12 * scale, units=131 * scale, joint=60 * scale))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    plan, wall, cpu = timed(partial(solve, made, seconds=600))
    return plan, wall, cpu, before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def g6(args):
    """The hard corner."""
    gaps = []
    for seed in range(args.seeds):
        plan = solve(month(seed, Dimensions(supply=0.5, min_share=0.9)), seconds=10)
        gaps.append(plan.gap)
    reached = f"worst gap {max(gaps):.2e}, {sum(g == 0 for g in gaps)} of {len(gaps)} proved"
    row("G6", "half the people, min = 0.9 desired, 10 s", "≤ 0.1 %", reached, max(gaps) <= 0.001)


def g7(args):
    """Optional rules, one at a time and all together."""
    rules = {
        "seven days": Rules(max_per_7_days=2),
        "weekends": Rules(consecutive_weekends=False),
        "unit share": Rules(unit_share=0.5),
        "slot cap": Rules(unit_slot_cap=5),
        "all": Rules(max_per_7_days=2, consecutive_weekends=False, unit_share=0.5, unit_slot_cap=5),
    }
    for name, made_rules in rules.items():
        walls, cpus, gaps = [], [], []
        for seed in range(max(1, args.seeds // 2)):
            plan, wall, cpu = timed(partial(solve, month(seed, Dimensions(), made_rules), seconds=60))
            walls.append(wall)
            cpus.append(cpu)
            gaps.append(plan.gap)
        reached = f"{spread(walls)} ({spread(cpus)} cpu), {sum(g == 0 for g in gaps)} of {len(gaps)} proved, worst gap {max(gaps):.1e}"
        row("G7", f"optional rules: {name}", "≤ 5 s median, proved", reached, np.median(cpus) <= 5 and max(gaps) == 0)


def g8_g9(args):
    """Live repair and batch replan."""
    made = month(3, Dimensions(supply=0.8))
    plan = solve(made, seconds=30)
    frozen = {(m, s) for m, s, _ in plan.assignments[::10]}
    repairer, times, people, unfilled = Repairer(made, plan, frozen=frozen), [], [], 0
    order = np.random.default_rng(0).permutation(len(plan.assignments))
    for number in order[:300].tolist():
        member, session, _ = plan.assignments[number]
        where = repairer.laid.state.where[repairer.o.member_of[member]]
        if (member, session) in frozen or repairer.o.session_of[session] not in where or not repairer.take_out(member, session):
            continue
        repair, wall, _ = timed(partial(repairer.fill, session))
        times.append(wall)
        people += [repair.people] if repair else []
        unfilled += repair is None
    kept = frozen <= {(m, s) for m, s, _ in repairer.plan().assignments}
    reached = f"{spread(times, 'ms', 1000)}, mean {np.mean(people):.2f}, most {max(people)}, {unfilled} of {len(times)} holes stay"
    ok = np.percentile(times, 95) < 0.05 and np.mean(people) <= 1.15 and max(people) <= 3 and kept
    row("G8", "repair after one cancellation", "p95 < 50 ms, ≤ 1.15 people, ≤ 3", reached, ok)
    gone = [(m, s) for m, s, _ in (plan.assignments[k] for k in order[300:600].tolist())]
    problem = replanned(made, plan, gone=gone, change=90)
    again, wall, cpu = timed(partial(solve, problem, seconds=30))
    free = solve(Problem.from_json({**replanned(made, plan, gone=gone).to_json(), "current": []}), seconds=30)
    broken = {s for _, s in gone} & {s for _, s in plan.groups}  # a group without one of its people cannot come at all
    forced = len(set(gone) | {(m, s) for m, s, _ in plan.assignments if s in broken})
    each, loose = changes(plan, again) / forced, changes(plan, free) / forced
    same = (again.levels.mandatory, again.levels.behind, again.levels.desired) == (free.levels.mandatory, free.levels.behind, free.levels.desired)  # fmt: skip
    reached = f"{wall:.2f} s ({cpu:.2f} cpu), {each:.2f} a forced change (free: {loose:.2f}), coverage {'equal' if same else 'differs'}"
    row("G9", "batch replan after 300 cancellations", "≤ 0.5 s, ≤ 1.2, equal coverage", reached, cpu <= 0.5 and each <= 1.2 and same)


def g10(args):
    """A reason for every pair and exact prices."""
    made = month(3, Dimensions(supply=0.8))
    plan = solve(made, seconds=30)
    explainer = Explainer(made, plan)
    some = np.random.default_rng(1).integers(0, len(made.pair_cost), 20000)
    named = [(made.members[made.pair_member[k]].id, made.sessions[made.pair_session[k]].id) for k in some.tolist()]
    codes, wall, _ = timed(lambda: [explainer.reason(*pair).code for pair in named])
    prices = Prices(made, plan)
    found = [timed(partial(prices.force, *pair)) for pair in named[:40]]
    walls = [cpu for _, _, cpu in found]
    exact = sum(price.exact for price, _, _ in found)
    reached = f"{wall / len(codes) * 1e6:.0f} µs a reason; price {spread(walls, 'ms', 1000)} cpu, {exact} of {len(found)} exact"
    row("G10", "why not: reason and exact price", "every pair; price < 100 ms", reached, all(codes) and np.median(walls) < 0.1)


def shuffled(made, seed):
    """The same problem with its rows in another order."""
    rng = np.random.default_rng(seed)
    members, sessions, rows = (rng.permutation(n) for n in (len(made.members), len(made.sessions), len(made.pair_cost)))
    return Problem(
        tuple(made.members[k] for k in members), tuple(made.sessions[k] for k in sessions),
        np.argsort(members)[made.pair_member[rows]], np.argsort(sessions)[made.pair_session[rows]], made.pair_cost[rows],
        groups=made.groups[::-1], rules=made.rules,
    )  # fmt: skip


def g12(args):
    """Same plan for any order of rows, in another process."""
    made = month(2, Dimensions(supply=0.8))
    first = solve(made, seconds=60).assignments
    again = [plan.assignments for plan in solve_towns([shuffled(made, k) for k in range(3)], seconds=60, workers=2)]
    row("G12", "same plan for any row order", "always", f"{sum(a == first for a in again)} of {len(again)} equal", all(a == first for a in again))  # fmt: skip


def g13(args):
    """Twelve months of four ways."""
    dims = Dimensions(given=False, members=args.year_members, sessions=args.year_members * 2 // 7, joint=args.year_members // 35)
    ways = {
        "ours": lambda p: solve(p, seconds=20),
        "greedy": lambda p: solve(p, rung="greedy"),
        "ledger": ledger_order,
        "sign-up": sign_up,
    }
    for name, way in ways.items():
        year = twelve_months(way, seed=1, dims=dims)
        reached = f"reach 6: {year.reaching:.1%}, Gini {year.gini:.3f}, lost {year.mandatory}, {year.short} short, {year.least}–{year.most}"
        ok = year.reaching >= 0.999 and year.gini <= 0.15 if name == "ours" else None
        row("G13", f"a year, {dims.members} members: {name}", "all reach 6, Gini ≤ .15", reached, ok)


def g14(args):
    """Against practice: mandatory seats lost, on every seed and tightness."""
    worst = 1.0
    ways = {
        "ledger": ledger_order,
        "sign-up": sign_up,
        "greedy": partial(solve, rung="greedy"),
        "lp": partial(solve, rung="lp", seconds=30),
        "ours": partial(solve, seconds=30),
    }
    for tightness, supply in TIGHT.items():
        table = {}
        for name, way in ways.items():
            plans = [(made, way(made)) for made in (month(seed, Dimensions(supply=supply)) for seed in range(args.seeds))]
            table[name] = [plan.levels.mandatory for _, plan in plans]
            short = np.mean([lost_seats(made, plan) for made, plan in plans])
            row("", f"  {tightness}: {name}", "", f"mandatory {np.mean(table[name]):.0f}, sessions short {short:.1f}", None)
        for name in ("ledger", "sign-up"):
            saved = [1 - ours / max(1, lost) for ours, lost in zip(table["ours"], table[name], strict=True)]
            worst = min(worst, *saved)
            row("", f"  {tightness}: fewer than {name}", "", f"{min(saved):.1%} at the least", None)
    row("G14", "mandatory seats lost, against practice", "≥ 90 % fewer on every seed", f"{worst:.1%} at the least", worst >= 0.9)


def beside(args):
    """The same months by OR-Tools flow, CP-SAT and scipy's milp too, each way in a process of its own, judged by ``check_plan``."""
    if args.peers:
        found = solver_peers.months(args.peers, args.seeds, args.peer_size, args.peer_seconds)
        ROWS.extend({"goal": "beside", **one} for one in found)
        print("\n" + solver_peers.table(found) + "\n", flush=True)


GOALS = {"G1": g1_g2, "G3": g3_g4, "G5": g5, "G6": g6, "G7": g7, "G8": g8_g9, "G10": g10, "G12": g12, "G13": g13, "G14": g14, "beside": beside}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=8)
    parser.add_argument("--towns", type=int, default=48)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--connected", type=int, default=21000, help="the largest of G5's problems (8400, 21000, 105000)")
    parser.add_argument("--year-members", type=int, default=2100)
    parser.add_argument("--only", default="", help="goals, separated by commas (G1 stands for G1 and G2, and so on)")
    parser.add_argument("--peers", default="", help="an interpreter with requirements/peers.txt (see solver_peers.py)")
    parser.add_argument("--peer-size", type=float, default=1.0, help="share of a town for the comparison with others")
    parser.add_argument("--peer-seconds", type=float, default=60.0, help="limit of each way in it")
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    machine = {"machine": platform.platform(), "cores": os.cpu_count(), "load": os.getloadavg()[0], **versions(), **solver_peers.peer_versions(args.peers)}
    print(", ".join(f"{key} {value}" for key, value in machine.items()))
    wanted = set(args.only.split(",")) if args.only else set(GOALS)
    for name, goal in GOALS.items():
        if name in wanted:
            goal(args)
    row("G11", "best 20 for a need", "< 1 ms / < 10 ms", "a query: measured with the database", None)
    if args.json:
        args.json.write_text(json.dumps({"machine": machine, "rows": ROWS}, ensure_ascii=False, indent=1, default=str))


if __name__ == "__main__":
    main()
