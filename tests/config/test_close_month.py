"""``close_month`` from outside: figures as JSON, the same again, refused while the month runs."""

import json

import pytest
from django.core.management import call_command

from baodao.domain.months.models import MonthClose
from tests import served


def close(capsys, *words):
    call_command("close_month", *words)
    return capsys.readouterr()


def test_one_object_on_standard_output_and_the_same_again(cast, capsys):
    month = served.build(cast)
    words = ("--town", "SZ", "--month", "2026-10", "--json")
    first, again = json.loads(close(capsys, *words).out), json.loads(close(capsys, *words).out)
    assert first == again
    assert (first["figures"]["times"], first["left_out"]) == (10, [month.records[-1].code])


def test_what_was_left_out_is_said(cast, capsys):
    served.build(cast)
    said = close(capsys, "--town", "SZ", "--month", "2026-10")
    assert "2026-10 已结月：服务 10 人次" in said.out and "有 1 条记录还没确认" in said.out


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("--town", "SZ", "--month", "2026-11"), 1, "2026年11月还没有过完"),
        (("--town", "XX", "--month", "2026-10"), 2, "没有代码是 XX 的镇"),
        (("--town", "SZ", "--month", "十月"), 2, "看不懂月份"),
    ],
)
def test_refusals(cast, capsys, words, status, said):
    with pytest.raises(SystemExit) as error:
        call_command("close_month", *words)
    assert error.value.code == status
    assert said in capsys.readouterr().err
    assert MonthClose.objects.count() == 0
