"""Backup, restore, upgrade: what was there comes back whole, what was erased stays erased, a damaged file is refused."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from baodao.base.days import clock
from tests.config.planting import CONTACTS, VALUES

DUMP = """
import json
from baodao.config.backups import tables
for model in tables():
    names = sorted(f.attname for f in model._meta.concrete_fields)
    for row in model._base_manager.order_by("pk").values_list(*names):
        print(model._meta.label, [bytes(v).hex() if isinstance(v, (bytes, memoryview)) else str(v) for v in row])
"""


def made(place) -> Path:
    folder = place.data.parent / "kept"
    out = place.ok("backup", str(folder))
    (found,) = folder.iterdir()
    assert out == f"备份在 {found}。密钥文件不在里面，另外保存。\n"
    return found


def test_a_backup_holds_everything_and_no_clear_word_nor_key(planted):
    found = made(planted)
    assert sorted(p.name for p in found.iterdir()) == ["data.bin", "erasures.log", "manifest.json"]
    raw = b"".join(p.read_bytes() for p in found.iterdir())
    assert [name for name, value in VALUES.items() if value.encode() in raw] == []
    assert (planted.data / "keys" / "master_key").read_bytes() not in raw
    assert set(json.loads((found / "manifest.json").read_text())["files"]) == {"data.bin", "erasures.log"}


def test_a_restored_database_is_the_same_row_for_row(planted, databases):
    before = planted.python(DUMP)
    found = made(planted)
    target = databases()
    out = planted.ok("restore", str(found), "--into", target, "--verify")
    assert "留痕链和积分链都对。" in out
    assert planted.python(DUMP) == before
    planted.url = target
    assert planted.python(DUMP) == before
    assert planted.ok("verify_audit") == "SX/SZ/: ok\nsystem: ok\n"
    planted.new_number = planted.python(
        "from baodao.base.actor import program\nfrom baodao.domain.orgs import services, selectors\n"
        "c = services.add_org(actor=program('t'), parent=selectors.town_by_code('SZ'), kind='community', "
        "org_code='SZ09', name='新社区')\nprint(c.path)"
    )
    assert planted.new_number == "SX/SZ/SZ09/\n"  # sequences go on after the restored rows


def test_restore_refuses_a_database_that_is_not_empty(planted):
    before = planted.python(DUMP)
    done = planted.run("restore", str(made(planted)), "--into", planted.url)
    assert (done.returncode, done.stdout, done.stderr) == (
        1, "", "目标数据库里已经有数据。恢复只能放进空的数据库。\n",
    )  # fmt: skip
    assert planted.python(DUMP) == before


@pytest.mark.parametrize("damage", ["changed", "cut", "another key", "no manifest"])
def test_a_damaged_backup_is_refused_and_the_target_stays_empty(planted, databases, damage):
    found, target = made(planted), databases()
    data = found / "data.bin"
    if damage == "changed":
        raw = bytearray(data.read_bytes())
        raw[len(raw) // 2] ^= 1
        data.write_bytes(raw)
    elif damage == "cut":
        data.write_bytes(data.read_bytes()[:-100])
    elif damage == "another key":
        (planted.data / "keys" / "master_key").write_bytes(bytes(32))
    else:
        (found / "manifest.json").unlink()
    done = planted.run("restore", str(found), "--into", target)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    planted.url = target
    planted.ok("upgrade")
    assert planted.python("from baodao.domain.orgs.models import Org\nprint(Org.objects.count())") == "0\n"


def test_who_was_erased_after_the_backup_stays_erased(planted, databases):
    found = made(planted)
    later = (clock.now() + timedelta(days=4000)).date().isoformat()
    planted.ok("retention", "--today", later)
    target = databases()
    out = planted.ok("restore", str(found), "--into", target)
    assert "重放删除记录（最后一条 " in out
    planted.url = target
    names, phones, needs = planted.python(CONTACTS).splitlines()
    member_code, _need = planted.codes
    assert names == f"['已离开-{member_code[:4]}', '陈留']"
    assert phones == "[False, True]"
    assert needs == "[False] ['']"


def test_upgrade_brings_an_old_database_up_and_keeps_a_sealed_copy(founded):
    place = founded
    place.python("from django.core.management import call_command\ncall_command('migrate', 'months', 'zero', verbosity=0)")
    assert place.run("serve", PORT="8977").returncode == 1
    out = place.ok("upgrade")
    assert out.startswith("升级好了：")
    kept = list((place.data / "backups" / "before-upgrade").iterdir())
    assert [p.suffix for p in kept] == [".bin"]
    assert kept[0].read_bytes()[:8] == b"BAODAO1\n"
    assert place.ok("upgrade") == "数据库已经是这个版本。\n"


def test_a_failed_upgrade_puts_the_former_state_back(founded):
    place = founded
    place.python("from django.core.management import call_command\ncall_command('migrate', 'months', 'zero', verbosity=0)")
    break_chain = (
        "from django.db import connection\nfrom baodao.domain.journal import opened\n"
        "from django.db import transaction\nfrom baodao.domain.audit.models import Entry\n"
        "with transaction.atomic(), opened(connection, 'audit_entry'):\n"
        "    Entry.objects.filter(seq=1).update(action='something.else')\n"
    )
    place.python(break_chain)
    done = place.run("upgrade")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("升级没有成功，数据库已经放回原样：")
    tables = place.python(
        "from django.db import connection\nprint([t for t in connection.introspection.table_names() if t.startswith('months_')])"
    )
    assert tables == "[]\n"
