"""A needs register on its way in: cells to needs, each fault told with its cell. Nothing here writes.

Door numbers and telephones go where they are sealed; identity numbers are taken out with a warning; emergencies and
reports on a person are refused row by row; the same words at another time are another need.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime, time
from typing import Any

from baodao.base.days import clock
from baodao.base.days.clock import ZONE
from baodao.base.papers.sheet import dates
from baodao.base.papers.sheet import draft as draft_of
from baodao.base.papers.sheet.draft import Draft
from baodao.base.papers.sheet.head import Row, Table, cell_text
from baodao.base.papers.sheet.need_words import NEEDS, SYNONYMS
from baodao.base.text import phones
from baodao.base.text.free import ID_PLACEHOLDER, about_person, emergency
from baodao.domain.calendar import selectors as calendar
from baodao.domain.needs.rows import Intake, IntakeLine, NewNeed, Problem
from baodao.domain.needs.states import Category, Source, Urgency, Weight

TEXT_LENGTH, NAME_LENGTH, PLACE_LENGTH = 300, 40, 60
CELL_LENGTH = 600  #: of a cell under work: too long a text is shown to be shortened, never cut
ADDED, UNCHANGED, SKIPPED, REJECTED = "added", "unchanged", "skipped", "rejected"
ABOUT_PLACEHOLDER = "（说的是别人，内容没有留）"
ABOUT_WORDS = "这里不收说别人怎么样的内容"
#: Printed name of each field.
HEADINGS = {name: headings[0] for name, headings in SYNONYMS.items()}
NO_HEAD = ("没有认出表头", "表头里要有内容，再有登记时间、称呼、联系方式中的一项")
_NOTHING = frozenset({"无", "没有", "不详", "不留", "未留", "没留", "保密", "匿名", "-", "—", "/", "空"})
_SOURCES = {
    Source.QR: ("扫码", "二维码", "微信", "网上", "小程序"),
    Source.DOOR: ("上门", "入户", "走访", "敲门", "网格"),
    Source.PHONE: ("电话", "来电", "热线", "手机"),
    Source.COUNTER: ("窗口", "现场", "来访", "接待", "柜台", "大厅", "当面"),
}
_CATEGORIES = {
    Category.SAFETY: ("安全", "治安", "巡逻", "消防"),
    Category.HOME: ("家里", "家政", "维修", "助老", "照料", "接送", "居家"),
    Category.POLICY: ("政策", "咨询", "办证", "手续", "社保", "医保", "低保"),
    Category.JOBS: ("就业", "找工作", "招聘", "岗位", "创业"),
    Category.LANGUAGE: ("语言", "双语", "国家通用语", "普通话", "学语"),
    Category.FACILITY: ("设施", "公共", "环境", "卫生", "楼道", "路灯", "道路", "管网", "绿化"),
}


class Seen:
    """What the community has already: how often a need of this time, place and words is there."""

    def __init__(self, known: Counter[tuple[datetime, int | None, str]], recent: Counter[tuple[int | None, str]]) -> None:
        self.known, self.recent = known, recent

    def take(self, when: datetime | None, estate: int | None, text: str) -> bool:
        """Is one of these there; each stored need answers for one row only."""
        counter: Any = self.recent if when is None else self.known
        key: Any = (estate, text) if when is None else (when, estate, text)
        if counter[key] <= 0:
            return False
        counter[key] -= 1
        return True


def read(data: bytes, filename: str) -> tuple[Draft, bytes]:
    """(draft, clean copy) of a register. Raises ``SheetFault`` in words for what cannot be read."""
    return draft_of.read(data, filename, NEEDS, no_head=NO_HEAD, keep=kept, length=CELL_LENGTH)


def kept(name: str | None, text: str) -> str:
    """Words about a person are not kept even under work: the register they came from has them."""
    return ABOUT_PLACEHOLDER if name == "text" and about_person(text) is not None else text


def check(draft: Draft, community: Any, estates: list[Any], seen: Seen) -> Intake:
    """Everything about a register under work, with its corrections."""
    found = Intake()
    inside: set[tuple[Any, ...]] = set()
    for table, numbers in draft_of.tables(draft):
        if table.column("text"):
            found.warnings += _columns(table)
        for row, number in zip(table.rows, numbers, strict=True):
            found.rows += 1
            skipped = draft["choices"].get(str(number)) == "skip"
            _Reading(table, row, number, community, estates, found).decide(seen, inside, skipped=skipped)
    return found


def _columns(table: Table) -> list[Problem]:
    """Warnings about whole columns: dropped, not understood."""
    sheet = table.sheet or None
    dropped = [
        Problem(sheet, None, c.heading, None, "forbidden_column", f"“{c.heading}”这一列不保存，已经去掉", "这一列的内容不会留在任何地方")
        for c in table.forbidden
    ]
    unknown = [
        Problem(sheet, None, c.heading, None, "unknown_column", f"“{c.heading}”这一列认不出，没有读", "要读就改成常用的表头")
        for c in table.unknown
        if not c.repeated
    ]
    return dropped + unknown


class _Reading:
    """One row: its cells as values, its faults into the intake."""

    def __init__(self, table: Table, row: Row, n: int, community: Any, estates: list[Any], into: Intake) -> None:
        self.table, self.row, self.n, self.into = table, row, n, into
        self.community, self.estates = community, estates
        self.faults: list[tuple[str, Problem]] = []
        self.notes: list[tuple[str, Problem]] = []

    def problem(self, name: str, code: str, message: str, suggestion: str = "", *, fault: bool = True) -> None:
        column = self.table.column(name)
        shown = None if code in {"id_number", "about_person"} else self.text(name)[:60] or None
        heading = column.heading if column else HEADINGS[name]
        made = Problem(self.table.sheet or None, self.row.number, heading, shown, code, message, suggestion)
        (self.faults if fault else self.notes).append((name, made))

    def text(self, name: str) -> str:
        return cell_text(self.row.values.get(name, ""))

    def clean(self, name: str) -> str:
        """A cell's words; that an identity number in it was taken out is told."""
        kept = self.text(name)
        if ID_PLACEHOLDER in kept and not any(name == one and p.code == "id_number" for one, p in self.notes):
            self.problem(name, "id_number", "里面有身份证号，已经删去", "原件里也删掉", fault=False)
        return kept.strip()

    def decide(self, seen: Seen, inside: set[tuple[Any, ...]], *, skipped: bool) -> None:
        """Put the row where it belongs."""
        new, when = self.need()
        state = SKIPPED if skipped else REJECTED if self.faults else self._place_in(new, when, seen, inside)
        if skipped:
            self.faults.clear()
            self.notes.clear()
        if state == REJECTED:
            self.into.rejected += [problem for _name, problem in self.faults]
        else:
            self.into.warnings += [problem for _name, problem in self.notes]
        self.into.skipped += state == SKIPPED
        self.into.unchanged += state == UNCHANGED
        if state == ADDED:
            self.into.new.append(new)
        written = {name: self.text(name) for name in HEADINGS if name != "seq"}
        line = IntakeLine(self.n, self.table.sheet, self.row.number, state, new, written, self.faults, self.notes)
        self.into.lines.append(line)

    def _place_in(self, new: NewNeed, when: datetime | None, seen: Seen, inside: set[tuple[Any, ...]]) -> str:
        same = (when, new.estate.pk if new.estate else None, new.text, new.contact_name, new.contact_phone)
        known = same in inside
        inside.add(same)
        if known:
            self.problem("text", "duplicate", "和上面一行一样，没有再记", fault=False)
            return SKIPPED
        return UNCHANGED if seen.take(when, new.estate.pk if new.estate else None, new.text) else ADDED

    def need(self) -> tuple[NewNeed, datetime | None]:
        """The row as a need, and the time it says."""
        when = self._when()
        estate, detail = self._place()
        weight, urgency = self._weight()
        return NewNeed(
            text=self._words(),
            community=self.community,
            category=self._category(),
            estate=estate,
            place_detail=detail,
            contact_name=self._limited("contact_name", NAME_LENGTH),
            contact_phone=self._phone(),
            language_wish=self.clean("language")[:10],
            source=_match(self.clean("source"), _SOURCES, Source) or str(Source.IMPORT),
            registered_at=when,
            wished_on=self._day("wished_on"),
            weight=weight,
            urgency=urgency,
        ), when

    def _category(self) -> str:
        written = self.clean("category")
        value = _match(written, _CATEGORIES, Category)
        if value == Category.OTHER and "其他" not in written and "其它" not in written:
            self.problem("category", "unknown_column", f"“{written[:20]}”不是登记用的类别，按“其他”记下", "改成登记簿上的类别，或受理时再选", fault=False)
        return value

    def _words(self) -> str:
        text = self.clean("text")
        if not text:
            self.problem("text", "missing", "没有写是什么事", "补上内容")
        elif len(text) > TEXT_LENGTH:
            self.problem("text", "too_long", f"有 {len(text)} 个字，最多 {TEXT_LENGTH} 个", "写短一些")
        elif (found := emergency(text)) is not None:
            self.problem("text", "emergency", found.message, "紧急的事不登记，打电话")
        elif text == ABOUT_PLACEHOLDER or about_person(text) is not None:
            self.problem("text", "about_person", ABOUT_WORDS, "改成自己的事或公共地方的事，或去掉这一行")
        return text

    def _limited(self, name: str, length: int) -> str:
        text = self.clean(name)
        if text in _NOTHING:
            return ""
        if len(text) > length:
            self.problem(name, "too_long", f"有 {len(text)} 个字，最多 {length} 个", "写短一些")
        return text[:length]

    def _phone(self) -> str:
        raw = self.row.values.get("contact_phone", "")
        if cell_text(raw).strip() in _NOTHING:
            return ""
        head = self.community.phone.split("-")[0]
        reading = phones.normalise(raw, head if "-" in self.community.phone and head.startswith("0") else "")
        if reading.fault in {"lost_digits", "phone"}:
            self.problem("contact_phone", str(reading.fault), reading.message, reading.suggestion)
        return reading.digits

    def _place(self) -> tuple[Any, str]:
        """(estate, what is left for the sealed place): a cell that is more than an estate's name may hold a door."""
        written, detail = self.clean("estate"), self._limited("place_detail", PLACE_LENGTH)
        home = max((e for e in self.estates if written.startswith(e.name)), key=lambda e: len(e.name), default=None)
        rest = written[len(home.name) :].strip() if home else written
        if self.estates and written and not home and written not in _NOTHING:
            self.problem("estate", "community", f"“{written[:20]}”不是本社区的小区，当作位置记下", "改成本社区的小区名", fault=False)
        parts = [part for part in (rest, detail) if part and part not in _NOTHING]
        return home, " ".join(parts)[:PLACE_LENGTH]

    def _day(self, name: str) -> Any:
        reading = dates.read(self.row.values.get(name, ""))
        if reading.fault:
            self.problem(name, "date", reading.message, "写成 2026-12-01 这样")
        return reading.day

    def _when(self) -> datetime | None:
        reading = dates.read(self.row.values.get("registered_at", ""))
        if reading.fault:
            self.problem("registered_at", "date", reading.message, "写成 2026-11-24 或 2026-11-24 15:30 这样")
        if reading.day is None:
            return None
        spans = calendar.hours_of(self.community.path).spans_on(reading.day)
        at = reading.clock or (spans[0][0] if spans else time(10))
        when = datetime.combine(reading.day, at.replace(tzinfo=None), tzinfo=ZONE)
        if when.date() > clock.today() or reading.day.year < clock.today().year - 5:
            self.problem("registered_at", "date", "登记时间在今天以后，或早得不像", "看看年份")
        return when

    def _weight(self) -> tuple[str, str]:
        weight, urgency = self.clean("weight"), self.clean("urgency")
        heavy = Weight.HEAVY if "重" in weight and "轻" not in weight else Weight.LIGHT if "轻" in weight or weight == "一般" else ""
        if "不急" in urgency or "缓" in urgency or urgency in {"一般", "否"}:
            soon: str = Urgency.SLOW
        else:
            soon = Urgency.URGENT if "急" in urgency or urgency == "是" else ""
        if soon == Urgency.URGENT and not heavy:
            heavy = Weight.LIGHT
        return (str(heavy), str(soon)) if heavy and soon else ("", "")


def _match(written: str, words: dict[Any, tuple[str, ...]], kind: Any) -> str:
    """The value whose label or synonym stands in the cell; "" when the cell is empty, 其他 when nothing fits."""
    if not written or written in _NOTHING:
        return ""
    for value in kind:
        if str(value.label) == written or value.value == written:
            return str(value)
    for value, synonyms in words.items():
        if any(word in written for word in synonyms):
            return str(value)
    return str(Category.OTHER) if kind is Category else ""
