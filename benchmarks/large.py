"""Files of millions of pairs: seconds of processor and megabytes at the peak for writing, reading, the digest and the checker.

    python benchmarks/large.py                   10 million pairs; each step in a process of its own
    python benchmarks/large.py --pairs 1000000

The pairs are drawn evenly over 38 a member and 134 a session, as in the seed's town.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from baodao.base.solver import Member, Problem, Session, check_plan, read_problem, write_problem
from baodao.base.solver.files import read_json

STEPS = ("write", "read", "digest", "check", "plain json")


def made(pairs: int) -> Problem:
    """A problem of about so many pairs."""
    members, sessions = pairs // 38, max(40, pairs // 134)
    rng = np.random.default_rng(1)
    first = datetime(2026, 12, 1, 8)
    ps = np.sort(rng.integers(0, sessions, (members, 38)), axis=1)
    pm = np.repeat(np.arange(members), 38)
    keep = np.concatenate([np.ones((members, 1), dtype=bool), np.diff(ps, axis=1) != 0], axis=1).ravel()
    ps = ps.ravel()[keep]
    return Problem(
        tuple(Member(f"m{number:07}", 3, unit=f"U{number % 131:03}") for number in range(members)),
        tuple(
            Session(f"s{n:06}", first + timedelta(days=n % 28), first + timedelta(days=n % 28, hours=2), 2, 4, 5)
            for n in range(sessions)
        ),
        pm[keep].astype(np.int64),
        ps.astype(np.int64),
        rng.integers(0, 90, int(keep.sum())),
    )


def step(name: str, path: Path, pairs: int) -> str:
    """One step; what it said."""
    if name == "write":
        problem = made(pairs)
        begun(path)
        write_problem(problem, path)
        return f"{len(problem.pair_cost)} pairs, {path.stat().st_size / 1e6:.0f} MB"
    if name == "read":
        begun(path)
        return f"{len(read_problem(path).members)} members"
    if name == "digest":
        problem = read_problem(path)
        begun(path)
        return problem.sha256[:12]
    if name == "check":
        begun(path)
        problem = read_json(path)
        Problem.from_json(problem)
        report = check_plan(problem, {"format": "baodao-plan/1", "assignments": [], "problem_sha256": "0"})
        return f"refused: {report.violations[0].rule}"
    begun(path)
    return f"{len(json.loads(path.read_text(encoding='utf-8'))['pairs']['cost'])} pairs, nothing checked"


START = [0.0]


def begun(_: Path) -> None:
    """From here on the processor's time counts."""
    START[0] = time.process_time()


def main() -> None:
    """Each step in a process of its own, so that peaks do not mix."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=10_000_000)
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.step:
        said = step(args.step, args.file, args.pairs)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
        print(f"{args.step:12} {time.process_time() - START[0]:7.1f} s cpu  peak {peak:6.0f} MB  {said}", flush=True)
        return
    with tempfile.TemporaryDirectory() as folder:
        for name in STEPS:
            command = [sys.executable, __file__, "--pairs", str(args.pairs), "--step", name, "--file", f"{folder}/p.json"]
            subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
