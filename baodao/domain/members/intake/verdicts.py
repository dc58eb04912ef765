"""What becomes of every row: added, updated (old → new), unchanged, skipped, rejected; and who is missing.

Same name and telephone: the same person. Same name and unit with another telephone: asked (``homonym``), never merged.
A row without a telephone may amend somebody who is on the ledger and clear by name and unit, never add anybody.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from baodao.base import paths
from baodao.domain.members.intake import files
from baodao.domain.members.intake.checking import Checked, Frame, Reading
from baodao.domain.members.intake.comparing import changes_of
from baodao.domain.members.intake.files import Draft
from baodao.domain.members.intake.known import Known, Person
from baodao.domain.members.intake.problems import HEADINGS, Problem
from baodao.domain.members.states import MemberKind

ADDED, UPDATED, UNCHANGED, SKIPPED, REJECTED = "added", "updated", "unchanged", "skipped", "rejected"


@dataclass(slots=True)
class Line:
    """One row with its verdict. ``person`` is whom it amends; ``changes`` are (field, old, new)."""

    checked: Checked
    state: str = ADDED
    person: Person | None = None
    changes: list[tuple[str, Any, Any]] = field(default_factory=list)
    same: list[Person] = field(default_factory=list)


@dataclass(slots=True)
class Report:
    """The verdict about a file. ``joining``: people of elsewhere whom a unit's liaison lists; their community moves them."""

    lines: list[Line]
    columns: list[Problem]
    missing: list[Person]
    joining: list[Person] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """Rows by verdict, in the words of the contract."""
        n = Counter(line.state for line in self.lines)
        return {"rows": len(self.lines), ADDED: n[ADDED], UPDATED: n[UPDATED], UNCHANGED: n[UNCHANGED],
                SKIPPED: n[SKIPPED], REJECTED: n[REJECTED]}  # fmt: skip

    @property
    def rejected(self) -> list[Problem]:
        """Every fault of every rejected row."""
        return [problem for line in self.lines if line.state == REJECTED for problem in line.checked.faults]

    @property
    def warnings(self) -> list[Problem]:
        """Columns first, then rows."""
        return self.columns + [problem for line in self.lines for problem in line.checked.warnings]

    def as_dict(self, batch: str | None = None) -> dict[str, Any]:
        """The answer of the command."""
        counts = self.counts
        return {
            "rows": counts["rows"], ADDED: counts[ADDED], UPDATED: counts[UPDATED], UNCHANGED: counts[UNCHANGED],
            SKIPPED: counts[SKIPPED], REJECTED: [problem.as_dict() for problem in self.rejected],
            "warnings": [problem.as_dict() for problem in self.warnings], "batch": batch,
        }  # fmt: skip


@dataclass(slots=True)
class Walk:
    """What the rows of one file share: the frame, who is certainly meant by some row, and the rows already decided."""

    frame: Frame
    scope: str
    taken: set[str]
    seen: dict[tuple[str, str], Line] = field(default_factory=dict)


def report(draft: Draft, frame: Frame, scope: str) -> Report:
    """Check every row of a draft; ``scope`` is the community, town or unit whose rows may go in."""
    fields = {place: files.fields_of(draft, place) for place in range(len(draft["tables"]))}
    lines = [Line(Reading(frame, draft, row, fields[row["t"]]).read()) for row in draft["rows"]]
    said = {(line.checked.name, line.checked.phone_index) for line in lines if line.checked.phone_index}
    walk = Walk(frame, scope, {one.member.code for key, one in frame.known.by_name_phone.items() if key in said})
    for line in lines:
        _decide(line, walk, draft["choices"].get(str(line.checked.n), ""))
    joining = [line.person for line in lines if line.person is not None and _of_elsewhere(line, walk)]
    return Report(lines, files.column_problems(draft) + _placeless(lines), _missing(lines, frame.known, scope), joining)


def _placeless(lines: list[Line]) -> list[Problem]:
    """A warning for a whole file that says of nobody where they report."""
    count = sum(line.state == ADDED and line.checked.community is None for line in lines)
    if not count:
        return []
    words = f"没有“报到社区”这一列，{count} 人还没有报到社区"
    return [Problem(lines[0].checked.sheet, None, HEADINGS["community"], None, "missing", words, "补上这一列再导入一次")]


def _decide(line: Line, walk: Walk, choice: str) -> None:
    checked = line.checked
    if choice == "skip":
        line.state = SKIPPED
        checked.faults.clear()
        return
    if not checked.faults and _repeats(line, walk.seen):
        return
    if checked.name and not any(fault.code in ("phone", "lost_digits", "id_number") for fault in checked.faults):
        _match(line, walk, choice)
    _complete(line, walk)
    if line.state == SKIPPED:
        return
    if checked.faults:
        line.state = REJECTED
        return
    if checked.phone_index:
        walk.seen[(checked.name, checked.phone_index)] = line
    line.changes = changes_of(line.person, checked) if line.person else []
    if walk.frame.by_unit:
        _leave_place(line)
    line.state = ADDED if line.person is None else UPDATED if line.changes else UNCHANGED


def _leave_place(line: Line) -> None:
    """A unit's liaison does not transfer anybody: the community does, on the receipt."""
    if any(name == "community" for name, _old, _new in line.changes):
        words = "报到社区和台账不一样，没有改"
        line.checked.warnings.append(_problem(line.checked, "community", "community", words, "转到别的社区由现在的社区办"))
        line.changes = [change for change in line.changes if change[0] not in ("community", "estate")]


def _of_elsewhere(line: Line, walk: Walk) -> bool:
    """Somebody of another unit (or none) in a list that a liaison brings."""
    person = line.person
    return walk.frame.by_unit and person is not None and (person.unit is None or person.unit.path != walk.scope)


def _problem(checked: Checked, name: str, code: str, message: str, suggestion: str) -> Problem:
    heading = checked.headings.get(name, HEADINGS[name])
    return Problem(checked.sheet, checked.row, heading, checked.written.get(name) or None, code, message, suggestion)


def _repeats(line: Line, seen: dict[tuple[str, str], Line]) -> bool:
    """The same person again in this file: passed over when both rows agree, refused when they do not."""
    checked = line.checked
    first = seen.get((checked.name, checked.phone_index)) if checked.phone_index else None
    if first is None:
        return False
    before = first.checked
    at = f"第 {before.row} 行" if before.sheet == checked.sheet else f"“{before.sheet}”第 {before.row} 行"
    apart = [
        word for word, one, two in (("单位", before.unit, checked.unit), ("社区", before.community, checked.community))
        if one is not None and two is not None and one.pk != two.pk
    ]
    if apart:
        line.state = REJECTED
        words = f"和{at}是同一个人（姓名、电话都一样），{'、'.join(apart)}不一样"
        checked.faults.append(_problem(checked, "name", "duplicate", words, "留下对的一行"))
    else:
        line.state = SKIPPED
        checked.warnings.append(_problem(checked, "name", "duplicate", f"和{at}是同一个人，只算一次", "不用管，或删去一行"))
    return True


def _match(line: Line, walk: Walk, choice: str) -> None:
    """Find whom the row speaks of, or ask."""
    checked, known = line.checked, walk.frame.known
    if choice.startswith("same:"):
        line.person = known.by_code.get(choice[5:])
        if line.person is not None and _may_be(line.person, checked):
            return
        line.person = None
    if checked.phone_index:
        line.person = known.by_name_phone.get((checked.name, checked.phone_index))
        if line.person is None and choice != "other":
            _match_with_phone(line, walk)
        return
    held = known.by_name_home.get((checked.name, checked.home), []) if checked.home else known.by_name.get(checked.name, [])
    if len(held) == 1:
        line.person = held[0]
    elif held:
        line.same = held
        checked.faults.append(_problem(checked, "name", "homonym", "台账里有几个同名的人，没有电话分不清", "补上电话"))
    else:
        checked.faults.append(_problem(checked, "phone", "missing", "没有电话号码", "补上手机号，或带区号的固定电话"))


def _may_be(person: Person, checked: Checked) -> bool:
    """Could the row mean this person: the name is theirs, or the number is."""
    return person.member.name == checked.name or bool(checked.phone_index and checked.phone_index == person.phone_index)


def _match_with_phone(line: Line, walk: Walk) -> None:
    checked, known = line.checked, walk.frame.known
    held = known.by_name_home.get((checked.name, checked.home), []) if checked.home else []
    held = [one for one in held if one.member.code not in walk.taken]
    if len(held) == 1 and not held[0].phone_index:
        line.person = held[0]
        walk.taken.add(held[0].member.code)
        return
    line.same = [one for one in held if one.phone_index]
    if line.same:
        words = f"台账里这个单位已有{checked.name}，电话不一样"
        checked.faults.append(_problem(checked, "name", "homonym", words, "是同一个人就更新，是另一个人就新增；在核对页选"))
        return
    twin = next((o for (name, _i), o in walk.seen.items() if name == checked.name and o.checked.home == checked.home), None)
    if twin is not None:
        words = f"和第 {twin.checked.row} 行同名同单位，电话不一样，按两个人导入"
        checked.warnings.append(_problem(checked, "name", "homonym", words, "是同一个人就留一行"))
    others = [one for one in known.by_phone.get(checked.phone_index, []) if one.member.name != checked.name]
    if others and str(checked.values["phone"]).startswith("1"):
        line.same = [one for one in others if not walk.frame.by_unit or (one.unit and one.unit.path == walk.scope)]
        words = "这个手机号在台账里是另一个人的"
        checked.faults.append(_problem(checked, "phone", "duplicate", words, "核对姓名和号码；真是两个人共用，在核对页选“另一个人”"))


def _complete(line: Line, walk: Walk) -> None:
    """What a new person cannot be without, and whether the row belongs here at all."""
    checked, person = line.checked, line.person
    codes = {fault.code for fault in checked.faults}
    kind = checked.values.get("kind") or (person.member.kind if person else MemberKind.IN_SERVICE)
    jobless = checked.unit is None and not (person and person.unit)
    if kind == MemberKind.IN_SERVICE and jobless and "unit" not in codes:
        checked.faults.append(_problem(checked, "unit", "missing", "没有工作单位", "补上单位；不在单位的类别写“社区”"))
    if checked.community is None and person is None and "community" not in codes:
        _fall_back(line, walk.frame)
    if not checked.faults and _of_elsewhere(line, walk):
        line.state = SKIPPED
        words = "台账里在别的单位，导入后由报到社区核对、办调动"
        checked.warnings.append(_problem(checked, "unit", "unit", words, "社区会收到消息，办好了名单里就有"))
    elif not checked.faults and not _belongs(line, walk.scope):
        line.state = SKIPPED
        where = checked.community.name if checked.community else "别处"
        words = f"报到社区是{where}，不归这里导入"
        checked.warnings.append(_problem(checked, "community", "community", words, "由那个社区或镇里导入"))


def _fall_back(line: Line, frame: Frame) -> None:
    """Nothing says where a new person reports: the community that imports, else that of the home if it is one of ours."""
    checked = line.checked
    if frame.community is not None:
        checked.values["community"] = frame.community
        return
    home = frame.known.communities.find(checked.written.get("home_community", "")) if checked.written.get("home_community") else None
    if home is not None:
        checked.values["community"] = home
        checked.warnings.append(
            _problem(checked, "community", "community", f"没写报到社区，按居住社区{home.name}", "不对就改报到社区")
        )
        return
    if "community" in checked.headings or checked.unit is None:
        checked.faults.append(_problem(checked, "community", "missing", "没有报到社区", "补上报到社区"))


def _belongs(line: Line, scope: str) -> bool:
    """Community scope: rows of that community; unit scope: rows of that unit; town: rows of its communities."""
    checked, person = line.checked, line.person
    if paths.is_unit(scope):
        return checked.unit is not None and checked.unit.path == scope
    if person is None and checked.community is None:
        return True  # the file has no such column: a unit's member who reports nowhere yet
    where = checked.community.path if checked.community else (person.community_path if person else "")
    return paths.covers(scope, where)


def _missing(lines: list[Line], known: Known, scope: str) -> list[Person]:
    """People of the units in this file (all of the scope when it names none) whom the file does not list."""
    listed = {line.person.member.code for line in lines if line.person is not None}
    asked = {one.member.code for line in lines for one in line.same}
    units = {line.checked.unit.path for line in lines if line.checked.unit is not None}
    is_unit = paths.is_unit(scope)
    return [
        one for one in known.people()
        if one.member.code not in listed | asked
        and (one.unit is not None and one.unit.path in units if units else True)
        and (one.unit is not None and one.unit.path == scope if is_unit else paths.covers(scope, one.community_path))
    ]


