"""G15: kinds of problems the literature knows, drawn here after the published recipes, solved and checked.

    python benchmarks/solver_outside.py                       the table
    python benchmarks/solver_outside.py --only gap,tasks --seeds 1

No published instance is read and nothing is tuned to one. Generalised assignment: Beasley's types a to d and Laguna's
type e (Yagiura, Ibaraki, Glover 2004). Task scheduling: Krishnamoorthy, Ernst, Baatar (2012), tasks packed into whole
shifts so that few people are needed. Reviewers: similarities in [0, 1], each paper read by three. A limit is in
seconds of wall time; processor seconds are printed beside, and judge.
"""

from __future__ import annotations

import argparse
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from baodao.base.solver import Member, Problem, Rules, Session, check_plan, solve


def everybody(members: int, sessions: int):
    return np.repeat(np.arange(members), sessions), np.tile(np.arange(sessions), members)


def gap(kind: str, agents: int, jobs: int, seed: int) -> Problem:
    """Generalised assignment of one type."""
    rng = np.random.default_rng([seed, ord(kind), agents, jobs])
    if kind in "abc":
        need, cost = rng.integers(5, 26, (agents, jobs)), rng.integers(10, 51, (agents, jobs))
    elif kind == "d":
        need = rng.integers(1, 101, (agents, jobs))
        cost = 111 - need + rng.integers(-10, 11, (agents, jobs))
    else:
        need = np.floor(1 - 10 * np.log(1 - rng.random((agents, jobs)))).astype(np.int64)
        cost = np.floor(1000 / need - 10 * rng.random((agents, jobs))).astype(np.int64)
    if kind in "ab":
        cheapest = cost.argmin(axis=0)
        most = max(need[i, cheapest == i].sum() for i in range(agents))
        room = np.full(agents, int((0.6 * jobs / agents * 15 + 0.4 * most) * (1.0 if kind == "a" else 0.7)))
    else:
        room = (0.8 * need.sum(axis=1) / agents).astype(int)
    members = tuple(Member(f"a{i:03}", max_hours=float(room[i])) for i in range(agents))
    sessions = tuple(Session(f"j{j:04}", min=1, desired=1, max=1) for j in range(jobs))
    pm, ps = everybody(agents, jobs)
    return Problem(members, sessions, pm, ps, cost.ravel().astype(np.int64), need.ravel().astype(float),
                   rules=Rules(clash="none"), objective="cost")  # fmt: skip


def assignment(size: int, seed: int) -> Problem:
    """Dense assignment, costs 1 to 100."""
    rng = np.random.default_rng([seed, size])
    members = tuple(Member(f"m{i:04}", max_services=1) for i in range(size))
    sessions = tuple(Session(f"s{j:04}", min=1, desired=1, max=1) for j in range(size))
    pm, ps = everybody(size, size)
    return Problem(members, sessions, pm, ps, rng.integers(1, 101, size * size), rules=Rules(clash="none"), objective="cost")


def tasks(workers: int, wanted: int, share: float, seed: int) -> Problem:
    """Tasks packed into whole shifts of ``need`` people (so about that many are enough), then qualifications."""
    rng = np.random.default_rng([seed, workers, wanted])
    need = max(2, round(workers * 0.8))
    spans, width = [], max(15, round(need * 900 / wanted))
    for _ in range(need):
        at = int(rng.integers(0, 60))
        while at < 1380:
            end = min(1440, at + int(rng.integers(max(10, width // 2), width * 3 // 2 + 1)))
            spans.append((at, end))
            at = end + (0 if rng.random() < 0.7 else int(rng.integers(1, 60)))
    spans = [spans[k] for k in rng.permutation(len(spans))]
    day = datetime(2026, 12, 7)
    sessions = tuple(
        Session(f"t{k:04}", day + timedelta(minutes=a), day + timedelta(minutes=b), 1, 1, 1) for k, (a, b) in enumerate(spans)
    )
    can = rng.random((workers, len(spans))) < share
    for k in np.flatnonzero(can.sum(axis=0) < 2):
        can[rng.choice(workers, 2, replace=False), k] = True
    pm, ps = np.nonzero(can)
    return Problem(tuple(Member(f"w{i:03}") for i in range(workers)), sessions, pm.astype(np.int64), ps.astype(np.int64),
                   np.zeros(len(pm), dtype=np.int64), rules=Rules(clash="interval"), objective="members_used")  # fmt: skip


def reviewers(people: int, papers: int, load: int, seed: int) -> Problem:
    """Every paper read by three; similarity of topic mixtures in thousandths."""
    rng = np.random.default_rng([seed, people, papers])
    one, other = rng.dirichlet(np.full(25, 0.1), people), rng.dirichlet(np.full(25, 0.1), papers)
    close = one @ other.T / np.sqrt((one**2).sum(1)[:, None] * (other**2).sum(1)[None, :])
    members = tuple(Member(f"r{i:04}", max_services=load) for i in range(people))
    sessions = tuple(Session(f"p{j:04}", min=3, desired=3, max=3) for j in range(papers))
    pm, ps = everybody(people, papers)
    return Problem(members, sessions, pm, ps, -np.round(close.ravel() * 1000).astype(np.int64),
                   rules=Rules(clash="none"), objective="fair")  # fmt: skip


KINDS = {
    "gap": [
        (f"generalised assignment {kind} {agents} × {jobs}", lambda seed, k=kind, a=agents, j=jobs: gap(k, a, j, seed), 60 if kind == "d" else 30)
        for kind in "abced"
        for agents, jobs in ((5, 100), (10, 100), (20, 100), (5, 200), (10, 200), (20, 200))
    ],
    "assignment": [(f"assignment {n} × {n}", lambda seed, n=n: assignment(n, seed), 60) for n in (100, 200, 400, 800)],
    "tasks": [
        (f"task scheduling {workers} people, {wanted} tasks", lambda seed, w=workers, n=wanted, q=share: tasks(w, n, q, seed), 60)
        for workers, wanted, share in ((25, 60, 0.4), (50, 150, 0.4), (90, 400, 0.3), (90, 400, 0.6), (150, 800, 0.4), (240, 2000, 0.3))
    ],
    "reviewers": [
        (f"reviewers {people} × {papers}", lambda seed, r=people, p=papers, most=load: reviewers(r, p, most, seed), 60)
        for people, papers, load in ((40, 40, 4), (100, 80, 4), (150, 120, 4), (180, 120, 4), (370, 800, 9))
    ],
}  # fmt: skip


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--only", default=",".join(KINDS))
    parser.add_argument("--match", default="", help="only rows whose name contains this")
    parser.add_argument("--seconds", type=float, default=0.0, help="another limit")
    args = parser.parse_args()
    for kind in args.only.split(","):
        for name, make, limit in KINDS[kind]:
            if args.match not in name:
                continue
            for seed in range(args.seeds):
                made = make(seed)
                wall, cpu = time.perf_counter(), time.process_time()
                plan = solve(made, seconds=args.seconds or limit)
                wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
                report = check_plan(made.to_json(), plan.to_json())
                assert report.feasible, report.violations[:3]
                print(f"{name:46} seed {seed}  {plan.objective:>9} bound {plan.bound!s:>9} gap {plan.gap if plan.gap is not None else float('nan'):.4%} "
                      f"{plan.status:8} {plan.rung:6} {wall:6.1f} s ({cpu:.1f} cpu)", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
