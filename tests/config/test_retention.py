"""Retention: planted values, their time, and then no byte of them anywhere the installation writes."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from baodao.base.days import clock
from tests.config.planting import VALUES

AFTER_30 = {"member phone", "contact name", "contact phone", "place detail"}
IN_CLEAR = set(VALUES) - AFTER_30


def day(days: int) -> str:
    """A day from the real one: the commands run in processes of their own."""
    return (datetime.now(clock.ZONE) + timedelta(days=days)).date().isoformat()


def found_in(place) -> set[str]:
    """Which planted values stand as bytes in any file of the installation, the write-ahead log and logs included."""
    files = [p for p in place.data.parent.rglob("*") if p.is_file() and "kept" not in p.parts]
    raw = b"".join(p.read_bytes() for p in files)
    if "postgresql" in settings.DATABASES["default"]["ENGINE"]:
        raw += place.python(
            "import sys\nfrom django.db import connection\nfrom baodao.config.backups import tables\n"
            "for m in tables():\n    for row in m._base_manager.values_list():\n        print(row)"
        ).encode()
    return {name for name, value in VALUES.items() if value.encode() in raw or value.encode("utf-16-le") in raw}


def test_contact_values_never_stand_in_clear_and_words_do_until_their_day(planted):
    assert found_in(planted) == IN_CLEAR  # a control: the search does find what is there


def test_a_day_too_early_nothing_goes(planted):
    assert planted.ok("retention", "--today", day(29)) == "没有到期的。\n"
    assert found_in(planted) == IN_CLEAR


def test_after_30_days_the_keys_are_gone(planted):
    planted.ok("retention", "--today", day(31))
    left = planted.python(
        "from baodao.domain.needs.models import NeedContact\nfrom baodao.domain.members.models import MemberContact\n"
        "print([[bytes(getattr(c, f.name)) for f in c._meta.concrete_fields if f.get_internal_type() == 'BinaryField']"
        " for c in [*NeedContact.objects.all(), *MemberContact.objects.filter(member__state='left')]])"
    )
    assert set(left) <= set("[]b', \n")
    assert len((planted.data / "erasures.log").read_text().splitlines()) == 2


def test_after_their_time_no_byte_is_left(planted):
    planted.ok("retention", "--today", day(366 + 30))
    assert found_in(planted) == set()
    kinds = sorted({line.split()[0] for line in (planted.data / "erasures.log").read_text().splitlines()})
    assert {"member", "member_contact", "need_contact", "need_text"} <= set(kinds)


def test_a_rehearsal_counts_and_changes_nothing(planted):
    before = found_in(planted)
    out = planted.ok("retention", "--dry-run", "--today", day(400))
    assert "member: 1" in out.splitlines()
    assert found_in(planted) == before
    assert not Path(planted.data / "erasures.log").exists()


def test_a_wrong_day_is_status_2(planted):
    done = planted.run("retention", "--today", "tomorrow")
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "--today 写成 YYYY-MM-DD。\n")
