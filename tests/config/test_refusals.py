"""Wrong settings and arguments: one plain line on standard error, status 2; a refusal is status 1 and changes nothing."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("BAODAO_TODYA", "2026-11-24", "unknown setting: BAODAO_TODYA"),
        ("BAODAO_TODAY", "24.11.2026", "BAODAO_TODAY is '24.11.2026'; write YYYY-MM-DD"),
        ("BAODAO_HTTPS", "maybe", "BAODAO_HTTPS is 'maybe'; write 1 or 0"),
        ("PORT", "eighty", "PORT is 'eighty'; write a number from 1 to 65535"),
        ("PORT", "70000", "PORT is '70000'; write a number from 1 to 65535"),
        ("DATABASE_URL", "mysql://root@127.0.0.1/x", "DATABASE_URL: 'mysql' is neither sqlite nor postgresql"),
    ],
)
def test_a_wrong_setting_is_refused_in_one_line(place, name, value, said):
    done = place.run("verify_audit", **{name: value})
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(said)
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("words", [("nonsense",), ("demo", "--today", "2026-13-01"), ("new", "--town", "SZ"), ("restore", "x")])
def test_wrong_arguments_are_status_2(place, words):
    done = place.run(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    assert done.stderr


def test_an_unmigrated_database_is_no_traceback(place):
    done = place.run("verify_audit")
    assert done.returncode == 1
    assert done.stderr.startswith("数据库没有答应")
    assert done.stderr.count("\n") == 1


def test_serve_refuses_an_unmigrated_database(place):
    done = place.run("serve", PORT="8977")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "数据库还没有升级到这个版本。先运行 ./run upgrade。\n")


def test_serve_and_upgrade_refuse_a_newer_database(founded):
    place = founded
    place.python(
        "from django.db.migrations.recorder import MigrationRecorder as R\n"
        "from django.db import connection\n"
        "R(connection).record_applied('orgs', '0999_from_tomorrow')"
    )
    for command in ("serve", "upgrade"):
        done = place.run(command, PORT="8977")
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr == "数据库比程序新（orgs.0999_from_tomorrow）。换新版本的程序，或恢复升级前的备份。\n"
