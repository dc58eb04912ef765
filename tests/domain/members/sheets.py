"""Small ledgers as bytes, for the tests of the import."""

from __future__ import annotations

import io

import xlsxwriter

HEAD = ["序号", "姓名", "工作单位", "联系电话", "报到社区", "特长", "可服务时间", "服务意向", "报到时间", "备注"]


def book(rows, head=HEAD, *, title="在职党员台账", sheet="名单", merges=()):
    """A sheet with a title in row 1, the head in row 2 and people from row 3 on."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        page = made.add_worksheet(sheet)
        if title:
            page.merge_range(0, 0, 0, max(len(head) - 1, 1), title)
        start = 1 if title else 0
        for place, text in enumerate(head):
            page.write(start, place, text)
        for number, row in enumerate(rows, start + 1):
            for place, value in enumerate(row):
                if value not in (None, ""):
                    page.write(number, place, value)
    return out.getvalue()


def person(name, phone, unit="县水利局", community="幸福社区", **more):
    """One row under HEAD."""
    return [more.get("seq", 1), name, unit, phone, community, more.get("skills", ""), more.get("when", ""),
            more.get("wishes", ""), more.get("reported", ""), more.get("note", "")]
