"""Files are read from bytes, and refused in words when they are not what they seem."""

import io
import struct
import time
import zipfile
from datetime import date, datetime
from datetime import time as clock
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from baodao.base.papers.sheet import dates, reader
from baodao.base.papers.sheet.faults import SheetFault
from baodao.base.papers.sheet.head import find_tables
from baodao.base.papers.sheet.ledger_words import LEDGER

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LEDGER_LINE = """
序号 姓名 类别 工作单位 所在党组织 职务 联系电话 居住社区 小区
报到社区 特长 服务意向 可服务时间 服务语言 报到时间 编入队伍 备注
"""
HEADINGS = LEDGER_LINE.split()


def workbook(*sheets, hidden=()):
    """Build .xlsx bytes: each sheet is (name, rows)."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for name, rows in sheets:
            page = book.add_worksheet(name)
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
            if name in hidden:
                page.hide()
    return out.getvalue()


def refused(data, filename):
    with pytest.raises(SheetFault) as fault:
        reader.read(data, filename)
    assert fault.value.code == "file"
    assert fault.value.suggestion
    return fault.value.message


ROWS = [["姓名", "单位", "电话"], ["王强", "水利局", 13800000001], ["阿依古丽", "教育局", "13800000002"]]


def test_rows_are_counted_from_the_first_row_of_the_sheet():
    data = workbook(("一", [[], [], ["", "甲"]]))
    assert reader.read(data, "a.xlsx")[0].rows == [["", ""], ["", ""], ["", "甲"]]


def test_only_visible_sheets_are_read():
    data = workbook(("看得见", ROWS), ("藏着", [["秘密"]]), ("也看得见", [["x"]]), hidden=("藏着",))
    assert [sheet.name for sheet in reader.read(data, "A.XLSX")] == ["看得见", "也看得见"]


def test_an_old_workbook_is_read():
    data = (Path(__file__).parent / "files" / "ledger.xls").read_bytes()
    sheets = reader.read(data, "ledger.xls")
    assert [sheet.name for sheet in sheets] == ["台账"]
    table = find_tables(sheets, LEDGER)[0]
    assert [(row.number, row.values["name"], row.values["phone"]) for row in table.rows] == [
        (3, "王 强", 13800000001.0),
        (4, "阿依古丽•吐尔逊", "13800000002"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_text_files_in_every_encoding_and_delimiter(encoding, delimiter):
    text = "\r\n".join(
        delimiter.join(row) for row in [["姓名", "单位", "备注"], ["王强", "水利局", '"一, 二; 三\n四"']]
    )
    sheet = reader.read(text.encode(encoding), "a.csv")[0]
    assert sheet.rows == [["姓名", "单位", "备注"], ["王强", "水利局", "一, 二; 三\n四"]]


def test_text_cells_stay_text():
    rows = reader.read("姓名,电话\n王强,013800000001\n".encode(), "a.txt")[0].rows
    assert rows == [["姓名", "电话"], ["王强", "013800000001"]]


def test_what_is_too_large_or_packed_too_tight_is_refused():
    assert refused(b"a" * (20 * 1024 * 1024 + 1), "a.csv") == "文件超过 20 MB"
    bomb = io.BytesIO(workbook(("一", ROWS)))
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/zeros.bin", b"\0" * (5 * 1024 * 1024))
    assert refused(bomb.getvalue(), "a.xlsx") == "文件展开后太大"


def test_many_entries_are_refused():
    crowd = io.BytesIO(workbook(("一", ROWS)))
    with zipfile.ZipFile(crowd, "a") as package:
        for number in range(200):
            package.writestr(f"xl/media/{number}.bin", b"x")
    assert refused(crowd.getvalue(), "a.xlsx") == "文件展开后太大"


def test_total_size_is_refused_even_when_packed_loosely():
    heavy = io.BytesIO(workbook(("一", ROWS)))
    with zipfile.ZipFile(heavy, "a", zipfile.ZIP_DEFLATED) as package:
        line = bytes(range(256)) * 4
        for number in range(3):
            package.writestr(f"xl/media/{number}.bin", (line + number.to_bytes(2, "big")) * 36_000)
    assert refused(heavy.getvalue(), "a.xlsx") == "文件展开后太大"


def test_an_entry_that_declares_too_little_is_refused():
    packed = io.BytesIO()
    source = zipfile.ZipFile(io.BytesIO(workbook(("一", ROWS))))
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name in source.namelist():
            package.writestr(name, source.read(name))
        package.writestr("xl/media/liar.bin", b"\0" * 3_000_000)
    data = bytearray(packed.getvalue())
    place = data.rindex(b"xl/media/liar.bin") - 46
    assert data[place : place + 4] == b"PK\x01\x02"
    data[place + 24 : place + 28] = struct.pack("<I", 1000)
    assert refused(bytes(data), "a.xlsx") == "文件坏了，读不出来"


def test_a_sheet_with_two_cells_a_world_apart_is_refused_before_it_is_spanned():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet()
        page.write(0, 0, "a")
        page.write(1_048_575, 16_383, "b")
    begun = time.perf_counter()
    assert refused(out.getvalue(), "a.xlsx") == "文件展开后太大"
    assert time.perf_counter() - begun < 2


def test_locked_files_are_refused():
    locked = OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600
    assert refused(locked, "a.xlsx") == "文件加了密码，打不开"
    assert refused(locked, "a.xls") == "文件加了密码，打不开"
    flagged = bytearray(workbook(("一", ROWS)))
    place = flagged.index(b"PK\x01\x02")
    flagged[place + 8] |= 1
    assert refused(bytes(flagged), "a.xlsx") == "文件加了密码，打不开"


@pytest.mark.parametrize(
    ("data", "filename", "message"),
    [
        (b"", "a.xlsx", "文件是空的"),
        (b"x", "a.et", "这是 WPS 自己的 .et 格式，读不了"),
        (b"x", "a.pdf", "只能读 .xlsx、.xls、.csv 和 .txt 文件"),
        (b"x", "noending", "只能读 .xlsx、.xls、.csv 和 .txt 文件"),
        (OLE + b"\0" * 600, "a.xlsx", "文件名和内容对不上"),
        (workbook(("一", ROWS)), "a.xls", "文件名和内容对不上"),
        (workbook(("一", ROWS)), "a.csv", "文件名和内容对不上"),
        (b"<html><table><tr><td>1</td></tr></table>", "a.xls", "文件名和内容对不上"),
        (b"<html><table></table>", "a.csv", "文件名和内容对不上"),
        (b"%PDF-1.7", "a.txt", "文件名和内容对不上"),
        (OLE + b"\0" * 600, "a.xls", "文件坏了，读不出来"),
        (b"PK\x03\x04broken", "a.xlsx", "文件坏了，读不出来"),
        (workbook(("一", ROWS))[:-200], "a.xlsx", "文件坏了，读不出来"),
        (b"\xff\xff\xff\x81", "a.csv", "文字编码认不出"),
        (b" \n,,\n".replace(b" ", b""), "a.csv", "文件里没有看得见的内容"),
        (workbook(("一", [])), "a.xlsx", "文件里没有看得见的内容"),
    ],
)
def test_each_refusal_says_why(data, filename, message):
    assert refused(data, filename) == message


def test_another_package_under_our_name_is_refused():
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as package:
        package.writestr("word/document.xml", "<x/>")
        package.writestr("[Content_Types].xml", "<x/>")
    assert refused(other.getvalue(), "a.xlsx") == "文件名和内容对不上"


def test_nothing_is_written_to_disk(monkeypatch):
    def forbidden(*args, **kwargs):
        raise AssertionError("a file was opened")

    data = workbook(("一", ROWS))
    monkeypatch.setattr("tempfile.mkstemp", forbidden)
    monkeypatch.setattr("tempfile.TemporaryFile", forbidden)
    monkeypatch.setattr("builtins.open", forbidden)
    assert len(reader.read(data, "a.xlsx")[0].rows) == 3


@pytest.mark.parametrize(
    ("value", "day", "moment"),
    [
        ("2026.3.5", date(2026, 3, 5), None),
        ("2026-03-05", date(2026, 3, 5), None),
        ("2026/3/5", date(2026, 3, 5), None),
        ("2026年3月5日", date(2026, 3, 5), None),
        ("２０２６．３．５", date(2026, 3, 5), None),
        ("2026年3月5日（星期四）", date(2026, 3, 5), None),
        ("2026-03-05 10:30", date(2026, 3, 5), clock(10, 30)),
        ("2026-03-05T10:30:15", date(2026, 3, 5), clock(10, 30, 15)),
        ("2026年3月5日 10时30分", date(2026, 3, 5), clock(10, 30)),
        ("20260305", date(2026, 3, 5), None),
        (20260305.0, date(2026, 3, 5), None),
        (46086.0, date(2026, 3, 5), None),
        (46086.4375, date(2026, 3, 5), clock(10, 30)),
        ("46086", date(2026, 3, 5), None),
        (date(2026, 3, 5), date(2026, 3, 5), None),
        (datetime(2026, 3, 5, 10, 30), date(2026, 3, 5), clock(10, 30)),
        (datetime(2026, 3, 5), date(2026, 3, 5), None),
        ("2024.2.29", date(2024, 2, 29), None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_dates_are_read(value, day, moment):
    assert dates.read(value) == dates.DateReading(day, moment)


@pytest.mark.parametrize(
    "value",
    [
        "2026.2.30",
        "2026.13.1",
        "2026-02-29",
        "3月5日",
        "26.3.5",
        "2026.3",
        2026.3,
        "上周",
        5.0,
        "20261301",
        True,
        clock(1),
    ],
)
def test_impossible_dates_are_faults(value):
    reading = dates.read(value)
    assert (reading.day, reading.clock, reading.fault) == (None, None, "date")
    assert reading.message and reading.suggestion


def test_a_ledger_of_2200_rows_is_read_within_a_second():
    rows = [HEADINGS]
    rows += [
        [
            i,
            f"王强{i}",
            "在职",
            "县水利局",
            "支部",
            "科员",
            13800000000 + i,
            *["幸福社区"] * 3,
            "电工",
            "巡逻",
            "周末",
            "",
            "2026.3.5",
            "",
            "无",
        ]
        for i in range(2200)
    ]
    data = workbook(("台账", rows))
    best = 9.0
    for _ in range(2):
        begun = time.process_time()
        tables = find_tables(reader.read(data, "a.xlsx"), LEDGER)
        best = min(best, time.process_time() - begun)
    assert len(tables[0].rows) == 2200
    assert best < 1.0


def test_a_workbook_of_another_program_is_read():
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    assert reader.read(out.getvalue(), "a.xlsx")[0].rows == [ROWS[0], ["王强", "水利局", 13800000001.0], ROWS[2]]
