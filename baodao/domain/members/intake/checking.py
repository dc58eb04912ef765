"""One row of a file: its cells as clean values, what is wrong with them, what was made regular. Reads nothing else.

A fault keeps the row out until it is mended; a warning does not. What is not understood about skills, times, wishes or
languages is a note at most and never costs anybody the row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from baodao.base.papers.sheet import dates
from baodao.base.text import names, phones
from baodao.base.text.free import ID_PLACEHOLDER
from baodao.domain.members import contacts, reading, skills
from baodao.domain.members.intake import files
from baodao.domain.members.intake.files import Draft
from baodao.domain.members.intake.known import Known
from baodao.domain.members.intake.problems import HEADINGS, Problem
from baodao.domain.members.rules import LENGTHS
from baodao.domain.members.states import MemberKind

_FREE = {"job_title": "job_title", "party_org": "party_org_name", "note": "note", "team": "team_name",
         "home_community": "home_community"}  # fmt: skip
_NUMBER = re.compile(r"\d{6,}[0-9Xx]*")  # in a name: a number of somebody's, whatever its check digit says


@dataclass(slots=True)
class Checked:
    """A row after reading. ``values`` holds only what the file says; ``phone_index`` is empty without a number.

    ``given`` is the community that imports, where the file names none.
    """

    n: int
    sheet: str
    row: int
    written: dict[str, str]
    headings: dict[str, str]
    given: Any = None
    values: dict[str, Any] = field(default_factory=dict)
    phone_index: str = ""
    faults: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The regular name; empty when there is none."""
        return str(self.values.get("name", ""))

    @property
    def unit(self) -> Any:
        """The unit read, or None."""
        return self.values.get("unit")

    @property
    def community(self) -> Any:
        """The community read, or None."""
        return self.values.get("community")

    @property
    def home(self) -> str:
        """Unit or community path: what tells people of one name apart beside the telephone."""
        found = self.unit or self.community or self.given
        return found.path if found else ""


@dataclass(frozen=True, slots=True)
class Frame:
    """What holds for all rows: the ledger known, today, and the unit or community that is given from outside.

    ``by_unit``: the unit's liaison brings them, who sees and changes the unit's own people alone.
    """

    known: Known
    today: date
    unit: Any = None
    community: Any = None
    by_unit: bool = False


class Reading:
    """The reading of one row, cell by cell."""

    def __init__(self, frame: Frame, draft: Draft, row: dict[str, Any], fields: dict[str, tuple[int, str]]) -> None:
        self.frame, self.draft, self.fields = frame, draft, fields
        edits = {name: text for name, text in draft["edits"].get(str(row["n"]), {}).items() if name not in files.kept_out(draft)}
        spare = files.spares(draft, row["t"])
        found = {name: [index, *spare.get(name, ())] for name, (index, _heading) in fields.items()}
        held = {name: next((row["cells"][str(i)] for i in some if str(i) in row["cells"]), "") for name, some in found.items()}
        cells = {name: edits.get(name, held[name]) for name in fields}
        cells |= {name: text for name, text in edits.items() if name not in cells}
        self.cells: dict[str, str] = cells
        self.ids = {name for name, some in found.items() if set(some) & set(row["ids"]) and name not in edits}
        self.out = Checked(row["n"], draft["tables"][row["t"]]["sheet"], row["row"], dict(cells),
                           {name: heading for name, (_index, heading) in fields.items()})

    def heading(self, name: str) -> str:
        """The column's heading in this file, or the usual one."""
        return self.fields[name][1] if name in self.fields else HEADINGS[name]

    def problem(self, name: str, code: str, message: str, suggestion: str = "") -> Problem:
        """A problem of one cell."""
        value = self.cells.get(name) or None
        return Problem(self.out.sheet, self.out.row, self.heading(name), value, code, message, suggestion)

    def fault(self, name: str, code: str, message: str, suggestion: str = "") -> None:
        """Keep the row out."""
        self.out.faults.append(self.problem(name, code, message, suggestion))

    def warn(self, name: str, code: str, message: str, suggestion: str = "") -> None:
        """Say something that does not keep the row out."""
        self.out.warnings.append(self.problem(name, code, message, suggestion))

    def read(self) -> Checked:
        """All cells."""
        self._name()
        self._phone()
        kind = reading.read_kind(self.cells.get("kind", ""))
        if kind == MemberKind.COMMUNITY and self.frame.unit is not None:
            self.warn("kind", "unit", f"类别写的是社区，按{self.frame.unit.name}的在职党员导入", "不对就去掉单位再导入")
            kind = MemberKind.IN_SERVICE
        if self.cells.get("kind"):
            self.out.values["kind"] = kind
        self._unit(kind)
        self._community()
        self._free_texts()
        self._party_org(kind)
        self._offers()
        self._days()
        return self.out

    def _name(self) -> None:
        written = self.cells.get("name", "")
        text, had_phone = files.without_phones(written.replace(ID_PLACEHOLDER, ""))
        text = text.replace(files.PHONE_PLACEHOLDER, "")
        try:
            name = names.normalise(text)
        except names.NameTooLong:
            self.cells["name"] = text[:30]
            self.fault("name", "too_long", "姓名超过 100 个字", "检查是不是几个人写在了一格里")
            return
        if had_phone or "name" in self.ids:
            self.cells["name"] = self.out.written["name"] = name
            code = "id_number" if "name" in self.ids else "phone"
            self.warn("name", code, "姓名里夹着号码，已经删去", "号码写在自己的列里")
        if not name:
            self.fault("name", "missing", "没有姓名", "补上姓名，或删去这一行")
        elif _NUMBER.search(name):
            self.cells["name"] = self.out.written["name"] = _NUMBER.sub("", name)
            self.fault("name", "id_number", "姓名里有一串数字，像证件号，已经删去", "只写姓名")
        else:
            self.out.values["name"] = name
            if name != written.strip() and "name" not in self.ids and not had_phone:
                self.out.notes.append(f"姓名里的空格或间隔号已统一，表里是「{written[:40]}」")

    def _phone(self) -> None:
        if "phone" in self.ids:
            self.fault("phone", "id_number", "电话这一格是身份证号，已经删去", "填联系电话")
            return
        text = self.cells.get("phone", "")
        read = phones.normalise(text)
        if read.ok:
            self.out.values["phone"] = read.digits
            self.out.phone_index = contacts.phone_index(read.digits)
            if read.looks_rounded:
                self.warn("phone", "lost_digits", "后面八位都是 0，像是表格软件丢了位数", "和本人核对号码")
        elif read.fault != "missing":
            short = read.fault == "phone" and text.isdigit() and text.startswith("1")
            message = f"手机号是 11 位，这里有 {len(text)} 位" if short else read.message
            self.fault("phone", str(read.fault), message, read.suggestion)

    def _unit(self, kind: str) -> None:
        text = self.cells.get("unit", "")
        known = self.frame.known.units
        if kind == MemberKind.COMMUNITY:
            return
        found = known.find(self.draft["words"].get(f"unit:{text}", "") or text) if text else None
        if text and found is None and "职务" in self.heading("unit"):
            found, rest = known.find_start(text)
            if found is not None and rest and not self.cells.get("job_title"):
                self.cells["job_title"] = rest
        if self.frame.unit is not None:
            if text and found is not self.frame.unit and (found is None or found.pk != self.frame.unit.pk):
                self.warn("unit", "unit", f"单位写的是“{text[:30]}”，按{self.frame.unit.name}导入", "不对就单独改这个人")
            self.out.values["unit"] = self.frame.unit
        elif found is not None:
            self.out.values["unit"] = found
        elif text:
            near = known.suggest(text)
            self.fault("unit", "unit", f"没有“{text[:30]}”这个单位", f"是不是{near}？" if near else "选一个单位，或先建这个单位")

    def _community(self) -> None:
        text, known = self.cells.get("community", ""), self.frame.known.communities
        found = known.find(self.draft["words"].get(f"community:{text}", "") or text) if text else None
        if found is not None:
            self.out.values["community"] = found
        elif text:
            near = known.suggest(text)
            self.fault("community", "community", f"没有“{text[:30]}”这个社区", f"是不是{near}？" if near else "选一个社区")
        else:
            self.out.given = self.frame.community

    def _free_texts(self) -> None:
        for name, column in _FREE.items():
            text = " ".join(self.cells.get(name, "").split())
            if name in self.ids:
                self.cells[name] = text
                self.warn(name, "id_number", "里面有身份证号，已经删去", "这里不要填身份证号")
                text = text.replace(ID_PLACEHOLDER, "").strip()
            text, had_phone = files.without_phones(text)
            if had_phone:
                self.cells[name] = text
                self.warn(name, "phone", "里面有电话号码，已经删去", "号码写在联系电话一列")
            label = files.forbidden_in(text) if name == "note" else ""
            if label:
                self.cells[name] = self.out.written[name] = ""
                self.warn(name, "forbidden_column", "备注里有不能留的内容，没有保存", "备注不写健康、信仰、家庭和身份")
                continue
            if len(text) > LENGTHS[column]:
                self.cells[name] = f"{text[:30]}…"
                self.fault(name, "too_long", f"{HEADINGS[name]}最多 {LENGTHS[column]} 个字，这里有 {len(text)} 个", "写短一点")
            elif text:
                self.out.values[column] = text

    def _party_org(self, kind: str) -> None:
        text = self.out.values.get("party_org_name", "")
        if kind == MemberKind.COMMUNITY and text and self.out.community is not None:
            held = self.frame.known.party_orgs.get(self.out.community.path)
            found = held.find(text) if held else None
            if found is not None:
                self.out.values["party_org"] = found
                del self.out.values["party_org_name"]

    def _offers(self) -> None:
        values, cells = self.out.values, self.cells
        for name in ("skills", "wishes", "availability", "languages"):
            text, had_phone = files.without_phones(cells.get(name, ""))
            if name in self.ids or had_phone:
                cells[name] = self.out.written[name] = text
                self.warn(name, "id_number" if name in self.ids else "phone", "里面有号码，已经删去", "这里只写特长、意向、时间、语言")
            cells[name] = text.replace(ID_PLACEHOLDER, "").replace(files.PHONE_PLACEHOLDER, "")
        if cells["skills"]:
            values["skills"], values["skill_words"] = skills.read(cells["skills"])
            if values["skill_words"]:
                self.out.notes.append(f"特长「{'、'.join(values['skill_words'])}」照原话记下")
        if cells["wishes"]:
            values["wishes"], lost = reading.read_wishes(cells["wishes"])
            if lost:
                self.out.notes.append(f"服务意向「{'、'.join(lost)[:40]}」认不出，没有记")
        if cells["availability"]:
            values["slots"], values["time_note"] = reading.read_slots(cells["availability"])
            if values["time_note"]:
                self.out.notes.append(f"时间「{values['time_note']}」照原话记下")
        if cells["languages"]:
            values["languages"], _lost = reading.read_languages(cells["languages"])
        self._estate()

    def _estate(self) -> None:
        text, community = self.cells.get("estate", ""), self.out.community
        held = self.frame.known.estates.get(community.path) if community is not None else None
        if text and held is not None:
            found = held.find(text)
            if found is not None:
                self.out.values["estate"] = found
            else:
                self.out.notes.append(f"{community.name}没有「{text[:20]}」这个小区，没有记")

    def _days(self) -> None:
        for name in ("reported_on", "receipt_on"):
            text = self.cells.get(name, "")
            if not text:
                continue
            read = dates.read(text)
            if read.fault or read.day is None:
                self.warn(name, "date", read.message or "日期认不出", read.suggestion)
            elif read.day > self.frame.today or read.day.year < 2000:
                self.warn(name, "date", f"{HEADINGS[name]} {read.day.isoformat()} 不对，先空着", "写成 2026-03-05 的样子")
            else:
                self.out.values[name] = read.day
        first, back = (self.out.values.get(name) for name in ("reported_on", "receipt_on"))
        if first and back and back < first:
            self.warn("receipt_on", "date", "回执早于报到，先空着", "看看哪个日子写错了")
            del self.out.values["receipt_on"]
