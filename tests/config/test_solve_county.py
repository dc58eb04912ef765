"""An invented province: over processes, and through the queue by two real workers, with the same rows."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import contextmanager

from baodao.base.solver.province import province, solve_province, total
from tests.config.conftest import ROOT

ASKED = ("--towns", "8", "--members", "250", "--nodes", "500", "--seconds", "120")
SAME = ("number", "status", "rung", "objective", "bound", "sha256")


@contextmanager
def workers(place, count):
    """So many ``work`` processes of an installation, ready."""
    command = [sys.executable, str(ROOT / "manage.py"), "work"]
    started = [
        subprocess.Popen(command, env=place.environment(), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        for _ in range(count)
    ]
    try:
        for process in started:
            assert process.stdout.readline() == "报到：后台在运行。\n"
        yield
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(timeout=60)
            process.stdout.close()


def asked(place, folder, *more):
    out = folder / "rows.json"
    found = json.loads(place.ok("solve_county", *ASKED, "--out", str(out), "--json", *more))
    data = json.loads(out.read_text(encoding="utf-8"))
    assert data["total"] == found
    return found, data["towns"]


def test_two_workers_and_the_queue_give_the_rows_of_one_process(founded, tmp_path):
    alone, rows = asked(founded, tmp_path, "--workers", "1")
    assert (alone["towns"], alone["proved"], alone["out_of_time"], alone["processes"]) == (8, 8, 0, 1)
    assert alone["gap"] == 0
    with workers(founded, 2):
        queued, again = asked(founded, tmp_path, "--queue")
    assert queued["processes"] == 2
    assert [{name: row[name] for name in SAME} for row in again] == [{name: row[name] for name in SAME} for row in rows]
    left = founded.python("from django_tasks_db.models import DBTaskResult as R; print(R.objects.count())")
    assert left == "0\n"


def test_a_queue_without_a_worker_says_so_and_leaves_nothing(founded):
    done = founded.run("solve_county", "--towns", "1", "--members", "60", "--queue", "--wait", "1")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "等了 1 秒，第 0 镇还没有结果：有 ./run work 在运行吗？\n"
    assert founded.python("from django_tasks_db.models import DBTaskResult as R; print(R.objects.count())") == "0\n"


def test_wrong_arguments_are_status_2(founded):
    for wrong in (("--towns", "0"), ("--nodes", "0"), ("--members", "10"), ("--seconds", "0"), ("--out", "/none/at/all.json")):
        done = founded.run("solve_county", *wrong)
        assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)


def test_rows_do_not_depend_on_the_number_of_processes():
    towns = province(3, members=120)
    alone = list(solve_province(towns))
    assert [row.same for row in solve_province(towns, workers=2)] == [row.same for row in alone]
    assert len({row.sha256 for row in alone}) == 3
    whole = total(alone)
    assert (whole.towns, whole.members, whole.objective) == (3, 360, sum(row.objective for row in alone))
    assert whole.pairs == sum(row.pairs for row in alone)
