"""The same months, filled in seven ways: ledger order, sign-up, greedy, ours, OR-Tools flow, CP-SAT, scipy's milp.

    python3 -m venv .venv/peers && .venv/peers/bin/pip install --require-hashes -r requirements/peers.txt   # once, apart from the program's own
    .venv/app/bin/python benchmarks/solver_peers.py --peers .venv/peers/bin/python                      # eight seeds, three tightness levels
    .venv/app/bin/python benchmarks/solver_peers.py --peers .venv/peers/bin/python --seeds 1 --size 0.2 --seconds 5

Every way runs in a process of its own (OR-Tools never beside HiGHS), on one thread, with the same limit. What comes back is judged by
``check_plan`` alone: four levels, objective, gap to our bound, seconds, memory. The peers get the month as plain columns and build their
own model of it. CP-SAT and milp get the whole (groups, runs, clashes, convex load); the flow gets what a network can hold, with runs and
groups as the greedy plan has them. Nothing here is tuned to a seed.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TIGHT = {"loose": 1.0, "tight": 0.7, "short": 0.45}
OURS = ("ledger", "sign-up", "greedy", "ours")
PEERS = ("flow", "cp-sat", "milp")


def ours(way: str, problem: Path, seconds: float) -> tuple[dict, float, float]:
    """One of the ways of this program."""
    sys.path.insert(0, str(ROOT))
    from baodao.base.solver import read_problem, solve
    from baodao.base.solver.baselines import ledger_order, sign_up

    made = read_problem(problem)
    wall, cpu = time.perf_counter(), time.process_time()
    if way == "ours":
        plan = solve(made, seconds=seconds)
    elif way == "greedy":
        plan = solve(made, rung="greedy")
    else:
        plan = {"ledger": ledger_order, "sign-up": sign_up}[way](made)
    return plan.to_json(), time.perf_counter() - wall, time.process_time() - cpu


class Columns:
    """The month as 0-1 columns with costs, rows and a constant; only what planning.md §3 says, none of our model."""

    def __init__(self, data: dict) -> None:
        self.data, self.cost, self.high, self.rows, self.whole = data, [], [], [], []
        self.weights = data["weights"]
        self.seats: list[tuple[int, int, int, str | None]] = []  # column, member, session, role
        self.units: list[tuple[int, int, int]] = []  # column, group, session
        self.by_member: dict[int, list[int]] = {}
        self.by_day: dict[tuple[int, str], list[int]] = {}
        self.runs: dict[int, int] = {}
        self.build()

    def column(self, cost: float, high: float = 1.0, whole: bool = True) -> int:
        self.cost.append(cost)
        self.high.append(high)
        self.whole.append(whole)
        return len(self.cost) - 1

    def row(self, low: float, high: float, terms: list[tuple[int, float]]) -> None:
        self.rows.append((low, high, terms))

    def build(self) -> None:
        data, weights = self.data, self.weights
        members, sessions, pairs = data["members"], data["sessions"], data["pairs"]
        tier = {"urgent": 8, "important": 4, "ordinary": 2, "can_wait": 1}
        cost = {(m, s): c for m, s, c in zip(pairs["member"], pairs["session"], pairs["cost"], strict=True)}
        number = {member["id"]: k for k, member in enumerate(members)}
        reach: dict[int, list[int]] = {}
        for m, s in cost:
            reach.setdefault(s, []).append(m)
        for s, session in enumerate(sessions):
            t, places = tier[session["tier"]], session["places"]
            roles = {role["skill"]: role["count"] for role in session.get("roles", [])}
            if session.get("joint_speciality"):
                self.joint(s, session, t, cost, number)
                continue
            general, held = [], {skill: [] for skill in roles}
            for m in reach.get(s, []):
                price = cost[m, s] + weights["year"] * members[m].get("served", 0)
                for skill in [None, *(k for k in roles if k in members[m].get("skills", []))]:
                    x = self.seat(m, s, skill, price - (t * weights["mandatory"] if skill else 0))
                    general.append((x, 1.0))
                    if skill:
                        held[skill].append((x, 1.0))
            low, wished, top = places["min"], places["desired"], places["max"]
            if session.get("run_or_cancel") and low:
                run = self.runs[s] = self.column(-t * weights["mandatory"] * low)
                more, rest = self.column(-t * weights["desired"], wished - low, False), self.column(0, top - wished, False)
                self.row(0, 0, [*general, (run, -low), (more, -1), (rest, -1)])
                self.row(-top, 0, [(more, 1), (run, -(wished - low))])
                self.row(-top, 0, [(rest, 1), (run, -(top - wished))])
                for skill, count in roles.items():
                    self.row(-top, 0, [*held[skill], (run, -count)])
            else:
                must = self.column(t * (weights["mandatory"] + weights["desired"]), low, False)
                wish = self.column(t * weights["desired"], wished - low, False)
                self.row(wished, top, [*general, (must, 1), (wish, 1)])
                for skill, count in roles.items():
                    self.row(0, count, held[skill])
        for m, columns in self.by_member.items():
            member, steps = members[m], []
            most = min(member.get("max_services") or len(columns), len(columns))
            for k in range(most):
                behind = k == 0 and member.get("served", 0) < member.get("target", 0)
                steps.append((self.column(weights["load"] * k - (weights["behind"] if behind else 0), 1.0, False), -1.0))
            self.row(0, 0, [(x, 1.0) for x in columns] + steps)
        for columns in self.by_day.values():
            if len(columns) > 1:
                self.row(0, 1, [(x, 1.0) for x in columns])

    def seat(self, m: int, s: int, role: str | None, price: float) -> int:
        x = self.column(price)
        self.seats.append((x, m, s, role))
        self.taken(x, m, s)
        return x

    def taken(self, x: int, m: int, s: int) -> None:
        self.by_member.setdefault(m, []).append(x)
        self.by_day.setdefault((m, self.data["sessions"][s]["start"][:10]), []).append(x)

    def joint(self, s: int, session: dict, t: int, cost: dict, number: dict) -> None:
        places, weights, terms = session["places"], self.weights, []
        for g, group in enumerate(self.data["groups"]):
            people = [number[name] for name in group["members"]]
            if group["speciality"] != session["joint_speciality"] or len(people) > places["max"] or len(people) < places["min"]:
                continue
            if any((m, s) not in cost for m in people):
                continue
            price = sum(cost[m, s] + weights["year"] * self.data["members"][m].get("served", 0) for m in people)
            gain = weights["mandatory"] * places["min"] + weights["desired"] * min(len(people) - places["min"], places["desired"] - places["min"])
            w = self.column(price - t * gain)
            self.units.append((w, g, s))
            terms.append((w, 1.0))
            for m in people:
                self.taken(w, m, s)
        if terms:
            self.row(0, 1, terms)

    def group_rows(self) -> None:
        """A group serves once."""
        mine: dict[int, list[int]] = {}
        for w, g, _ in self.units:
            mine.setdefault(g, []).append(w)
        for columns in mine.values():
            self.row(0, 1, [(w, 1.0) for w in columns])

    def plan(self, x) -> dict:
        """The plan a solution means."""
        members, sessions, groups = (self.data[name] for name in ("members", "sessions", "groups"))
        rows = [[members[m]["id"], sessions[s]["id"], role] for k, m, s, role in self.seats if x[k] > 0.5]
        taken = [(g, s) for w, g, s in self.units if x[w] > 0.5]
        rows += [[name, sessions[s]["id"], None] for g, s in taken for name in groups[g]["members"]]
        return {"format": "baodao-plan/1", "assignments": rows, "groups": [[groups[g]["id"], sessions[s]["id"]] for g, s in taken]}


def by_milp(c: Columns, seconds: float):
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    flat = [(r, k, v) for r, (_, _, terms) in enumerate(c.rows) for k, v in terms]
    matrix = csr_array(([v for *_, v in flat], ([r for r, *_ in flat], [k for _, k, _ in flat])), shape=(len(c.rows), len(c.cost)))
    rows = LinearConstraint(matrix, [row[0] for row in c.rows], [row[1] for row in c.rows])
    found = milp(np.array(c.cost), integrality=np.array(c.whole, int), bounds=Bounds(0, np.array(c.high)), constraints=rows,
                 options={"time_limit": seconds})  # fmt: skip
    return found.x


def by_cp_sat(c: Columns, seconds: float):
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    columns = [model.new_int_var(0, int(high), f"x{k}") for k, high in enumerate(c.high)]
    for low, high, terms in c.rows:
        model.add_linear_constraint(sum(int(v) * columns[k] for k, v in terms), int(low), int(high))
    model.minimize(sum(int(price) * columns[k] for k, price in enumerate(c.cost)))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 1
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return [solver.value(column) for column in columns]


def by_flow(data: dict, greedy: dict):
    """Min-cost flow with the sessions and groups that the greedy plan runs; role seats in their own arcs."""
    from ortools.graph.python import min_cost_flow

    members, sessions, pairs, weights = data["members"], data["sessions"], data["pairs"], data["weights"]
    tier = {"urgent": 8, "important": 4, "ordinary": 2, "can_wait": 1}
    running = {row[1] for row in greedy["assignments"]}
    at = {session["id"]: k for k, session in enumerate(sessions)}
    who = {member["id"]: k for k, member in enumerate(members)}
    kept = [row for row in greedy["assignments"] if sessions[at[row[1]]].get("joint_speciality")]
    busy, gone = {(who[m], sessions[at[s]]["start"][:10]) for m, s, _ in kept}, {}
    for m, _, _ in kept:
        gone[who[m]] = gone.get(who[m], 0) + 1
    flow, days, arcs = min_cost_flow.SimpleMinCostFlow(), {}, {}
    nodes, source, sink = 2, 0, 1
    flows, seats = {}, {}
    add = flow.add_arc_with_capacity_and_unit_cost

    def node(key):
        nonlocal nodes
        if key not in flows:
            flows[key], nodes = nodes, nodes + 1
        return flows[key]

    for s, session in enumerate(sessions):
        if session.get("joint_speciality") or (session.get("run_or_cancel") and session["id"] not in running):
            continue
        t, p = tier[session["tier"]], session["places"]
        held = sum(role["count"] for role in session.get("roles", []))
        for count, gain in ((p["min"], weights["mandatory"] + weights["desired"]), (p["desired"] - p["min"], weights["desired"]), (p["max"] - p["desired"], 0)):
            if count:
                add(node(("s", s)), sink, count, -t * gain)
        seats[s] = held
        for role in session.get("roles", []):
            add(node(("r", s, role["skill"])), node(("s", s)), role["count"], -t * weights["mandatory"])
    for m, s, price in zip(pairs["member"], pairs["session"], pairs["cost"], strict=True):
        day = sessions[s]["start"][:10]
        if s not in seats or (m, day) in busy:
            continue
        price += weights["year"] * members[m].get("served", 0)
        if (m, day) not in days:
            days[m, day] = add(node(("m", m)), node(("d", m, day)), 1, 0)
        arcs[add(node(("d", m, day)), node(("s", s)), 1, price)] = (m, s, None)
        for role in sessions[s].get("roles", []):
            if role["skill"] in members[m].get("skills", []):
                arcs[add(node(("d", m, day)), node(("r", s, role["skill"])), 1, price)] = (m, s, role["skill"])
    for m, member in enumerate(members):
        if ("m", m) not in flows:
            continue
        before = gone.get(m, 0)
        for k in range(before, member["max_services"] if member.get("max_services") is not None else 31):
            behind = k == 0 and member.get("served", 0) < member.get("target", 0)
            add(source, flows["m", m], 1, weights["load"] * k - (weights["behind"] if behind else 0))
    add(sink, source, 10**6, 0)
    for number in range(nodes):
        flow.set_node_supply(number, 0)
    if flow.solve() != flow.OPTIMAL:
        return None
    used = [arcs[arc] for arc in arcs if flow.flow(arc)]
    rows = [[members[m]["id"], sessions[s]["id"], role] for m, s, role in used]
    people: dict[str, int] = {}
    for _, session, _ in rows:
        people[session] = people.get(session, 0) + 1
    short = {s["id"] for s in sessions if s.get("run_or_cancel") and people.get(s["id"], 0) < s["places"]["min"]}
    return {"format": "baodao-plan/1", "assignments": [row for row in rows if row[1] not in short] + kept, "groups": greedy["groups"]}


def peer(way: str, problem: Path, seconds: float, greedy: Path) -> tuple[dict | None, float, float]:
    """One of the others; building its model counts."""
    data = json.loads(problem.read_text())
    wall, cpu = time.perf_counter(), time.process_time()
    if way == "flow":
        plan = by_flow(data, json.loads(greedy.read_text()))
    else:
        columns = Columns(data)
        columns.group_rows()
        x = (by_milp if way == "milp" else by_cp_sat)(columns, seconds)
        plan = None if x is None else columns.plan(x)
    return plan, time.perf_counter() - wall, time.process_time() - cpu


def one(way: str, problem: Path, seconds: float, out: Path, greedy: Path) -> None:
    """In a process of its own: fill the month and write what came out."""
    plan, wall, cpu = ours(way, problem, seconds) if way in OURS else peer(way, problem, seconds, greedy)
    out.write_text(json.dumps({"plan": plan, "wall": wall, "cpu": cpu, "memory": peak()}))


def peak() -> float:
    """Megabytes this program held at most; getrusage would tell what the program before exec held."""
    held = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
    return int(held[0].split()[1]) / 1024


def months(peers: str, seeds: int, size: float, seconds: float, levels: Iterable[str] = TIGHT, ways: Iterable[str] = (*OURS, *PEERS)) -> list[dict]:
    """All ways on all months; those of others only where ``peers`` names an interpreter that has them."""
    here = [way for way in ways if way in OURS or peers]
    rows: list[dict] = []
    with tempfile.TemporaryDirectory() as folder:
        for tightness in levels:
            for seed in range(seeds):
                rows += run(Path(folder), seed, tightness, here, peers, size, seconds)
    return rows


def peer_versions(peers: str) -> dict[str, str]:
    """Versions of OR-Tools and scipy in the others' interpreter."""
    if not peers:
        return {}
    words = "import importlib.metadata as m; print(m.version('ortools'), m.version('scipy'))"
    told = subprocess.run([peers, "-c", words], capture_output=True, text=True, check=False).stdout.split()
    return dict(zip(("ortools", "scipy"), told, strict=False))


def run(folder: Path, seed: int, tightness: str, ways: list[str], peers: str, size: float, seconds: float) -> list[dict]:
    """All ways on one month."""
    sys.path.insert(0, str(ROOT))
    from baodao.base.solver import check_plan, write_problem
    from baodao.base.solver.synthetic import Dimensions, month

    dims = Dimensions(int(2100 * size), max(1, round(12 * size)), int(600 * size), joint=int(60 * size), supply=TIGHT[tightness])
    made = month(seed, dims)
    problem, greedy = folder / "problem.json", folder / "greedy.json"
    write_problem(made, problem)
    data, rows, bound = made.to_json(), [], None
    for way in sorted((w for w in (*OURS, *PEERS) if w in ways), key=lambda w: (w != "ours", w not in OURS)):
        out = folder / "out.json"
        out.unlink(missing_ok=True)
        python = sys.executable if way in OURS else peers
        subprocess.run([python, __file__, "--one", way, str(problem), str(seconds), str(out), str(greedy)], check=False)
        row = {"way": way, "tightness": tightness, "seed": seed}
        found = json.loads(out.read_text()) if out.exists() else {"plan": None}
        if found["plan"] is None:
            rows.append({**row, "failed": True, **{k: found[k] for k in ("wall", "cpu", "memory") if k in found}})
        else:
            if way == "greedy":
                greedy.write_text(json.dumps(found["plan"]))
            bound = found["plan"]["bound"] if way == "ours" else bound
            bare = {key: found["plan"][key] for key in ("format", "assignments", "groups")}
            report = check_plan(data, bare)
            gap = (report.objective - bound) / max(1, abs(report.objective)) if bound is not None else None
            rows.append({**row, "feasible": report.feasible, "levels": dict(report.levels), "objective": report.objective, "gap": gap,
                         **{k: found[k] for k in ("wall", "cpu", "memory")}})  # fmt: skip
        print(json.dumps(rows[-1], ensure_ascii=False), flush=True)
    return rows


def table(rows: list[dict]) -> str:
    """Means by tightness and way, as the page prints them."""
    lines = ["| | way | mandatory | behind | desired | fit | gap to our bound, median (worst) | cpu s, median | MB | without a plan |", "|---|---|---|---|---|---|---|---|---|---|"]
    for tightness in TIGHT:
        for way in (*OURS, *PEERS):
            mine = [row for row in rows if row["way"] == way and row["tightness"] == tightness]
            good = [row for row in mine if row.get("feasible")]
            if not good:
                lines += [f"| {tightness} | {way} | – | – | – | – | – | – | – | {len(mine)} of {len(mine)} |"] if mine else []
                continue
            mean = [sum(row["levels"][level] for row in good) / len(good) for level in ("mandatory", "behind", "desired", "fit")]
            gaps, cpus = sorted(row["gap"] for row in good), sorted(row["cpu"] for row in good)
            middle = len(good) // 2
            # means over some months only are not comparable with the others' rows
            figures = " | ".join(f"{value:,.0f}" if len(good) == len(mine) else "–" for value in mean)
            lines.append(f"| {tightness} | {way} | {figures} | {gaps[middle]:.2%} ({gaps[-1]:.2%}) | {cpus[middle]:.1f} | "
                         f"{max(row['memory'] for row in good):.0f} | {len(mine) - len(good)} of {len(mine)} |")  # fmt: skip
    return "\n".join(lines)


def main() -> None:
    if sys.argv[1:2] == ["--one"]:
        way, problem, seconds, out, greedy = sys.argv[2:7]
        one(way, Path(problem), float(seconds), Path(out), Path(greedy))
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", default="", help="an interpreter with requirements/peers.txt; without it only ways of this program run")
    parser.add_argument("--seeds", type=int, default=8)
    parser.add_argument("--size", type=float, default=1.0, help="share of a town (2,100 members, 600 sessions)")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--ways", default=",".join((*OURS, *PEERS)))
    parser.add_argument("--levels", default=",".join(TIGHT), help="tightness levels")
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    rows = months(args.peers, args.seeds, args.size, args.seconds, args.levels.split(","), args.ways.split(","))
    sys.path.insert(0, str(ROOT))
    from baodao.base.solver.solving import versions

    machine = {"machine": platform.platform(), "cores": os.cpu_count(), "load": os.getloadavg()[0], **versions(), **peer_versions(args.peers)}
    print("\n" + ", ".join(f"{key} {value}" for key, value in machine.items()) + "\n\n" + table(rows))
    if args.json:
        kept = {"machine": machine, "seeds": args.seeds, "size": args.size, "seconds": args.seconds, "rows": rows}
        args.json.parent.mkdir(exist_ok=True)
        args.json.write_text(json.dumps(kept, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
