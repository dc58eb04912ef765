"""Input of the first day: names of the town, a table of names (typed, pasted or a file), staff as a table."""

from __future__ import annotations

from typing import Any

from django import forms

from baodao.base.papers.sheet import reader
from baodao.base.papers.sheet.faults import SheetFault
from baodao.domain.accounts.forms import fits
from baodao.domain.accounts.states import Role
from baodao.domain.orgs.first_day import (
    NUMBERING,
    PLACE_HEADS,
    PLACE_ORDER,
    UNIT_HEADS,
    UNIT_ORDER,
    read_table,
    split_lines,
)


class NamesForm(forms.Form):
    """How the town is called and reached, and what stands on its papers."""

    name = forms.CharField(label="镇的名称", max_length=60)
    phone = forms.CharField(label="帮助电话", max_length=30, help_text="印在每一页下面，居民打的就是它")
    address = forms.CharField(label="地址", max_length=100, required=False)
    issuer = forms.CharField(label="发文机关全称", max_length=40, required=False, help_text="空着就写“中共××镇委员会”")
    document_word = forms.CharField(label="发文机关代字", max_length=10, help_text="发文字号里〔年〕前面的字，例如 示党")
    version = forms.IntegerField(widget=forms.HiddenInput)


class TableForm(forms.Form):
    """Names in a table: typed, pasted, or out of a spreadsheet."""

    text = forms.CharField(label="表格内容", required=False, max_length=200_000, widget=forms.Textarea(attrs={"rows": 10}))
    file = forms.FileField(label="或者选一个 Excel 文件", required=False, help_text=".xlsx、.xls、.csv，最大 20 MB")
    heads: dict[str, str] = {}
    order: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        """``rows`` read from the file if there is one, else from the text; the first problems are named by their line."""
        data = dict(super().clean() or {})
        try:
            lines = self._file_lines(data["file"]) if data.get("file") else split_lines(data.get("text", ""))
        except SheetFault as fault:
            self.add_error("file", f"{fault.message}。{fault.suggestion}。")
            return data
        table = read_table(lines, self.heads, self.order)
        for words in table.problems[:5]:
            self.add_error("file" if data.get("file") else "text", words)
        data["rows"] = table.rows
        return data

    def _file_lines(self, upload: Any) -> list[list[str]]:
        """The cells of every sheet; a column of running numbers in front is left out."""
        lines = [[_cell(cell) for cell in row] for sheet in reader.read(upload.read(), upload.name) for row in sheet.rows]
        numbered = any(line and line[0] in NUMBERING for line in lines)
        return [line[1:] if numbered else line for line in lines if sum(bool(cell) for cell in line) > 1 or not numbered]


class PlacesForm(TableForm):
    """Communities, grids, estates."""

    heads, order = PLACE_HEADS, PLACE_ORDER


class UnitsForm(TableForm):
    """Units."""

    heads, order = UNIT_HEADS, UNIT_ORDER


class StaffForm(TableForm):
    """Name, login, role, place of each person of the staff."""

    heads = {"姓名": "display_name", "登录名": "login", "角色": "role", "管哪里": "place", "单位": "place", "社区": "place"}
    order = ("display_name", "login", "role", "place")

    def __init__(self, *args: Any, places: dict[str, list[str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = places

    def clean(self) -> dict[str, Any]:
        """Roles and places in words become roles and paths; what is not known is named by its line."""
        data = super().clean()
        roles = {str(role.label): role for role in Role if role != Role.MEMBER}
        for row in data.get("rows", []):
            role = roles.get(row.get("role", ""))
            wanted = [path for path in self.places.get(row.get("place", ""), []) if role and fits(role, path)]
            if not row.get("login"):
                self.add_error("text", f"第 {row['line']} 行没有登录名。")
            elif role is None:
                self.add_error("text", f"第 {row['line']} 行的角色“{row.get('role', '')}”没有，可以写：{'、'.join(roles)}。")
            elif len(wanted) != 1:
                self.add_error("text", f"第 {row['line']} 行：{role.label}管的地方“{row.get('place', '')}”认不出，写全称或代码。")
            else:
                row["role"], row["path"] = str(role), wanted[0]
        return data


def _cell(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
